import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { formatFault, toReadFault } from '../file-faults.ts';
import { readBpodLog } from './bpod.ts';
import type { Edges } from './stimulus-reader.ts';

/**
 * A run of SpikeGLX records the triggers of several sets of stimuli, each with a log and an epoch of its own: the
 * logs in order of their first stimulus share the edges, one a stimulus (`VHAudreyBPod` of NDI-matlab).
 * @throws NdiError format.invalid where edges and stimuli are not as many
 */
export function edgesOfSet(files: readonly string[], log: string, { up, down }: Edges): Edges {
  const recording = files.find((file) => /\.nidq\.bin$/i.test(file)) ?? log;
  const logs = findLogs(dirname(recording)).map((path) => ({ path, trials: readBpodLog(path) }));
  const start = ({ trials }: (typeof logs)[number]) => Math.min(...trials.map(({ on }) => on));
  logs.sort((a, b) => start(a) - start(b));
  const total = logs.reduce((sum, { trials }) => sum + trials.length, 0);
  if (up.length !== total || down.length !== total) {
    const sentence = `the line has ${up.length} rising and ${down.length} falling edges, but the logs of the run list ${total} stimuli.`;
    throw formatFault('format.invalid', recording, sentence, {
      rising: up.length,
      falling: down.length,
      stimuli: total,
    });
  }
  const own =
    logs.findIndex(({ path }) => path === log) >= 0
      ? logs.findIndex(({ path }) => path === log)
      : logs.findIndex(({ path }) => basename(path) === basename(log));
  const before = logs.slice(0, Math.max(0, own)).reduce((sum, { trials }) => sum + trials.length, 0);
  const count = logs[own]?.trials.length ?? 0;
  return { up: up.slice(before, before + count), down: down.slice(before, before + count) };
}

function findLogs(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /^[^.].*_stimulus_triggers_log\.tsv$/i.test(basename(name)))
      .map((name) => join(folder, name));
  } catch (error) {
    throw toReadFault(error, folder);
  }
}
