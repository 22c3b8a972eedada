import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingInfo } from '../../shared/contract/recordings.ts';
import type { DatasetInfo, ItemInfo, SessionInfo } from '../../shared/contract/sessions.ts';
import { isErrorCode, NdiError } from '../../shared/model/errors.ts';
import type { Dataset } from '../ndi/dataset.ts';
import { readElementsInTurns } from '../ndi/epochs/elements.ts';
import { probes } from '../ndi/epochs/probes.ts';
import { subjects } from '../ndi/epochs/subjects.ts';
import type { Session } from '../ndi/session.ts';
import type { DataWorkers } from '../workers/data-workers.ts';
import { LEFT_OUT } from '../formats/problems.ts';
import { isClaimedName } from '../formats/registry.ts';
import { toFileError } from '../files/file-faults.ts';
import { mergeProblems } from './merge-problems.ts';
import { fullPath, type OpenedItem, type OpenItems } from './open-items.ts';
import type { QueryIndexes } from './query-indexes.ts';
import type { Recents } from './recents.ts';
import { epochInfo, sessionEpochs } from './session-epochs.ts';

/** An index that is nearly there is waited for. */
const WAIT_MS = 500;

/** What paths are and hold: sessions, datasets, recordings and plain folders. Reads only. */
export class Items {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #recents: Recents;
  readonly #indexes: QueryIndexes;

  constructor(items: OpenItems, workers: DataWorkers, recents: Recents, indexes: QueryIndexes) {
    this.#indexes = indexes;
    this.#items = items;
    this.#workers = workers;
    this.#recents = recents;
  }

  /**
   * @param sessionId one of the sessions of the dataset at the path
   * @throws NdiError path.*, database.*, format.*, session.*
   */
  async info(path: string, sessionId?: string, signal?: AbortSignal): Promise<ItemInfo> {
    return await this.#info(path, sessionId, signal, true);
  }

  /** @param throughFolders whether a folder that only holds the folder of a recording stands for it */
  async #info(
    path: string,
    sessionId: string | undefined,
    signal: AbortSignal | undefined,
    throughFolders: boolean,
  ): Promise<ItemInfo> {
    const full = fullPath(path);
    if (sessionId !== undefined) return await this.#session(() => this.#items.session(full, sessionId), signal);
    const item = this.#items.find(full) ?? (await this.#onlyItemInside(full));
    if (item !== null) await this.#prepare(full, item);
    if (item?.kind === 'dataset') return datasetInfo(item.dataset);
    if (item?.kind === 'session') return await this.#session(() => this.#items.session(item.session.path), signal);
    const folder = await isFolder(full);
    if (!folder) return requireRead(full, await this.#workers.describe(full, signal));
    const found = await this.#workers.recognise(full, signal);
    const isRecording = found.some(({ path: own, inner }) => own === full && (throughFolders || inner === undefined));
    return isRecording ? this.#workers.describe(full, signal) : plainFolder(full);
  }

  /**
   * What a session holds is told by its documents. Those of a large one are indexed, which shows as a job; until that is
   * done, their summaries will do, and only where there are too many for those is the index waited for.
   */
  async #prepare(path: string, item: OpenedItem): Promise<void> {
    const holder = item.kind === 'session' ? item.session : item.dataset;
    if ((await this.#indexes.prepare(path, holder.quick, WAIT_MS)) === null) return;
    if (!(await holder.prepareIndex())) await this.#indexes.prepare(path, holder.quick, Infinity);
  }

  /**
   * As `info`, and remembers the path among the recents. A folder that only holds that of a recording stays a folder:
   * whoever opens one in the window is about to make a session of what is in it.
   */
  async open(path: string, signal?: AbortSignal): Promise<ItemInfo> {
    const info = await this.#info(path, undefined, signal, false);
    this.#recents.add(info);
    return info;
  }

  /**
   * A folder in which nothing lies but one session or dataset stands for it: people point at the folder that they
   * downloaded or unpacked.
   */
  async #onlyItemInside(path: string): Promise<OpenedItem | null> {
    if (!(await isFolder(path))) return null;
    const entries = (await listed(path)).filter((entry) => !entry.name.startsWith('.'));
    const folders = entries.filter((entry) => entry.isDirectory());
    const [only] = folders;
    const recordings = entries.some((entry) => entry.isFile() && isClaimedName(entry.name));
    if (only === undefined || folders.length > 1 || recordings) return null;
    return this.#items.find(join(path, only.name));
  }

  /** What a session holds; once more where it was closed meanwhile, because somebody has written to it. */
  async #session(find: () => Session, signal: AbortSignal | undefined, tries = 5): Promise<SessionInfo> {
    const session = find();
    try {
      return await this.#read(session, signal);
    } catch (error) {
      if (session.isOpen || tries === 0) throw error;
      return await this.#session(find, signal, tries - 1);
    }
  }

  async #read(session: Session, signal: AbortSignal | undefined): Promise<SessionInfo> {
    const { systems, epochs, problems } = await sessionEpochs(session, this.#workers, signal);
    const elements = await readElementsInTurns(session, signal);
    const stored = { elements: elements.elements, subjects: subjects(session) };
    return {
      kind: 'session',
      id: session.id,
      reference: session.reference,
      path: session.path,
      documents: countsOf(session.classes()),
      daqSystems: systems.map(({ system, epochs: own }) => ({
        name: system.name,
        reader: system.readerClass,
        id: system.id,
        epochs: own.length,
      })),
      subjects: stored.subjects.map(({ id, localIdentifier, description }) => ({ id, localIdentifier, description })),
      probes: probes(session, epochs, stored).map(({ epochIds, ...probe }) => ({ ...probe, epochs: epochIds.length })),
      epochs: epochs.map(epochInfo),
      problems: mergeProblems([...session.problems(), ...elements.problems, ...problems]),
    };
  }
}

/**
 * A file that is one of a folder's recording stands for all of it; but who asks for one that cannot be read is told that.
 * @throws NdiError format.*, path.*
 */
function requireRead(path: string, info: RecordingInfo): RecordingInfo {
  if (info.unread?.includes(path) !== true) return info;
  const why = info.problems.find(({ paths }) => paths.includes(path));
  throw new NdiError({
    code: why !== undefined && isErrorCode(why.code) ? why.code : 'format.invalid',
    message: why?.message.replace(LEFT_OUT, '') ?? `${path} cannot be read.`,
    recovery: 'Copy the file again from its source, or open the folder: its other files can be read.',
    details: { path },
  });
}

function datasetInfo(dataset: Dataset): DatasetInfo {
  return {
    kind: 'dataset',
    id: dataset.id,
    reference: dataset.reference,
    path: dataset.path,
    sessions: dataset.sessions().map((member) => ({ ...member })),
    documents: countsOf(dataset.classes()),
    problems: dataset.problems(),
  };
}

function countsOf(classes: readonly { class: string; count: number }[]): SessionInfo['documents'] {
  return {
    total: classes.reduce((sum, one) => sum + one.count, 0),
    byClass: Object.fromEntries(classes.map((one) => [one.class, one.count])),
  };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw toFileError(error, path);
  }
}

async function plainFolder(path: string): Promise<ItemInfo> {
  return { kind: 'folder', path, entries: (await listed(path)).length, problems: [] };
}

async function listed(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    throw toFileError(error, path);
  }
}
