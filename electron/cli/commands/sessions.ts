import { describeItem } from '../describe.ts';
import type { Command } from '../run.ts';
import { sections } from '../tables.ts';

export const demo: Command<{ readonly seed: number }> = async (run, [folder = ''], { seed }) => {
  const { info, truth } = await run.callLong('Making the sample session', (client, signal) =>
    client.demo.make({ folder: run.path(folder), seed }, { signal }),
  );
  return {
    value: { ...info, truth },
    text: () => sections(describeItem(info), 'What was planted in it is in the answer with --json, as “truth”.'),
  };
};
