import { NdiError } from '../../../shared/model/errors.ts';
import { readCondition } from '../query-option.ts';
import { readJsonOrText } from '../read-text.ts';
import type { Command } from '../run.ts';
import { placeOf, type SessionOptions } from '../session-place.ts';
import { printable, sections, table } from '../tables.ts';

interface Options extends SessionOptions {
  readonly param?: readonly string[];
  readonly input?: string;
  readonly where?: string;
  readonly exists: 'keep' | 'replace' | 'error';
}

export const calc: Command<Options> = async (run, [name = '', path = ''], options) => {
  const parameters = (options.param ?? []).map((given) => split('--param', given));
  const inputs = options.input === undefined ? [] : [split('--input', options.input)];
  const request = {
    ...placeOf(run, path, options),
    calculator: name,
    parameters: Object.fromEntries(parameters.map(([key, value]) => [key, readJsonOrText(value)])),
    inputs: Object.fromEntries(inputs),
    ...(options.where === undefined ? {} : { query: await readCondition(options.where) }),
    whenItExists: options.exists,
  };
  const value = await run.callLong(`Computing ${name}`, (client, signal) =>
    client.calculators.run(request, { signal }),
  );
  const { documents, kept, problems } = value;
  return {
    value,
    text: () =>
      sections(
        `${documents.length} documents were made; ${kept.length} results were there before.`,
        documents.length === 0
          ? ''
          : table(
              ['Class', 'Id'],
              documents.map((one) => [one.class, one.id]),
            ),
        problems.map(({ message }) => `should fix: ${printable(message)}`).join('\n'),
      ),
  };
};

/** NAME=VALUE. */
function split(option: string, given: string): [name: string, value: string] {
  const at = given.indexOf('=');
  if (at >= 1) return [given.slice(0, at), given.slice(at + 1)];
  throw new NdiError({
    code: 'usage.invalid',
    message: `“${given}” after ${option} is not of the form NAME=VALUE.`,
    recovery: 'Write a name, = and its value: --param independent_parameter=angle.',
  });
}
