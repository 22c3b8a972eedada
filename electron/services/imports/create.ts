import { basename, dirname, resolve } from 'node:path';
import type { Created, CreateSessionRequest } from '../../../shared/contract/imports.ts';
import type { SessionInfo } from '../../../shared/contract/sessions.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { type ImportChoices, noChoices } from '../../../shared/model/import-plan/choices.ts';
import { UNNAMED_SUBJECT } from '../../../shared/model/import-plan/plan.ts';
import { requireLab } from '../../ndi/daq/lab-setups.ts';
import { addLinkedSession, createDataset } from '../../ndi/dataset-members.ts';
import { newSubject } from '../../ndi/epochs/subjects.ts';
import { ndiFolder, ndiFolderName } from '../../ndi/folder.ts';
import { openSession } from '../../ndi/session.ts';
import type { JobProgress } from '../jobs.ts';
import type { Services } from '../services.ts';
import { makeFolder, requireWritable, toWriteError } from '../writable-folder.ts';
import { checkTables, ingested, type PlacedRecording, takeTables } from './after-creation.ts';
import { recordCreation } from './creations.ts';
import { copyRecordings, type RecordingsCopy } from './copy-recordings.ts';
import { requireInside, requireOutside } from './folders.ts';
import type { GroupedRecording } from './group.ts';
import { folderOf, placeBelow, planDevices, planSessions, type Session } from './plan-sessions.ts';
import { lookForRecordings } from './scan.ts';
import { sessionInfoAt } from './session-info.ts';
import { takingBack } from './taking-back.ts';
import { removeWritten, writeSession, type WrittenSession } from './write-session.ts';

/** What is asked; what is not said of the recordings: they stay where they are. */
export type CreateRequest = Omit<CreateSessionRequest, 'recordings' | 'tables'> &
  Partial<Pick<CreateSessionRequest, 'recordings' | 'tables'>>;

/**
 * Makes a session, from the recordings of a folder if one is given; several, and a dataset that links them, where a
 * pattern tells them apart. The recordings are never changed; on any failure nothing is left behind.
 * @throws NdiError session.exists, import.*, path.*, usage.invalid, app.cancelled
 */
export async function createSession(
  services: Services,
  request: CreateRequest,
  signal?: AbortSignal,
): Promise<Created> {
  return services.jobs.run({ title: 'Creating a session', id: request.jobId, signal }, async (job, cancelled) => {
    const { lab } = request;
    if (request.subject !== undefined) newSubject(request.subject.trim());
    if (lab !== undefined) requireLab(lab);
    if (lab !== undefined && request.from !== undefined) throw twoWays();
    const folder = resolve(request.sessionDir);
    const creation = new Creation(services, folder, request, job, cancelled);
    try {
      await checkTables(request.tables ?? []);
      const made = await creation.make();
      const taken = await takeTables(services, made, creation.recordings, request.tables ?? [], cancelled);
      const whole = request.recordings === 'ingest' ? await ingested(services, taken, cancelled) : taken;
      recordCreation(services.dataFolder, folder, creation.everything);
      return whole;
    } catch (error) {
      throw await takingBack(toWriteError(error, folder), () => creation.takeBack());
    }
  });
}

/** One run: what it wrote, so that all of it can be taken back. */
class Creation {
  /** Where each recording lies in what was made, by its key. */
  readonly recordings = new Map<string, PlacedRecording>();
  readonly #written: string[] = [];
  #copy: RecordingsCopy | null = null;
  readonly #services: Services;
  readonly #folder: string;
  readonly #request: CreateRequest;
  readonly #job: JobProgress;
  readonly #signal: AbortSignal;
  readonly #choices: ImportChoices;
  #undo: (() => Promise<void>)[] = [];

  constructor(services: Services, folder: string, request: CreateRequest, job: JobProgress, signal: AbortSignal) {
    this.#services = services;
    this.#folder = folder;
    this.#request = request;
    this.#job = job;
    this.#signal = signal;
    const { subject, exclude } = request;
    this.#choices = { ...noChoices, ...request.choices, exclude, ...(subject === undefined ? {} : { subject }) };
  }

  async make(): Promise<Created> {
    const { from } = this.#request;
    if (from === undefined) return this.#withoutRecordings();
    const scanned = resolve(from);
    return this.#request.recordings === 'copy' ? this.#copied(scanned) : this.#inPlace(scanned);
  }

  /** Files and folders that were made. */
  get everything(): string[] {
    return this.#copy === null ? this.#written : [this.#folder];
  }

  async takeBack(): Promise<void> {
    for (const path of this.#written) if (basename(path) === ndiFolderName) this.#services.edits.forget(dirname(path));
    removeWritten(this.#written);
    for (const undo of this.#undo.reverse()) await undo();
  }

  async #withoutRecordings(): Promise<SessionInfo> {
    const { subject, reference, lab } = this.#request;
    await this.#prepare();
    const documents = subject === undefined ? [] : [newSubject(subject.trim())];
    this.#write({ path: this.#folder, reference, documents, devices: [], lab });
    return sessionInfoAt(this.#services, this.#folder);
  }

  async #inPlace(scanned: string): Promise<Created> {
    await this.#prepare();
    await requireInside(scanned, this.#folder);
    const sessions = await planSessions(this.#services.workers, await this.#scan(scanned), this.#choices, true);
    const [only] = sessions;
    if (only === undefined) throw nothingFound(scanned);
    if (sessions.length === 1) return this.#session(this.#folder, only, scanned, this.#request.reference);
    return this.#dataset(
      sessions.map((session) => ({ session, folder: folderOf(scanned, session), recordings: scanned })),
    );
  }

  async #copied(scanned: string): Promise<Created> {
    await requireOutside(this.#folder, scanned);
    const found = await this.#scan(scanned);
    const sessions = await planSessions(this.#services.workers, found, this.#choices, false);
    const [only] = sessions;
    if (only === undefined) throw nothingFound(scanned);
    const copy = await copyRecordings(this.#folder, scanned, sessions, {
      report: (fraction, detail) => this.#job.report(fraction, detail),
      signal: this.#signal,
    });
    this.#copy = copy;
    this.#undo.push(() => copy.takeBack());
    const placed = sessions.map((session) => copy.placed(session));
    const [first] = placed;
    if (sessions.length === 1 && first !== undefined) {
      return this.#session(first.folder, first.session, first.folder, this.#request.reference);
    }
    return this.#dataset(placed.map(({ session, folder }) => ({ session, folder, recordings: folder })));
  }

  async #prepare(): Promise<void> {
    this.#undo.push(await makeFolder(this.#folder));
    await requireWritable(this.#folder);
  }

  async #scan(scanned: string): Promise<GroupedRecording[]> {
    const { grouping } = await lookForRecordings(this.#services, scanned, this.#job, this.#signal);
    this.#signal.throwIfAborted();
    if (grouping.recordings.length === 0) throw nothingFound(scanned);
    return grouping.recordings;
  }

  async #session(folder: string, session: Session, scanned: string, reference: string): Promise<SessionInfo> {
    this.#signal.throwIfAborted();
    const { description, names } = subjectsOf(session);
    const documents = names.map((name) => newSubject(name, description(name)));
    const devices = planDevices(folder, session, this.#choices, placeBelow(folder, scanned));
    const epochIds = this.#write({ path: folder, reference, documents, devices });
    for (const { name: device, epochs } of devices) {
      for (const { key, files } of epochs) {
        this.recordings.set(key, { path: folder, device, epoch: epochIds.get(files[0] ?? '') ?? '' });
      }
    }
    return sessionInfoAt(this.#services, folder);
  }

  #write(plan: Parameters<typeof writeSession>[0]): WrittenSession['epochIds'] {
    const made = writeSession(plan);
    made.session.close();
    this.#written.push(...made.written);
    return made.epochIds;
  }

  /** All sessions, and a dataset in the folder that links them. */
  async #dataset(
    places: readonly { readonly session: Session; readonly folder: string; readonly recordings: string }[],
  ): Promise<Created> {
    for (const [at, { session, folder, recordings }] of places.entries()) {
      this.#job.report(at / places.length, session.reference);
      await requireWritable(folder);
      await this.#session(folder, session, recordings, session.reference);
    }
    const dataset = createDataset({ path: this.#folder, reference: this.#request.reference });
    this.#written.push(ndiFolder(this.#folder));
    try {
      for (const { folder } of places) {
        const session = openSession(folder);
        try {
          addLinkedSession(dataset, session);
        } finally {
          session.close();
        }
      }
    } finally {
      dataset.close();
    }
    const info = await this.#services.items.info(this.#folder);
    if (info.kind === 'dataset') return info;
    throw new Error(`${this.#folder} was made a dataset and is none`);
  }
}

/** The subjects of a session, the one that nobody named among them. */
function subjectsOf({ epochs }: Session) {
  const recordings = epochs.flatMap((epoch) => epoch.recordings);
  const names = [...new Set(recordings.map(({ subject }) => (subject === '' ? UNNAMED_SUBJECT : subject)))];
  const description = (name: string) => (name === UNNAMED_SUBJECT ? 'Not named when the session was created.' : '');
  return { names, description };
}

function twoWays(): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: 'The set-up of a laboratory finds the recordings by itself: nothing is scanned.',
    recovery: 'Give either a laboratory or a folder to scan.',
  });
}

function nothingFound(folder: string): NdiError {
  return new NdiError({
    code: 'import.nothingFound',
    message: `No recording was found in ${folder}.`,
    recovery: 'Choose the folder that holds the recordings, or create the session without any.',
    details: { path: folder },
  });
}
