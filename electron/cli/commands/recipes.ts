import { NdiError } from '../../../shared/model/errors.ts';
import type { Command } from '../run.ts';
import { table } from '../tables.ts';

export const recipes: Command<{ readonly forget?: string }> = async (run, _arguments, { forget }) => {
  const value = await run.call(async (client) => {
    const all = await client.imports.recipes();
    if (forget === undefined) return all;
    const found = all.find(({ name }) => name === forget);
    if (found === undefined) throw noRecipe(forget, all);
    return client.imports.forgetRecipe({ id: found.id });
  });
  return {
    value,
    text: () =>
      value.length === 0
        ? 'Nothing is remembered.'
        : table(
            ['Recipe', 'Used', 'Devices', 'Pattern', 'Recordings'],
            value.map((one) => [
              one.name,
              one.usedAt.slice(0, 10),
              one.devices.map(({ device }) => device).join(', '),
              one.pattern ?? '',
              one.recordings,
            ]),
          ),
  };
};

export function noRecipe(name: string, all: readonly { readonly name: string }[]): NdiError {
  const names = all.map((one) => one.name).join(', ');
  return new NdiError({
    code: 'usage.invalid',
    message:
      name === 'last' ? 'Nothing is remembered of the rig of these recordings.' : `There is no recipe “${name}”.`,
    recovery: names === '' ? 'Keep one with “ndi create --remember NAME”.' : `There are: ${names}.`,
    details: { recipe: name },
  });
}
