import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeBlackrockEvents, writeBlackrockSignals } from './blackrock-recording.ts';
import { createField } from './field.ts';
import { writeIntanRecording } from './intan-recording.ts';
import { createNoiseTable } from './noise.ts';
import type { ExperimentPlan } from './plan.ts';
import { createRandom } from './random.ts';
import { epochFiles } from './recordings.ts';
import { stimulusLog } from './stimulus-log.ts';

/**
 * Writes everything that the rig's machines would have written: the two devices' files and the stimulus logs.
 * @param report called before each epoch with the part done, 0 to 1
 * @throws the signal's reason when it fires; faults of the file system
 */
export async function writeRecordings(
  folder: string,
  plan: ExperimentPlan,
  report: (fraction: number, detail: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const noiseTable = createNoiseTable(createRandom(plan.seed, 'noise table'));
  const pause = async () => {
    // Other calls and the cancel button get their turn between stretches.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  };
  for (const epoch of plan.epochs) {
    report((epoch.number - 1) / plan.epochs.length, `Recording epoch ${epoch.number} of ${plan.epochs.length}`);
    const files = epochFiles(epoch);
    const [rhd, ns5, nev] = [...files.intan1, ...files.blackrock1].map((file) => join(folder, file));
    if (rhd === undefined || ns5 === undefined || nev === undefined) throw new RangeError('An epoch has three files.');
    await mkdir(dirname(rhd), { recursive: true });
    const field = createField(plan.seed, epoch);
    await writeIntanRecording(rhd, plan, epoch, field, noiseTable, pause);
    await writeBlackrockSignals(ns5, plan, epoch, field, noiseTable, pause);
    await writeBlackrockEvents(nev, plan, epoch);
    await writeFile(join(folder, files.stimulusLog), stimulusLog(epoch), { flag: 'wx' });
  }
}
