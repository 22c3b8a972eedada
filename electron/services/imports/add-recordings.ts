import { existsSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { AddRecordingsRequest, AddedRecordings } from '../../../shared/contract/add-recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { type ImportChoices, noChoices } from '../../../shared/model/import-plan/choices.ts';
import { findDaqSystem } from '../../ndi/daq/daq-systems.ts';
import { whenFree } from '../../ndi/database/when-free.ts';
import { hiddenFile } from '../../ndi/daq/navigator.ts';
import { newSubject, subjects } from '../../ndi/epochs/subjects.ts';
import { writeEpochFiles } from '../../ndi/epochs/write-epochs.ts';
import { ndiFolder } from '../../ndi/folder.ts';
import { openItem } from '../../ndi/open-item.ts';
import { openSession, type Session as NdiSession } from '../../ndi/session.ts';
import { fullPath } from '../open-items.ts';
import type { Services } from '../services.ts';
import { requireWritable, toWriteError } from '../writable-folder.ts';
import { devicesToAdd, type AddedDevice } from './added-devices.ts';
import { copyRecordings, moved, stagingOf } from './copy-recordings.ts';
import { recordCreation } from './creations.ts';
import { isInside, requireOutside } from './folders.ts';
import type { GroupedRecording } from './group.ts';
import { placeBelow, planSessions, type Session } from './plan-sessions.ts';
import { withoutKnown } from './known-recordings.ts';
import { lookForRecordings } from './scan.ts';
import { refuseLeftOvers } from './write-session.ts';

/**
 * Adds the recordings of a folder to a session that is there: those that lie outside its folder are copied into it, each
 * proved by its hash. A DAQ system of the session whose file patterns find them has them as epochs; for the others DAQ
 * systems are added. The documents are one step that can be undone; on any failure nothing is left behind.
 * @throws NdiError import.*, session.notFound, path.*, usage.invalid, app.cancelled
 */
export async function addRecordings(
  services: Services,
  request: AddRecordingsRequest,
  signal?: AbortSignal,
): Promise<AddedRecordings> {
  return services.jobs.run({ title: 'Adding recordings', id: request.jobId, signal }, async (job, cancelled) => {
    const folder = fullPath(request.path);
    requireSession(folder);
    const scanned = resolve(request.from);
    const inside = await isInside(scanned, folder);
    if (!inside) await requireOutside(folder, scanned);
    await requireWritable(folder);
    const { grouping } = await lookForRecordings(services, scanned, job, cancelled);
    const found = withoutKnown(folder, grouping.recordings);
    const choices = choicesOf(request, found);
    const [planned] = await planSessions(services.workers, found, choices, inside);
    if (planned === undefined || planned.epochs.length === 0) throw nothingNew(scanned, grouping.recordings.length);
    // A whole drive has no name.
    const name = basename(scanned) || 'recordings';
    const target = inside ? scanned : freePlace(folder, name);
    // Where no file navigator looks: half of a copy must not become epochs.
    const growsIn = ndiFolder(folder);
    const options = { report: (at: number, detail: string) => job.report(at, detail), signal: cancelled, growsIn };
    const copy = inside ? null : await copyRecordings(target, scanned, [planned], options);
    try {
      const placed = copy?.placed(planned).session ?? moved(planned, placeBelow(folder, scanned));
      const made = await write(services, folder, placed, choices, name);
      if (copy !== null) recordCreation(services.dataFolder, target, [target]);
      return { path: folder, placed: copy === null ? null : target, ...made };
    } catch (error) {
      if (copy !== null) {
        await copy.takeBack();
        rmSync(stagingOf(growsIn, target), { recursive: true, force: true });
      }
      throw toWriteError(error, folder);
    }
  });
}

/** @throws NdiError session.notFound, usage.invalid for a dataset, whose sessions have the recordings */
function requireSession(folder: string): void {
  const item = openItem(folder);
  if (item.kind === 'session') {
    item.session.close();
    return;
  }
  if (item.kind === 'dataset') item.dataset.close();
  throw new NdiError(
    item.kind === 'dataset'
      ? {
          code: 'usage.invalid',
          message: `${folder} is a dataset, which has no recordings of its own.`,
          recovery: 'Add them to one of its sessions, or make a session of them and link it.',
          details: { path: folder },
        }
      : {
          code: 'session.notFound',
          message: `${folder} holds no NDI session.`,
          recovery: 'Make a session of the recordings instead.',
          details: { path: folder },
        },
  );
}

function choicesOf(request: AddRecordingsRequest, found: readonly GroupedRecording[]): ImportChoices {
  const { subject, exclude, choices } = request;
  if (choices?.sessions === 'each') {
    throw new NdiError({
      code: 'usage.invalid',
      message: 'Recordings are added to one session: they cannot become a session each.',
      recovery: 'Leave that out, or make new sessions of them.',
    });
  }
  const keys = new Set(found.map(({ key }) => key));
  return {
    ...{ ...noChoices, ...choices, exclude: exclude.filter((key) => keys.has(key)) },
    ...(subject === undefined ? {} : { subject }),
  };
}

async function write(services: Services, folder: string, placed: Session, choices: ImportChoices, name: string) {
  const session = await whenFree(() => openSession(folder, { writable: true }));
  const fresh: string[] = [];
  let undo = false;
  try {
    const devices = devicesToAdd(session, placed, choices);
    const documents = devices.flatMap((device) => device.documents);
    const add = [...newSubjects(session, devices), ...documents];
    if (add.length > 0) await services.edits.change({ path: folder }, { add }, `Add the recordings of ${name}`);
    undo = add.length > 0;
    const epochs = devices.flatMap((device) => {
      const system = findDaqSystem(session, device.name);
      refuseLeftOvers(system.navigator, device.epochs);
      const files = device.epochs.flatMap((epoch) =>
        (['epochid', 'epochprobemap'] as const).map((kind) => hiddenFile(epoch.files, system.navigator, kind)),
      );
      fresh.push(...files.filter((file) => !existsSync(file)));
      const ids = writeEpochFiles(
        session,
        system,
        device.epochs.map(({ files: [file = ''], probes, epochId }) => ({
          ...{ file, epochId, keepsMap: true },
          ...(probes.length === 0 ? {} : { probeMap: probes }),
        })),
      );
      return device.epochs.map(({ files }) => ({ device: device.name, epochId: ids.get(files[0] ?? '') ?? '' }));
    });
    return { epochs, documents: add.length };
  } catch (error) {
    for (const file of fresh) rmSync(file, { force: true });
    if (undo) await services.edits.undo({ path: folder });
    throw error;
  } finally {
    session.close();
  }
}

function newSubjects(session: NdiSession, devices: readonly AddedDevice[]) {
  const known = new Set(subjects(session).map(({ localIdentifier }) => localIdentifier));
  const named = devices.flatMap(({ epochs }) => epochs.flatMap(({ probes }) => probes.map(({ subject }) => subject)));
  return [...new Set(named)].filter((name) => !known.has(name)).map((name) => newSubject(name));
}

/** A folder of this name in the session that is not there yet. */
function freePlace(folder: string, name: string): string {
  for (let at = 1; ; at++) {
    const place = join(folder, at === 1 ? name : `${name}-${at}`);
    if (!existsSync(place)) return place;
  }
}

function nothingNew(folder: string, recordings: number): NdiError {
  return new NdiError({
    code: 'import.nothingFound',
    message:
      recordings === 0
        ? `No recording was found in ${folder}.`
        : `All recordings in ${folder} that are taken are epochs of the session already, or are left out.`,
    recovery: 'Choose a folder with other recordings.',
    details: { path: folder },
  });
}
