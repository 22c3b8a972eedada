import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { CallInputs, CallOutputs } from '../../shared/contract/contract.ts';
import { dependencies, type NdiDocument } from '../../shared/model/documents.ts';
import { type JsonObject, toPlainJson } from '../../shared/model/document-json.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { checkQuery } from '../../shared/model/query.ts';
import type { ClassCount } from '../ndi/database/page.ts';
import type { DocumentFilter } from '../ndi/database/select.ts';
import type { ListedEntry, Question } from '../ndi/query-index/ask-thread.ts';
import type { IndexProgress } from '../ndi/query-index/catch-up.ts';
import type { IndexSearch } from '../ndi/query-index/search.ts';
import { toFileError } from '../files/file-faults.ts';
import { fullPath, type OpenedItem, type OpenItems } from './open-items.ts';
import { cellsOf, nameOf } from './document-cells.ts';
import { summaryOf } from './document-summary.ts';
import { cutForPage, tooLargeToEdit } from './cut-document.ts';
import { type DocumentSource, exportDocuments } from './export/export-documents.ts';
import type { Jobs } from './jobs.ts';
import { fieldsSeen, queryFields } from './query-fields.ts';
import type { QueryIndexes } from './query-indexes.ts';
import { askWatched } from './watched-question.ts';

type Outputs = CallOutputs['documents'];
type ListRequest = Required<Pick<CallInputs['documents']['list'], 'path'>> & CallInputs['documents']['list'];

/** Reads how a file of NDI Cloud begins. */
interface CloudHeads {
  head(
    address: string,
    name: string,
    maxBytes: number,
    signal?: AbortSignal,
  ): Promise<{ sizeBytes: number; head: Uint8Array<ArrayBuffer> }>;
}

/** An index that is nearly there is waited for; then the answer is for what it has seen. */
const WAIT_MS = 1_000;
const EXPORTED_AT_ONCE = 5_000;
/** Classes whose fields tell what a list will look like. */
const SHAPED_CLASSES = 3;

/** Documents of sessions and datasets: classes, lists, details and files. */
export class DocumentsService {
  readonly #items: OpenItems;
  readonly #indexes: QueryIndexes;
  readonly #jobs: Jobs;

  readonly #cloud: CloudHeads | null;

  constructor(items: OpenItems, indexes: QueryIndexes, jobs: Jobs, cloud: CloudHeads | null = null) {
    this.#jobs = jobs;
    this.#cloud = cloud;
    this.#items = items;
    this.#indexes = indexes;
  }

  /** @throws NdiError as `list` */
  async classes(path: string, sessionId?: string, signal?: AbortSignal): Promise<Outputs['classes']> {
    const request = this.#home({ path, ...(sessionId === undefined ? {} : { sessionId }) });
    const rows = await this.#classes(request, signal);
    return rows.map((row) => ({ ...row })).sort((a, b) => a.class.localeCompare(b.class, 'en'));
  }

  /** @throws NdiError query.invalid, path.*, app.cancelled */
  async shape(asked: ListRequest, signal?: AbortSignal): Promise<Outputs['shape']> {
    const request = this.#home(asked);
    const rows = await this.#classes(request, signal);
    const classes = rows.map((row) => ({ ...row })).sort((a, b) => b.count - a.count);
    const { quick } = this.#holder(request.path).holder;
    const fields = classes.slice(0, SHAPED_CLASSES).flatMap((row) => fieldsSeen(quick, row.class));
    return { total: rows.reduce((sum, row) => sum + row.count, 0), classes, fields: [...new Set(fields)] };
  }

  /** @throws NdiError query.invalid, session.notFound for a session that is not there, path.*, app.cancelled */
  async list(asked: ListRequest, signal?: AbortSignal): Promise<Outputs['list']> {
    const request = this.#home(asked);
    const { total, entries, indexing } = await this.#page(request, signal);
    const { columns } = request;
    if (columns === undefined || columns.length === 0) return { total, documents: entries.map(summaryOf), indexing };
    const { holder } = this.#holder(request.path);
    const documents = entries.map((entry) => ({ ...summaryOf(entry), cells: cellsOf(holder.read(entry), columns) }));
    return { total, documents, indexing };
  }

  names({ path, ids }: CallInputs['documents']['names']): Outputs['names'] {
    const { holder } = this.#holder(path);
    return ids.flatMap((id) => {
      const entry = holder.entry(id);
      return entry === undefined ? [] : [{ id, name: nameOf(holder.read(entry)) }];
    });
  }

  async full(asked: ListRequest, signal?: AbortSignal): Promise<Outputs['full']> {
    const request = this.#home(asked);
    const { total, entries, indexing } = await this.#page(request, signal);
    const { holder } = this.#holder(request.path);
    return { total, documents: entries.map((entry) => bodyOf(holder.read(entry))), indexing };
  }

  /** @throws NdiError query.invalid, path.*, app.cancelled */
  async export(asked: CallInputs['documents']['export'], signal?: AbortSignal): Promise<Outputs['export']> {
    const request = this.#home(asked);
    const out = fullPath(request.out);
    const title = `Export documents to ${basename(out)}`;
    return await this.#jobs.run({ title, id: request.jobId, signal }, async (progress, stop) => {
      return await exportDocuments(
        await this.#source(request, stop),
        { to: request.to, columns: request.columns, out },
        progress,
        stop,
      );
    });
  }

  /** @throws as `export` */
  async download(request: CallInputs['documents']['download'], signal?: AbortSignal): Promise<Outputs['download']> {
    const folder = await mkdtemp(join(tmpdir(), 'ndi-export-'));
    try {
      const { path, documents } = await this.export(
        { ...request, out: join(folder, `documents.${request.to}`) },
        signal,
      );
      return { documents, file: new Blob([await readFile(path)]) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #source(request: ListRequest, signal: AbortSignal): Promise<DocumentSource> {
    const page = (offset: number, limit: number) => this.#page({ ...request, offset, limit, wait: true }, signal);
    const read = (entry: ListedEntry) => this.#holder(request.path).holder.read(entry);
    return {
      total: (await page(0, 0)).total,
      async *batches() {
        for (let offset = 0; ; offset += EXPORTED_AT_ONCE) {
          const { entries } = await page(offset, EXPORTED_AT_ONCE);
          if (entries.length > 0) yield entries.map(read);
          if (entries.length < EXPORTED_AT_ONCE) return;
        }
      },
    };
  }

  fields(path: string, className?: string): Outputs['fields'] {
    return queryFields(this.#holder(path).holder.quick, className);
  }

  values({ path, field, typed = '', limit = 20 }: CallInputs['documents']['values']): Outputs['values'] {
    const { quick } = this.#holder(path).holder;
    return quick?.askPartly((search) => search.values(field, typed, limit))?.answer ?? [];
  }

  /** @throws NdiError document.notFound */
  get({ path, id, toEdit = false }: CallInputs['documents']['get']): Outputs['get'] {
    const { holder } = this.#holder(path);
    const entry = holder.entry(id) ?? notFound(path, id);
    const document = holder.read(entry);
    const { document: shown, cut } = cutForPage(document);
    if (toEdit && cut.length > 0) throw tooLargeToEdit(id, cut);
    return {
      document: bodyOf(shown),
      cut,
      summary: summaryOf(entry),
      superclasses: [...entry.superclasses],
      dependencies: dependencies(document).map(({ name, value }) => {
        const target = value === '' ? undefined : holder.entry(value);
        return { name, id: value, document: target === undefined ? null : summaryOf(target) };
      }),
      dependents: holder.dependents(id).map(summaryOf),
      files: holder.files(document).map(({ name, uid, locationType, location, sizeBytes, path: at, fetchedTo }) => ({
        ...{ name, uid, locationType, location, sizeBytes },
        fetched: at !== null && at === fetchedTo,
      })),
    };
  }

  /**
   * The first bytes of a file; of one that lies in NDI Cloud only, they are fetched.
   * @throws NdiError document.notFound, document.fileMissing, cloud.*, path.*
   */
  async file(
    request: { path: string; id: string; name: string; maxBytes?: number | undefined },
    signal?: AbortSignal,
  ): Promise<Outputs['file']> {
    const { holder } = this.#holder(request.path);
    const { id, name, maxBytes = 65_536 } = request;
    const files = holder.files(holder.document(id)).filter((file) => file.name === name);
    const remote = files.every((file) => file.path === null) && files.find((file) => file.fetchedTo !== null);
    if (remote && this.#cloud !== null) {
      const { sizeBytes, head } = await this.#cloud.head(remote.location, name, maxBytes, signal);
      return { sizeBytes, head: new Blob([head]) };
    }
    const path = holder.binaryFile(id, name);
    try {
      const sizeBytes = statSync(path).size;
      return { sizeBytes, head: new Blob([readHead(path, Math.min(sizeBytes, maxBytes))]) };
    } catch (error) {
      throw toFileError(error, path);
    }
  }

  async #page(
    request: ListRequest,
    signal: AbortSignal | undefined,
  ): Promise<{ total: number; entries: ListedEntry[]; indexing: IndexProgress | null }> {
    const { sort = 'datestamp', descending = false, offset = 0, limit = 500 } = request;
    const page = { sort, descending, offset, limit };
    const { seen, indexing, canList } = await this.#asked(request, sort);
    const found = await this.#answer(
      { path: request.path, indexing, signal, canList },
      { ask: 'page', filter: seen, request: page },
      {
        partly: (search) => search.page(seen, page),
        known: () => this.#holder(request.path).holder.page(seen, page),
      },
    );
    return { ...found, indexing: canList ? null : indexing };
  }

  async #classes(request: ListRequest, signal: AbortSignal | undefined): Promise<ClassCount[]> {
    const { seen, indexing, canList } = await this.#asked(request, 'class');
    return await this.#answer(
      { path: request.path, indexing, signal, canList },
      { ask: 'classes', filter: seen },
      {
        partly: (search) => search.classes(seen),
        known: () => this.#holder(request.path).holder.classes(seen),
      },
    );
  }

  /** What a request asks of the database, and how an answer can be had. */
  async #asked(request: ListRequest, sort: string) {
    const filter = filterOf(request);
    const indexing = await this.#prepare(request.path, request.wait === true ? Infinity : WAIT_MS);
    const { holder, item } = this.#holder(request.path);
    const { sessionId } = request;
    const own = item.kind === 'session' ? item.session.id : sessionId;
    const seen = own === undefined ? filter : { ...filter, sessionId: own };
    return { seen, indexing, canList: indexing !== null && holder.canList(seen, sort) };
  }

  /** In a thread of its own where there are many documents; on the spot where there are few. */
  async #answer<Q extends Exclude<Question, { ask: 'summaries' }>, T>(
    at: { path: string; indexing: IndexProgress | null; signal: AbortSignal | undefined; canList: boolean },
    question: Q,
    otherwise: { partly: (search: IndexSearch) => T; known: () => T },
  ) {
    const { quick } = this.#holder(at.path).holder;
    if (quick === null || at.canList) return otherwise.known();
    const aside = quick.aside(question.filter);
    if (aside !== null && (at.indexing !== null || quick.isReady())) {
      return await askWatched({ jobs: this.#jobs, path: fullPath(at.path), signal: at.signal }, aside, question);
    }
    const partly = at.indexing === null ? undefined : quick.askPartly(otherwise.partly);
    return partly === undefined ? otherwise.known() : partly.answer;
  }

  /** The same request of the folder that holds the session which it names: a dataset links to sessions elsewhere. */
  #home<R extends { readonly path: string; readonly sessionId?: string | undefined }>(request: R): R {
    const { path, sessionId } = request;
    const { item, holder } = this.#holder(path);
    if (sessionId === undefined || sessionId === holder.id) return request;
    if (item.kind === 'session') throw otherSession(path, sessionId);
    const { dataset } = item;
    const isMember = dataset.sessions().some(({ id }) => id === sessionId);
    // Documents of a session that is no member any more are still there.
    if (!isMember && dataset.classes({ sessionId }).length > 0) return request;
    return { ...request, path: dataset.folderOf(sessionId) };
  }

  async #prepare(path: string, waitMs: number): Promise<IndexProgress | null> {
    return await this.#indexes.prepare(fullPath(path), this.#holder(path).holder.quick, waitMs);
  }

  /** Session and dataset answer the same questions about documents. */
  #holder(path: string) {
    const item: OpenedItem | null = this.#items.find(path);
    if (item === null) {
      throw new NdiError({
        code: 'session.notFound',
        message: `${fullPath(path)} holds no NDI session or dataset, so it has no documents.`,
        recovery: 'Choose the folder that holds its .ndi folder.',
        details: { path: fullPath(path) },
      });
    }
    return { item, holder: item.kind === 'session' ? item.session : item.dataset };
  }
}

function filterOf(request: ListRequest): DocumentFilter {
  const { sessionId, class: className, isa, where, dependsOn, id, text } = request;
  return {
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(className === undefined ? {} : { class: className }),
    ...(isa === undefined ? {} : { isa }),
    ...(where === undefined ? {} : { query: checkQuery(where) }),
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(id === undefined ? {} : { id }),
    ...(text === undefined || text.trim() === '' ? {} : { text: text.trim() }),
  };
}

function bodyOf(document: NdiDocument): JsonObject {
  return toPlainJson(document) as JsonObject;
}

function readHead(path: string, length: number): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(length);
  const handle = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(handle, head, 0, length, 0));
  } finally {
    closeSync(handle);
  }
}

function otherSession(path: string, sessionId: string): NdiError {
  return new NdiError({
    code: 'session.notFound',
    message: `The session in ${fullPath(path)} is not ${sessionId}.`,
    recovery: 'Name no session: there is only one.',
    details: { path: fullPath(path), id: sessionId },
  });
}

function notFound(path: string, id: string): never {
  throw new NdiError({
    code: 'document.notFound',
    message: `There is no document with the id ${id} in ${fullPath(path)}.`,
    recovery: 'It may have been removed; list the documents again.',
    details: { path: fullPath(path), id },
  });
}
