import { NdiError } from '../../../shared/model/errors.ts';
import type { Command } from '../run.ts';
import { placeOf, type SessionOptions } from '../session-place.ts';
import { facts, formatBytes } from '../tables.ts';

export const object: Command<SessionOptions> = async (run, [path = '', id = ''], options) => {
  const value = await run.call((client) => client.objects.ofDocument({ ...placeOf(run, path, options), id }));
  return {
    value,
    text: () =>
      facts([
        [value.kind, value.name],
        ['Class', value.known ? value.className : `${value.className} (not known here; kept as it is)`],
        ...value.fields.map((field): [string, string] => [field.name, field.value]),
      ]),
  };
};

export const findFile: Command<SessionOptions> = async (run, [path = '', uid = ''], options) => {
  const value = await run.call((client) => client.objects.ownerOfFile({ ...placeOf(run, path, options), uid }));
  if (value === null) {
    throw new NdiError({
      code: 'document.notFound',
      message: `No document has a file ${uid}.`,
      recovery: '“ndi check” tells of stored files that belong to nobody.',
      details: { uid },
    });
  }
  const { document, name, sizeBytes } = value;
  return {
    value,
    text: () =>
      facts([
        ['File', name],
        ['Size', sizeBytes === null ? 'not on this computer' : formatBytes(sizeBytes)],
        ['Document', document.id],
        ['Class', document.class],
        ['Name', document.name],
      ]),
  };
};

interface EpochOptions extends SessionOptions {
  readonly epoch: string;
  readonly clock: string;
  readonly from: number;
  readonly to: number;
  readonly table?: string;
  readonly of?: string;
}

export const addEpoch: Command<EpochOptions> = async (run, [path = '', element = ''], options) => {
  const { epoch, clock, from, to, table, of = '' } = options;
  const { ids } = await run.call((client) =>
    client.objects.addEpoch({
      ...placeOf(run, path, options),
      element,
      epochId: epoch,
      clocks: [{ type: clock, t0: from, t1: to }],
      epochIds: of
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
      ...(table === undefined ? {} : { table: run.path(table) }),
    }),
  );
  return { value: { ids }, text: () => `The epoch ${epoch} is kept in the document ${ids.join(', ')}.` };
};
