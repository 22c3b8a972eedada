import { realpathSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { CreateSessionRequest } from '../../../shared/contract/imports.ts';
import type { SessionInfo } from '../../../shared/contract/sessions.ts';
import { type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { requireLab } from '../../ndi/daq/lab-setups.ts';
import { newSubject } from '../../ndi/epochs/subjects.ts';
import { toFileError } from '../../files/file-faults.ts';
import type { JobProgress } from '../jobs.ts';
import type { Services } from '../services.ts';
import { makeFolder, requireWritable } from '../writable-folder.ts';
import { namedByFile } from './entry-file.ts';
import type { Grouping } from './group.ts';
import { groupsFound } from './navigator.ts';
import { choosePatterns, epochFiles } from './patterns.ts';
import { supposedProbes } from './probes.ts';
import { readerFor } from './readers.ts';
import { lookForRecordings } from './scan.ts';
import { sessionInfoAt } from './session-info.ts';
import { removeWritten, writeSession, type DevicePlan, type WrittenSession } from './write-session.ts';

/** Stands for the subject while nobody has named it; NDI wants one for every probe. */
const unnamedSubject = () => newSubject('unknown@unknown', 'Not named when the session was created.');

const subjectName = (subject: NdiDocument) => textOf(valueAt(subject, 'subject.local_identifier'));

/**
 * Makes a session, from the recordings of a folder if one is given. The recordings stay where they are; on any failure
 * nothing is left behind.
 * @throws NdiError session.exists, import.*, path.*, usage.invalid
 */
export async function createSession(services: Services, request: CreateSessionRequest): Promise<SessionInfo> {
  return services.jobs.run({ title: 'Creating a session' }, async (job, signal) => {
    const subject = request.subject === undefined ? unnamedSubject() : newSubject(request.subject.trim());
    const { lab } = request;
    if (lab !== undefined) requireLab(lab);
    if (lab !== undefined && request.from !== undefined) throw twoWays();
    const folder = resolve(request.sessionDir);
    const undoFolder = await makeFolder(folder);
    try {
      const scanned =
        request.from === undefined
          ? null
          : await scanWithin(services, request.from, folder, request.exclude, job, signal);
      await requireWritable(folder);
      const plans = scanned === null ? [] : planDevices(folder, scanned, request.exclude, subjectName(subject));
      signal.throwIfAborted();
      const documents = request.subject !== undefined || plans.length > 0 ? [subject] : [];
      const made = writeSession({ path: folder, reference: request.reference, documents, devices: plans, lab });
      made.session.close();
      return await described(services, made);
    } catch (error) {
      await undoFolder();
      throw error;
    }
  });
}

function twoWays(): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: 'The set-up of a laboratory finds the recordings by itself: nothing is scanned.',
    recovery: 'Give either a laboratory or a folder to scan.',
  });
}

/** What was made, as it reads; a session that cannot be read back is taken away again. */
async function described(services: Services, made: WrittenSession): Promise<SessionInfo> {
  try {
    return await sessionInfoAt(services, made.session.path);
  } catch (error) {
    removeWritten(made.written);
    throw error;
  }
}

async function scanWithin(
  services: Services,
  from: string,
  sessionFolder: string,
  exclude: readonly string[],
  job: JobProgress,
  signal: AbortSignal,
): Promise<Grouping & { folder: string }> {
  const folder = resolve(from);
  await requireInside(folder, sessionFolder);
  const { grouping } = await lookForRecordings(services, folder, job, signal);
  if (grouping.epochs.length > 0) return { ...(await namedByFiles(services, grouping, exclude)), folder };
  throw new NdiError({
    code: 'import.nothingFound',
    message: `No recording was found in ${folder}.`,
    recovery: 'Choose the folder that holds the recordings, or create the session without any.',
    details: { path: folder },
  });
}

/** The recordings that are taken, each by a file that stands for it. */
async function namedByFiles(services: Services, grouping: Grouping, exclude: readonly string[]): Promise<Grouping> {
  const epochs = grouping.epochs.map(async (epoch) => {
    if (exclude.includes(epoch.key)) return epoch;
    return { ...epoch, recording: await namedByFile(services.workers, epoch.recording) };
  });
  return { ...grouping, epochs: await Promise.all(epochs) };
}

/** NDI finds recordings below the session's folder only. */
async function requireInside(folder: string, sessionFolder: string): Promise<void> {
  const way = relative(await realPath(sessionFolder), await realPath(folder));
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
  throw new NdiError({
    code: 'import.outside',
    message: `The recordings in ${folder} lie outside the session folder ${sessionFolder}.`,
    recovery: `Make ${folder} or a folder above it the session folder, or move the recordings into the session folder.`,
    details: { path: folder, sessionFolder },
  });
}

async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** One DAQ system a device, with file patterns that find exactly the epochs that are to be taken. */
function planDevices(
  sessionFolder: string,
  scanned: Grouping & { folder: string },
  exclude: readonly string[],
  subject: string,
): DevicePlan[] {
  const strangers = exclude.filter((key) => !scanned.epochs.some((epoch) => epoch.key === key));
  if (strangers.length > 0) throw unknownEpochs(strangers, scanned);
  const taken = scanned.epochs.filter((epoch) => !exclude.includes(epoch.key));
  // The navigator walks from the session's folder by its real path; the scan may have come there by a link.
  const here = realpathSync(scanned.folder);
  const place = (path: string) =>
    resolve(sessionFolder, relative(realpathSync(sessionFolder), here), relative(scanned.folder, path));
  const devices = Map.groupBy(taken, (epoch) => epoch.device);
  return [...devices].map(([name, epochs]) => {
    const recordings = epochs.map(({ recording }) => ({
      ...recording,
      path: place(recording.path),
      files: recording.files.map(place),
    }));
    return {
      name,
      ...readerFor(recordings[0]?.format ?? ''),
      filePatterns: choosePatterns(recordings, (patterns) => groupsFound(sessionFolder, patterns)),
      epochs: recordings.map((recording) => ({
        files: epochFiles(recording),
        probes: supposedProbes(name, recording, subject),
      })),
    };
  });
}

function unknownEpochs(keys: readonly string[], scanned: Grouping): NdiError {
  return new NdiError({
    code: 'epoch.notFound',
    message: `There is no scanned epoch ${keys.join(', ')} to leave out.`,
    recovery: `Use keys of the scan, for example ${scanned.epochs[0]?.key ?? ''}.`,
    details: { epochs: keys },
  });
}
