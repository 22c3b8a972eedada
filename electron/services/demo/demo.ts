import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CallOutputs } from '../../../shared/contract/contract.ts';
import { sessionInfoAt } from '../imports/session-info.ts';
import type { Services } from '../services.ts';
import { fillNewFolder } from '../writable-folder.ts';
import { planExperiment } from './plan.ts';
import { writeDemoSession } from './session.ts';
import { experimentTruth } from './truth.ts';
import { writeRecordings } from './write-recordings.ts';

/**
 * Writes the sample session: a synthetic experiment with two devices on clocks that drift apart, planted cells, stimuli,
 * and `truth.json` that tells all of it. The same seed gives the same recordings.
 * @throws NdiError path.notEmpty, path.readOnly, path.noSpace; app.cancelled (then nothing is left)
 */
export async function makeDemo(
  services: Services,
  request: { readonly folder: string; readonly seed: number },
): Promise<CallOutputs['demo']['make']> {
  const folder = resolve(request.folder);
  return services.jobs.run({ title: 'Making a sample session' }, async (job, signal) => {
    const plan = planExperiment(request.seed);
    const truth = experimentTruth(plan);
    await fillNewFolder(folder, {
      async fill(temporary) {
        await writeRecordings(temporary, plan, (fraction, detail) => job.report(fraction, detail), signal);
        await writeFile(join(temporary, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
      },
      async finish(place) {
        await writeDemoSession(place, plan);
        signal.throwIfAborted();
      },
    });
    return { info: await sessionInfoAt(services, folder), truth };
  });
}

/** A folder in the home folder that is free or empty. */
export function suggestDemoFolder(home = homedir()): string {
  const name = join(home, 'NDI sample session');
  for (let number = 1; ; number++) {
    const folder = number === 1 ? name : `${name} ${number}`;
    if (isVacant(folder)) return folder;
  }
}

function isVacant(folder: string): boolean {
  try {
    return !existsSync(folder) || readdirSync(folder).length === 0;
  } catch {
    // A file of that name, or a folder without rights: the next name.
    return false;
  }
}
