import type { Command } from '../run.ts';
import { facts, formatBytes } from '../tables.ts';

export const cache: Command<{ readonly clear?: boolean }> = async (run, _args, { clear }) => {
  const value = await run.call((client) => (clear === true ? client.cloudFiles.clear() : client.cloudFiles.usage()));
  const text = () =>
    facts([
      ['Files', value.files],
      ['Size', formatBytes(value.bytes)],
      ['At most', formatBytes(value.budgetBytes)],
    ]);
  return { value, text };
};
