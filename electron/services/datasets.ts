import type { MemberContent } from '../../shared/contract/datasets.ts';
import type { DatasetInfo } from '../../shared/contract/sessions.ts';
import { NdiError } from '../../shared/model/errors.ts';
import {
  addIngestedSession,
  addLinkedSession,
  convertLinkedToIngested,
  createDataset,
  deleteIngestedSession,
  memberContent,
  unlinkSession,
} from '../ndi/dataset-members.ts';
import { whenFree } from '../ndi/database/when-free.ts';
import { type Dataset, openDataset } from '../ndi/dataset.ts';
import { offeringUnchecked } from './offer-unchecked.ts';
import type { Items } from './items.ts';
import type { Jobs } from './jobs.ts';
import { fullPath, type OpenItems } from './open-items.ts';
import { makeFolder, toWriteError } from './writable-folder.ts';

/** Datasets and which sessions belong to them. Each change is one action: done, or nothing was changed. */
export class DatasetsService {
  readonly #open: OpenItems;
  readonly #items: Items;
  readonly #jobs: Jobs;

  constructor(open: OpenItems, items: Items, jobs: Jobs) {
    this.#open = open;
    this.#items = items;
    this.#jobs = jobs;
  }

  /** @throws NdiError session.exists, usage.invalid, path.* */
  async create({ path, reference }: { path: string; reference: string }): Promise<DatasetInfo> {
    const folder = fullPath(path);
    const undoFolder = await makeFolder(folder);
    try {
      createDataset({ path: folder, reference }).close();
    } catch (error) {
      await undoFolder();
      throw toWriteError(error, folder);
    }
    return this.#info(folder);
  }

  /** @throws NdiError session.exists | notFound | notIngested | invalid, document.*, path.* */
  async add(request: {
    path: string;
    session: string;
    sessionId?: string | undefined;
    ingest?: boolean | undefined;
    unchecked?: boolean | undefined;
  }): Promise<DatasetInfo> {
    this.#dataset(request.path);
    const source = fullPath(request.session);
    const session = this.#open.session(source, request.sessionId);
    if (request.ingest === true) {
      return this.#change(request.path, 'Taking a session in', (dataset) =>
        offeringUnchecked(() => addIngestedSession(dataset, session, request.unchecked === true)),
      );
    }
    if (this.#open.find(source)?.kind === 'dataset') throw heldByAnother(session.reference, source);
    return this.#change(request.path, 'Linking a session', (dataset) => addLinkedSession(dataset, session));
  }

  /** @throws NdiError session.notFound */
  content(path: string, sessionId: string): MemberContent {
    const dataset = this.#dataset(path);
    const content = memberContent(dataset, sessionId);
    const member = dataset.sessions().find((one) => one.id === sessionId);
    return { id: sessionId, reference: member?.reference ?? '', linked: member?.linked ?? false, ...content };
  }

  /** @throws NdiError session.notFound | exists | notIngested, path.missing where the session's folder is gone */
  async convert(request: { path: string; sessionId: string; unchecked?: boolean | undefined }): Promise<DatasetInfo> {
    return this.#change(request.path, 'Taking a session in', (dataset) =>
      offeringUnchecked(() => convertLinkedToIngested(dataset, request.sessionId, request.unchecked === true)),
    );
  }

  /** @throws NdiError session.notFound, session.held where documents would go and nobody said that they may */
  async remove(path: string, sessionId: string, deleteDocuments: boolean): Promise<DatasetInfo> {
    return this.#change(path, 'Removing a session', (dataset) => {
      const linked = dataset.sessions().find((one) => one.id === sessionId)?.linked === true;
      if (linked || !deleteDocuments) unlinkSession(dataset, sessionId);
      else deleteIngestedSession(dataset, sessionId);
    });
  }

  async #change(path: string, title: string, change: (dataset: Dataset) => void): Promise<DatasetInfo> {
    const folder = this.#dataset(path).path;
    return this.#jobs.run({ title, cancellable: false }, async () => {
      try {
        await whenFree(() => changeDataset(folder, change));
      } catch (error) {
        throw toWriteError(error, folder);
      }
      return this.#info(folder);
    });
  }

  #dataset(path: string): Dataset {
    const item = this.#open.find(path);
    if (item?.kind === 'dataset') return item.dataset;
    throw new NdiError({
      code: 'session.invalid',
      message: `${fullPath(path)} holds ${item === null ? 'no dataset' : 'a session, not a dataset'}.`,
      recovery: 'Choose the folder of a dataset, or make one with “create --dataset”.',
      details: { path: fullPath(path) },
    });
  }

  async #info(folder: string): Promise<DatasetInfo> {
    const info = await this.#items.info(folder);
    if (info.kind === 'dataset') return info;
    throw new NdiError({
      code: 'session.invalid',
      message: `What was written to ${folder} does not read as a dataset.`,
      recovery: 'Try again in another folder; if it happens again, report it.',
      details: { path: folder },
    });
  }
}

function changeDataset(folder: string, change: (dataset: Dataset) => void): void {
  const dataset = openDataset(folder, { writable: true });
  try {
    change(dataset);
  } finally {
    dataset.close();
  }
}

/** NDI finds a linked session by its folder alone, and a dataset's folder is the dataset's. */
function heldByAnother(reference: string, path: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `"${reference}" is held by the dataset in ${path} and has no folder of its own to link to.`,
    recovery: 'Take it in instead of linking it, or copy it to a folder of its own first.',
    details: { path },
  });
}
