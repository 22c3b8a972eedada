import { realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { NdiError } from '../../../shared/model/errors.ts';
import { makeId } from '../../../shared/model/ids.ts';
import type { ImportChoices } from '../../../shared/model/import-plan/choices.ts';
import { planImport } from '../../../shared/model/import-plan/plan.ts';
import type { PlannedEpoch, PlannedRecording, PlannedSession } from '../../../shared/model/import-plan/planned.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { namedByFile } from './entry-file.ts';
import type { GroupedRecording } from './group.ts';
import { groupsFound } from './navigator.ts';
import { choosePatterns, epochFiles } from './patterns.ts';
import type { DevicePlan, EpochPlan } from './write-session.ts';

export type Session = PlannedSession<GroupedRecording>;
type Epoch = PlannedEpoch<GroupedRecording>;
type Recording = PlannedRecording<GroupedRecording>;

/**
 * What is to be made of a scan. Recordings that are a folder come by the file that stands for them in a session.
 * @throws NdiError usage.invalid or import.ambiguous with the first problem that blocks, format.unsupported, import.nothingFound
 */
export async function planSessions(
  workers: DataWorkers,
  recordings: readonly GroupedRecording[],
  choices: ImportChoices,
  inPlace: boolean,
): Promise<Session[]> {
  const { sessions, problems } = planImport(recordings, choices, inPlace);
  const wrong = problems.find(({ grade }) => grade === 'blocks');
  if (wrong?.code === 'epoch.notFound') throw unknownKeys(wrong.message, recordings);
  if (wrong !== undefined) {
    throw new NdiError({
      code: wrong.code === 'import.ambiguous' ? wrong.code : 'usage.invalid',
      message: wrong.message,
      recovery: 'Correct what you said of these recordings. Nothing was written.',
      details: { problem: wrong.code, paths: wrong.paths.slice(0, 20) },
    });
  }
  return Promise.all(
    sessions.map(async (session) => ({ ...session, epochs: await Promise.all(session.epochs.map(byFiles)) })),
  );

  async function byFiles(epoch: Epoch): Promise<Epoch> {
    const named = epoch.recordings.map(async (one): Promise<Recording> => {
      return { ...one, found: { ...one.found, info: await namedByFile(workers, one.found.info) } };
    });
    return { ...epoch, recordings: await Promise.all(named) };
  }
}

/** A DAQ system whose epochs tell which recordings they are. */
type PlannedDevice = DevicePlan & { readonly epochs: readonly (EpochPlan & { readonly key: string })[] };

/** One DAQ system a device, with file patterns that find exactly the epochs that are to be taken. */
export function planDevices(
  sessionFolder: string,
  { epochs }: Session,
  choices: ImportChoices,
  place: (path: string) => string,
): PlannedDevice[] {
  const all = epochs.flatMap((epoch) => {
    // Recordings that are one epoch have one id; NDI makes it where nobody has named it.
    const epochId = epoch.epochId ?? (epoch.recordings.length > 1 ? `epoch_${makeId()}` : undefined);
    return epoch.recordings.map((one) => ({ one, epochId }));
  });
  return [...Map.groupBy(all, ({ one }) => one.device)].map(([name, own]) => {
    const recordings = own.map(({ one: { found } }) => ({
      ...found.info,
      path: place(found.info.path),
      files: found.info.files.map(place),
    }));
    return {
      name,
      ...(own[0]?.one.reader ?? { readerClass: '' }),
      filePatterns: choosePatterns(recordings, (patterns) => groupsFound(sessionFolder, patterns)),
      epochs: own.map(({ one, epochId }, at) => ({
        key: one.found.key,
        files: epochFiles(recordings[at] ?? one.found.info),
        probes: one.probes,
        epochId,
        probesAreMeant: choices.recordings[one.found.key]?.probes !== undefined,
      })),
    };
  });
}

/** Where the navigator of a session will find what lies at a path below the scanned folder, which a link may lead to. */
export function placeBelow(sessionFolder: string, scanned: string): (path: string) => string {
  const way = relative(realpathSync(sessionFolder), realpathSync(scanned));
  return (path) => resolve(sessionFolder, way, relative(scanned, path));
}

/** Folder of one of several sessions below the scanned folder. */
export function folderOf(scanned: string, { place }: Session): string {
  return place === '' ? scanned : join(scanned, ...place.split('/'));
}

function unknownKeys(message: string, recordings: readonly GroupedRecording[]): NdiError {
  return new NdiError({
    code: 'epoch.notFound',
    message,
    recovery: `Use keys of the scan, for example ${recordings[0]?.key ?? ''}.`,
  });
}
