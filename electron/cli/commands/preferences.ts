import { NdiError } from '../../../shared/model/errors.ts';
import type { Command } from '../run.ts';
import { table } from '../tables.ts';

export const preferences: Command<object> = async (run, [action = 'list', path = '', value]) => {
  if (action === 'set' && value === undefined) {
    throw new NdiError({
      code: 'usage.invalid',
      message: 'There is no value to set.',
      recovery: 'Write ndi preferences set PATH VALUE.',
    });
  }
  if (action === 'set') await run.call((client) => client.preferences.set({ path, value: value ?? '' }));
  if (action === 'reset') await run.call((client) => client.preferences.reset(path === '' ? {} : { path }));
  const { file, preferences: all } = await run.call((client) => client.preferences.list());
  const shown = path === '' ? all : all.filter((one) => one.path === path);
  if (shown.length === 0) {
    throw new NdiError({
      code: 'usage.invalid',
      message: `NDI has no preference "${path}".`,
      recovery: `Use one of: ${all.map((one) => one.path).join(', ')}.`,
    });
  }
  return {
    value: { file, preferences: shown },
    text: () =>
      table(
        ['Preference', 'Value', 'Default'],
        shown.map((one) => [one.path, one.value, one.defaultValue]),
      ),
  };
};
