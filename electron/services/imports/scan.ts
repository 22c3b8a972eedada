import { basename, extname, resolve } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { ScanResult } from '../../../shared/contract/imports.ts';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import type { FolderScan } from '../../workers/data-workers.ts';
import { holdsNdi } from '../../ndi/folder.ts';
import type { JobProgress } from '../jobs.ts';
import { fullPath } from '../open-items.ts';
import type { Services } from '../services.ts';
import { duplicateProblems } from './duplicates.ts';
import { groupRecordings, type Grouping, keyOf } from './group.ts';
import { leavesNoRoom, portabilityProblems, twinProblems } from './portability.ts';
import { mergeProblems } from '../merge-problems.ts';
import { withoutKnown } from './known-recordings.ts';
import { listSkipped } from './skipped.ts';

/**
 * Looks at every file of a folder and its folders and proposes epochs and devices. Writes nothing.
 * @throws NdiError path.* for the folder itself, app.cancelled
 */
export async function scanForImport(
  services: Services,
  request: {
    readonly folder: string;
    /** A session to which the recordings are to be added: what it has already is left out. */
    readonly into?: string | undefined;
    /** Files of the folder that alone were meant. */
    readonly only?: readonly string[] | undefined;
    readonly jobId?: string | undefined;
  },
  signal?: AbortSignal,
): Promise<ScanResult> {
  const folder = resolve(request.folder);
  return services.jobs.run({ title: 'Scanning for recordings', id: request.jobId, signal }, async (job, cancel) => {
    const started = performance.now();
    const { scan, tooLong, ...looked } = await lookForRecordings(services, folder, job, cancel, request.only);
    const grouping = request.into === undefined ? looked.grouping : notIn(fullPath(request.into), looked.grouping);
    const known = looked.grouping.recordings.length - grouping.recordings.length;
    const files = [...new Set(grouping.recordings.flatMap((recording) => recording.files))];
    return {
      folder,
      // Their headers stay here: the contract takes what the preview shows.
      recordings: grouping.recordings,
      epochs: grouping.epochs,
      tables: tablesAmong(scan),
      skipped: listSkipped(scan),
      problems: mergeProblems([
        ...problemsOfFolder(folder, grouping, request.into === undefined ? null : known),
        ...scan.recordings.flatMap((found) => ('error' in found ? [unreadable(found.path, found.error)] : [])),
        ...tooLong.map(({ path }) => longName(path)),
        ...scan.nearMisses.map(misnamed),
        ...scan.problems,
        ...grouping.recordings.flatMap((recording) => recording.problems),
        ...(await duplicateProblems(grouping.recordings)),
        ...portabilityProblems(folder, files),
        ...twinProblems(files),
      ]),
      known,
      filesSeen: scan.files,
      elapsedMs: performance.now() - started,
    };
  });
}

const TABLE_ENDINGS = new Set(['.csv', '.tsv', '.xlsx', '.mat']);

/** Tables among the files that are no recordings, by their names. */
function tablesAmong({ folder, others, recordings }: FolderScan): ScanResult['tables'] {
  const members = new Set(recordings.flatMap(({ files }) => files));
  return others
    .filter((path) => TABLE_ENDINGS.has(extname(path).toLowerCase()) && !members.has(path))
    .map((path) => ({ key: keyOf(folder, path), path }));
}

/**
 * Scans a folder and groups what can become epochs, telling the job how far it is.
 * @param only files of the folder that alone were meant
 */
export async function lookForRecordings(
  services: Pick<Services, 'workers'>,
  folder: string,
  job: JobProgress,
  signal: AbortSignal,
  only?: readonly string[],
): Promise<{ scan: FolderScan; grouping: Grouping; tooLong: RecordingInfo[] }> {
  const scan = await services.workers.scanFolder(folder, {
    ...{ signal, only },
    onProgress: (at) => job.report(null, `${at.files} files · ${inMb(at.bytes)} of recordings · ${at.folder}`),
  });
  signal.throwIfAborted();
  const infos = scan.recordings.flatMap((found) => ('info' in found ? [found.info] : []));
  const tooLong = infos.filter((info) => leavesNoRoom(info.files));
  return {
    scan,
    grouping: groupRecordings(
      folder,
      infos.filter((info) => !tooLong.includes(info)),
    ),
    tooLong,
  };
}

function inMb(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** Without the recordings of which a session has epochs already. */
function notIn(session: string, { recordings, epochs }: Grouping): Grouping {
  const fresh = withoutKnown(session, recordings);
  const keys = new Set(fresh.map(({ epoch }) => epoch));
  return { recordings: fresh, epochs: epochs.filter(({ key }) => keys.has(key)) };
}

/** @param known recordings that the session has already to which they are to be added; null where there is none */
function problemsOfFolder(folder: string, grouping: Grouping, known: number | null): Problem[] {
  const problems: Problem[] = [];
  if (holdsNdi(folder) && known === null) {
    const message = 'The folder holds a session already: open it, or create the new one in another folder.';
    problems.push({ grade: 'blocks', code: 'session.exists', message, paths: [folder] });
  }
  if (grouping.epochs.length === 0) {
    const message =
      (known ?? 0) > 0
        ? 'The session has all recordings of this folder already.'
        : 'No recording of a known format that can be opened was found.';
    problems.push({ grade: 'blocks', code: 'import.nothingFound', message, paths: [folder] });
  }
  return problems;
}

function unreadable(path: string, error: { code: string; message: string }): Problem {
  return { grade: 'blocks', code: error.code, message: `It is left out. ${error.message}`, paths: [path] };
}

function longName(path: string): Problem {
  const message = `It is left out. The name ${basename(path)} leaves no room for the hidden files that NDI puts beside it: shorten it.`;
  return { grade: 'blocks', code: 'path.longName', message, paths: [path] };
}

function misnamed({ path, refused }: { path: string; refused: string }): Problem {
  return { grade: 'shouldFix', code: 'format.invalid', message: refused, paths: [path] };
}
