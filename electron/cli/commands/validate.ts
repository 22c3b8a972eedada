import { errorCodes } from '../../../shared/model/errors.ts';
import type { Command } from '../run.ts';
import { placeOf, type SessionOptions } from '../session-place.ts';
import { sections, table } from '../tables.ts';
import { useTypes } from './types.ts';

interface Options extends SessionOptions {
  readonly id?: string;
  readonly types?: string;
}

export const validate: Command<Options> = async (run, [path = ''], options) => {
  await useTypes(run, options.types);
  const request = {
    ...placeOf(run, path, options),
    ...(options.id === undefined ? {} : { ids: [options.id] }),
  };
  const value = await run.callLong('Checking documents', (client, signal) =>
    client.edits.validate(request, { signal }),
  );
  const counted = value.documents === 1 ? '1 document' : `${value.documents} documents`;
  const text = () =>
    value.ok
      ? `${counted}, all valid.`
      : sections(
          table(
            ['Document', 'Class', 'Field', 'Rule', 'Found'],
            value.problems.map((one) => [one.id, one.class, one.field, one.rule, one.value.slice(0, 60)]),
          ),
          `${value.found} ${value.found === 1 ? 'problem' : 'problems'} in ${counted}.`,
        );
  return { value, text, exit: value.ok ? 0 : errorCodes['document.invalid'].exit };
};
