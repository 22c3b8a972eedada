import { existsSync, statSync } from 'node:fs';
import type { CopyResult } from '../../shared/contract/datasets.ts';
import { documentClass, documentId, type NdiDocument } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { checkQuery } from '../../shared/model/query.ts';
import { copyIntoSession, copyItem, copyToNewSession, type Selection } from '../ndi/copy-session.ts';
import { whenFree } from '../ndi/database/when-free.ts';
import { addIngestedSession } from '../ndi/dataset-members.ts';
import { findBreaches } from '../ndi/documents/check.ts';
import { openDataset } from '../ndi/dataset.ts';
import { openSession } from '../ndi/session.ts';
import type { Jobs } from './jobs.ts';
import { fullPath, type OpenedItem, type OpenItems } from './open-items.ts';
import { offeringUnchecked } from './offer-unchecked.ts';
import { makeFolder, toWriteError } from './writable-folder.ts';

export interface CopyRequest {
  readonly path: string;
  readonly sessionId?: string | undefined;
  readonly to: string;
  readonly where?: readonly unknown[] | undefined;
  readonly newIds?: boolean | undefined;
  readonly withoutFiles?: boolean | undefined;
  readonly unchecked?: boolean | undefined;
}

/** Copies sessions, datasets and documents with their files. */
export class CopiesService {
  readonly #open: OpenItems;
  readonly #jobs: Jobs;

  constructor(open: OpenItems, jobs: Jobs) {
    this.#open = open;
    this.#jobs = jobs;
  }

  /** @throws NdiError session.*, document.*, database.*, path.*, query.invalid, usage.invalid */
  async copy(request: CopyRequest, signal?: AbortSignal): Promise<CopyResult> {
    const source = await whenFree(() => this.#source(request.path), { signal });
    const to = fullPath(request.to);
    const target = existsSync(to) ? this.#open.find(to) : null;
    return this.#jobs.run({ title: 'Copying', signal }, async (job, cancelled) => {
      const waiting = { signal: cancelled };
      try {
        if (target?.kind === 'dataset') return await whenFree(() => this.#intoDataset(request, to), waiting);
        if (target?.kind === 'session') return await whenFree(() => this.#intoSession(request, to), waiting);
        if (isWhole(request)) {
          const report = (fraction: number, detail: string) => job.report(fraction, detail);
          await copyItem(source.path, to, { signal: cancelled, report });
          return this.#whole(to);
        }
        return await this.#newSession(request, to);
      } catch (error) {
        throw toWriteError(error, to);
      }
    });
  }

  #source(path: string): { path: string } {
    const item = this.#open.find(path);
    if (item !== null) return held(item);
    throw new NdiError({
      code: 'session.notFound',
      message: `${fullPath(path)} holds no NDI session or dataset to copy.`,
      recovery: 'Choose the folder that holds its .ndi folder.',
      details: { path: fullPath(path) },
    });
  }

  #intoDataset(request: CopyRequest, to: string): CopyResult {
    if (!isWhole({ ...request, sessionId: undefined })) {
      throw new NdiError({
        code: 'usage.invalid',
        message: 'Into a dataset a session is copied whole, with its files, and keeps the ids of its documents.',
        recovery: 'Leave out the condition, the new ids and the leaving of files, or copy to a session.',
      });
    }
    const session = this.#open.session(request.path, request.sessionId);
    const dataset = openDataset(to, { writable: true });
    try {
      offeringUnchecked(() => addIngestedSession(dataset, session, request.unchecked === true));
      const documents = dataset
        .session(session.id)
        .documents()
        .map((entry) => dataset.read(entry));
      return resultOf({ kind: 'dataset', dataset }, documents, request.unchecked);
    } finally {
      dataset.close();
    }
  }

  #intoSession(request: CopyRequest, to: string): CopyResult {
    const source = this.#open.session(request.path, request.sessionId);
    const session = openSession(to, { writable: true });
    try {
      const copies = offeringUnchecked(() => copyIntoSession(source, session, selectionOf(request)));
      return resultOf({ kind: 'session', session }, copies, request.unchecked);
    } finally {
      session.close();
    }
  }

  async #newSession(request: CopyRequest, to: string): Promise<CopyResult> {
    const source = this.#open.session(request.path, request.sessionId);
    const undoFolder = await makeFolder(to);
    try {
      const session = offeringUnchecked(() => copyToNewSession(source, to, selectionOf(request)));
      try {
        return allOf({ kind: 'session', session }, request.unchecked);
      } finally {
        session.close();
      }
    } catch (error) {
      await undoFolder();
      throw error;
    }
  }

  #whole(to: string): CopyResult {
    const item = this.#open.find(to);
    if (item === null) throw new Error(`${to} was copied and is not there`);
    return allOf(item);
  }
}

/** A session or dataset as it is, byte by byte. */
function isWhole({ where, sessionId, newIds, withoutFiles }: CopyRequest): boolean {
  return where === undefined && sessionId === undefined && newIds !== true && withoutFiles !== true;
}

function selectionOf({ where, newIds, withoutFiles, unchecked }: CopyRequest): Selection {
  const flags = { newIds: newIds === true, withoutFiles: withoutFiles === true, unchecked: unchecked === true };
  return { ...flags, ...(where === undefined ? {} : { filter: { query: checkQuery(where) } }) };
}

function held(item: OpenedItem) {
  return item.kind === 'session' ? item.session : item.dataset;
}

function allOf(item: OpenedItem, unchecked = false): CopyResult {
  const holder = held(item);
  return resultOf(
    item,
    holder.documents().map((entry) => holder.read(entry)),
    unchecked,
  );
}

function resultOf(item: OpenedItem, documents: readonly NdiDocument[], unchecked = false): CopyResult {
  const holder = held(item);
  const paths = documents.flatMap((document) => holder.files(document).flatMap(({ path }) => path ?? []));
  return {
    path: holder.path,
    kind: item.kind,
    id: holder.id,
    documents: documents.length,
    files: paths.length,
    sizeBytes: paths.reduce((sum, path) => sum + statSync(path).size, 0),
    ids: documents.map(documentId),
    problems: unchecked ? brokenRules(item, documents) : [],
  };
}

/** More of them say nothing new. */
const LISTED = 500;

function brokenRules(item: OpenedItem, documents: readonly NdiDocument[]): CopyResult['problems'] {
  const holder = held(item);
  const known = new Set(holder.documents().map(({ id }) => id));
  const problems: CopyResult['problems'] = [];
  for (const document of documents) {
    for (const { field, rule } of findBreaches(document, { exists: (id) => known.has(id), hasFile: () => true })) {
      if (problems.length === LISTED) return problems;
      problems.push({ id: documentId(document), class: documentClass(document), field, rule });
    }
  }
  return problems;
}
