import type { ItemInfo } from '../../../shared/contract/sessions.ts';
import type { Command } from '../run.ts';
import { describeItem } from '../describe.ts';

export const info: Command<object> = async (run, [path = '']) => {
  const value: ItemInfo = await run.call((client, signal) => client.items.info({ path: run.path(path) }, { signal }));
  return { value, text: () => describeItem(value) };
};
