import { existsSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { AddRecordingsRequest, AddedRecordings } from '../../../shared/contract/add-recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { type ImportChoices, noChoices } from '../../../shared/model/import-plan/choices.ts';
import { ndiFolder } from '../../ndi/folder.ts';
import { openItem } from '../../ndi/open-item.ts';
import { fullPath } from '../open-items.ts';
import type { Services } from '../services.ts';
import { requireWritable, toWriteError } from '../writable-folder.ts';
import { Addition } from './addition.ts';
import { checkTables } from './after-creation.ts';
import { copyRecordings, moved, stagingOf } from './copy-recordings.ts';
import { recordCreation } from './creations.ts';
import { isInside, requireOutside } from './folders.ts';
import type { GroupedRecording } from './group.ts';
import { placeBelow, planSessions } from './plan-sessions.ts';
import { withoutKnown } from './known-recordings.ts';
import { lookForRecordings } from './scan.ts';
import { takingBack } from './taking-back.ts';

/**
 * Adds the recordings of a folder to a session that is there: those that lie outside its folder are copied into it, each
 * proved by its hash. A DAQ system of the session whose file patterns find them has them as epochs; for the others DAQ
 * systems are added. The documents are one step that can be undone, and so is each table of trials; on any failure
 * nothing is left behind.
 * @throws NdiError import.*, session.notFound, path.*, usage.invalid, app.cancelled
 */
export async function addRecordings(
  services: Services,
  request: Omit<AddRecordingsRequest, 'tables'> & Partial<Pick<AddRecordingsRequest, 'tables'>>,
  signal?: AbortSignal,
): Promise<AddedRecordings> {
  return services.jobs.run({ title: 'Adding recordings', id: request.jobId, signal }, async (job, cancelled) => {
    const folder = fullPath(request.path);
    requireSession(folder);
    const scanned = resolve(request.from);
    const inside = await isInside(scanned, folder);
    if (!inside) await requireOutside(folder, scanned);
    await requireWritable(folder);
    const tables = request.tables ?? [];
    await checkTables(tables);
    // In the session's folder NDI finds what lies beside them as well: all of it is looked at.
    const only = inside ? undefined : request.only;
    const { grouping } = await lookForRecordings(services, scanned, job, cancelled, only);
    const found = withoutKnown(folder, grouping.recordings);
    const choices = choicesOf(request, found);
    const [planned] = await planSessions(services.workers, found, choices, inside);
    if (planned === undefined || planned.epochs.length === 0) throw nothingNew(scanned, grouping.recordings.length);
    // A whole drive has no name.
    const name = basename(scanned) || 'recordings';
    const target = inside ? scanned : freePlace(folder, name);
    // Where no file navigator looks: half of a copy must not become epochs, nor stay in the session.
    const growsIn = ndiFolder(folder);
    const options = {
      report: (at: number, detail: string) => job.report(at, detail),
      signal: cancelled,
      growsIn,
      keepsPart: false,
    };
    const copy = inside ? null : await copyRecordings(target, scanned, [planned], options);
    try {
      const placed = copy?.placed(planned).session ?? moved(planned, placeBelow(folder, scanned));
      const addition = new Addition(services, folder);
      try {
        const made = await addition.write(placed, choices, name);
        for (const table of tables) await addition.take(table, cancelled);
        if (copy !== null) recordCreation(services.dataFolder, target, [target]);
        return { path: folder, placed: copy === null ? null : target, ...made, steps: addition.steps };
      } catch (error) {
        throw await takingBack(error, () => addition.takeBack());
      }
    } catch (error) {
      const fault = toWriteError(error, folder);
      if (copy === null) throw fault;
      throw await takingBack(fault, async () => {
        await copy.takeBack();
        rmSync(stagingOf(growsIn, target), { recursive: true, force: true });
      });
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

function choicesOf(request: Omit<AddRecordingsRequest, 'tables'>, found: readonly GroupedRecording[]): ImportChoices {
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
