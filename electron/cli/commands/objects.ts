import { NdiError } from '../../../shared/model/errors.ts';
import type { Answer, Command, Run } from '../run.ts';
import { placeOf, type SessionOptions } from '../session-place.ts';
import { facts, formatBytes, table } from '../tables.ts';

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

export const findFile: Command<SessionOptions> = async (run, [path = '', text = ''], options) => {
  const place = placeOf(run, path, options);
  const value = await run.call((client) => client.objects.ownerOfFile({ ...place, uid: text }));
  if (value === null) return findByName(run, place, text);
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

async function findByName(run: Run, place: ReturnType<typeof placeOf>, text: string): Promise<Answer> {
  const value = await run.call((client, signal) => client.objects.findFiles({ ...place, text }, { signal }));
  if (value.matches.length === 0) {
    throw new NdiError({
      code: 'document.notFound',
      message: `No document and no epoch has a file ${text}.`,
      recovery: '“ndi check” tells of stored files that belong to nobody.',
      details: { uid: text },
    });
  }
  const rows = value.matches.map((match) =>
    match.kind === 'epoch'
      ? ['epoch', match.device, match.epochId, match.isThere ? match.path : `${match.path} (not there)`]
      : [match.document.class, match.name, match.document.id, match.path ?? 'not on this computer'],
  );
  return { value, text: () => table(['Belongs to', 'Name', 'Id', 'Place'], rows) };
}

interface EpochOptions extends SessionOptions {
  readonly epoch: string;
  readonly clock: string;
  readonly from: number;
  readonly to: number;
  readonly table?: string;
  readonly sheet?: string;
  readonly of?: string;
}

export const addEpoch: Command<EpochOptions> = async (run, [path = '', element = ''], options) => {
  const { epoch, clock, from, to, table: file, sheet, of = '' } = options;
  const { ids } = await run.callLong('Adding an epoch', (client, signal) =>
    client.objects.addEpoch(
      {
        ...placeOf(run, path, options),
        element,
        epochId: epoch,
        clocks: [{ type: clock, t0: from, t1: to }],
        epochIds: of
          .split(',')
          .map((one) => one.trim())
          .filter((one) => one !== ''),
        ...(file === undefined ? {} : { table: run.path(file) }),
        ...(sheet === undefined ? {} : { sheet }),
      },
      { signal },
    ),
  );
  return { value: { ids }, text: () => `The epoch ${epoch} is kept in the document ${ids.join(', ')}.` };
};
