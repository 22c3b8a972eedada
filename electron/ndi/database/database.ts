import { dirname, join } from 'node:path';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { type DocumentChange, makeChange, type TouchedDocument, type Workplace } from './change.ts';
import { dependentsOf } from './dependents.ts';
import { type DocumentEntry, type DocumentIndex, findByFlatClass, scanForClasses } from './document-index.ts';
import { databaseError, withFaults } from './faults.ts';
import { type IndexSearch } from '../query-index/search.ts';
import { type DocumentFile, type FetchedTo, FileStore, missingFile } from './file-store.ts';
import { FollowedConnection } from './followed-connection.ts';
import {
  type ClassCount,
  countClasses,
  type DocumentPage,
  isSummaryKey,
  pageOf,
  type PageRequest,
  type SortKey,
} from './page.ts';
import { QuickAnswers } from './quick-answers.ts';
import { type DocumentFilter, selectEntries } from './select.ts';
import { StoredDocuments } from './stored-documents.ts';
import { Summaries } from './summaries.ts';
import { takeBack } from './take-back.ts';
import { WorkFolder } from './work-folder.ts';

export interface DatabaseOptions {
  /** Where query indexes are kept; without it every question reads all documents. */
  readonly indexFolder?: string | undefined;
  readonly fetchedTo?: FetchedTo | undefined;
}

export const databaseFile = 'did-sqlite.sqlite';

/**
 * The document database of a `.ndi` folder: its SQLite file and its file store. Documents are read from their JSON, the
 * one thing that all writers agree on; what others change on disk is seen at the next call.
 */
export class DocumentDatabase {
  readonly path: string;
  readonly writable: boolean;
  readonly #store: FileStore;
  readonly #work: WorkFolder;
  readonly #file: FollowedConnection;
  readonly #stored = new StoredDocuments(() => this.#file.current);
  readonly #summaries = new Summaries(() => this.#file);
  readonly #quick: QuickAnswers | null;

  /**
   * @throws NdiError database.*, path.*
   */
  constructor(ndiFolder: string, mode: 'read' | 'write', { indexFolder, fetchedTo }: DatabaseOptions = {}) {
    this.path = join(ndiFolder, databaseFile);
    this.writable = mode === 'write';
    this.#store = new FileStore(ndiFolder, fetchedTo);
    this.#work = new WorkFolder(ndiFolder);
    this.#file = new FollowedConnection(this.path, mode, () => this.#summaries.forget());
    this.#quick =
      indexFolder === undefined
        ? null
        : new QuickAnswers(indexFolder, this.path, {
            connection: () => this.#file.current,
            read: (docIdx) => this.#stored.read(docIdx),
          });
  }

  /** Summaries of all documents; built at the first call and again after a change, by whomever. */
  index(): DocumentIndex {
    this.#file.follow();
    return withFaults(this.path, () => this.#summaries.get());
  }

  /** Lets go of the summaries until they are asked for again. */
  forgetIndex(): void {
    this.#summaries.forget();
  }

  /** Reads the summaries of all documents in another thread, unless there are too many. @returns whether they are at hand */
  async prepareIndex(): Promise<boolean> {
    const { quick } = this;
    return quick !== null && (await this.#summaries.prepare(quick.thread));
  }

  /** Whether a list in this order can be made from the summaries at hand. */
  canList({ query = [], text = '' }: DocumentFilter, sort: SortKey): boolean {
    this.#file.follow();
    return query.length === 0 && text === '' && isSummaryKey(sort) && this.#summaries.areAtHand;
  }

  /** Entries of the documents that fulfil a filter, in database order. */
  find(filter: DocumentFilter = {}): DocumentEntry[] {
    return this.#answer(
      (search) => search.entries(filter),
      () => selectEntries(this.index().entries, filter, (entry) => this.read(entry)),
    );
  }

  /** A stretch of the documents that fulfil a filter, in an order. */
  page(filter: DocumentFilter, request: PageRequest): DocumentPage {
    return this.#answer(
      (search) => search.page(filter, request),
      () => pageOf(this.find(filter), request, (entry) => this.read(entry)),
    );
  }

  count(filter: DocumentFilter): number {
    return this.page(filter, { sort: 'stored', descending: false, offset: 0, limit: 0 }).total;
  }

  /** The query index, where there is one; others build it, and ask it while it is built. */
  get quick(): QuickAnswers | null {
    this.#file.follow();
    return this.#quick;
  }

  /** From the query index where it stands where the database stands, else from all documents. */
  #answer<T>(quickly: (search: IndexSearch) => T, slowly: () => T): T {
    this.#file.follow();
    return withFaults(this.path, () => {
      const found = this.#quick?.ask(quickly);
      return found === undefined ? slowly() : found.answer;
    });
  }

  /**
   * Whole documents of a class (itself, not its descendants), found through the flattened rows without reading all
   * documents: quick, for the few that opening needs. Empty where the writer did not fill those rows.
   */
  quickFind(className: string): NdiDocument[] {
    this.#file.follow();
    return withFaults(this.path, () => findByFlatClass(this.#file.current, className));
  }

  /**
   * Whole documents of classes (themselves, not their descendants), in database order, without summaries of all: for the few
   * that tell what a folder is. SQLite looks through the texts where neither a query index nor summaries stand ready.
   */
  ofClass(...names: readonly string[]): NdiDocument[] {
    return this.#answer(
      (search) => {
        const found = names.flatMap((name) => search.entries({ class: name }));
        return this.#readStoredAll(found.sort((a, b) => a.docIdx - b.docIdx));
      },
      () =>
        this.#summaries.areAtHand
          ? this.#readStoredAll(this.index().entries.filter((entry) => names.includes(entry.class)))
          : scanForClasses(this.#file.current, names),
    );
  }

  /** Number of documents by class, in alphabetical order. */
  classes(filter: DocumentFilter = {}): ClassCount[] {
    return this.#answer(
      (search) => search.classes(filter),
      () => countClasses(this.find(filter)),
    );
  }

  /** Documents whose JSON cannot be read. */
  unreadable(): readonly { id: string; why: string }[] {
    return this.#answer(
      (search) => search.unreadable(),
      () => this.index().unreadable,
    );
  }

  /** The entry of one document, or undefined. */
  findEntry(id: string): DocumentEntry | undefined {
    return this.#answer(
      (search) => search.byId(id),
      () => this.index().byId.get(id),
    );
  }

  /** @throws NdiError document.notFound */
  entry(id: string): DocumentEntry {
    const found = this.findEntry(id);
    if (found !== undefined) return found;
    throw new NdiError({
      code: 'document.notFound',
      message: `There is no document with the id ${id}.`,
      recovery: 'List the documents to see which there are; it may have been removed.',
      details: { id },
    });
  }

  read(entry: Pick<DocumentEntry, 'docIdx'>): NdiDocument {
    return withFaults(this.path, () => this.#stored.read(entry.docIdx));
  }

  #readStoredAll(entries: readonly DocumentEntry[]): NdiDocument[] {
    return entries.map((entry) => this.#stored.read(entry.docIdx));
  }

  files(document: NdiDocument): DocumentFile[] {
    return this.#store.files(document);
  }

  /**
   * Path of one of a document's files.
   * @throws NdiError document.notFound, document.fileMissing
   */
  filePath(id: string, name: string): string {
    const files = this.files(this.read(this.entry(id))).filter((file) => file.name === name);
    const path = files.find((file) => file.path !== null)?.path;
    if (path === undefined || path === null) throw missingFile(name, files[0]?.location ?? '');
    return path;
  }

  /**
   * Adds documents, with their files, all or none.
   * @param unchecked stores them whatever rules they break
   * @throws NdiError document.invalid | duplicate | fileMissing, database.*, path.*
   */
  add(documents: readonly NdiDocument[], unchecked = false): void {
    if (documents.length > 0) this.apply({ add: documents, unchecked });
  }

  /** Removes documents and their files, all or none; ids that are not there are passed over. */
  remove(ids: readonly string[]): void {
    if (ids.length > 0) this.apply({ remove: ids });
  }

  /**
   * Adds, replaces and removes documents in one transaction, for good.
   * @throws NdiError document.*, edit.conflict, database.*, path.*
   */
  apply(change: DocumentChange): void {
    this.#write((at) => makeChange(at, change, false));
  }

  /**
   * Adds, replaces and removes documents in one transaction that can be taken back: files that are dropped are kept
   * aside until the process ends (`forgetKept`).
   * @throws NdiError document.*, edit.conflict, database.*, path.*
   */
  change(change: DocumentChange): TouchedDocument[] {
    return this.#write((at) => makeChange(at, change, true));
  }

  /**
   * Takes a change back, and gives what takes that back in turn.
   * @throws NdiError edit.conflict where somebody else has changed one of the documents since, database.*, path.*
   */
  takeBack(touched: readonly TouchedDocument[]): TouchedDocument[] {
    return this.#write((at) => takeBack(at, touched));
  }

  /** A document straight from its row, without an index of all documents; null where it is not there. */
  stored(id: string): NdiDocument | null {
    this.#file.follow();
    return withFaults(this.path, () => this.#stored.find(id));
  }

  /** What a removal in NDI-matlab left of a document, which nothing shows any more; null where nothing is left. */
  leftBehind(id: string): NdiDocument | null {
    this.#file.follow();
    return withFaults(this.path, () => this.#stored.leftBehind(id));
  }

  /** Whether a document is there, straight from its row. */
  holds(id: string): boolean {
    this.#file.follow();
    return withFaults(this.path, () => this.#stored.has(id));
  }

  /** Ids of all that depends on documents, directly or not, within a session (null: in the whole database). */
  dependents(ids: readonly string[], sessionId: string | null): string[] {
    this.#file.follow();
    return withFaults(this.path, () => dependentsOf(this.#file.current, ids, sessionId));
  }

  /** Whether this is still all there is to the database: the file is the same, and nobody else has written to it since it was opened. */
  isUntouchedByOthers(): boolean {
    return this.#file.isUntouchedByOthers();
  }

  get isOpen(): boolean {
    return this.#file.isOpen;
  }

  close(): void {
    this.#file.close();
    if (this.writable) this.#work.close();
    this.#quick?.close();
    this.#summaries.forget();
  }

  #write<T>(action: (at: Workplace) => T): T {
    if (!this.writable) {
      const recovery = 'Open the session for writing.';
      throw databaseError('path.readOnly', this.path, 'was opened for reading only', recovery);
    }
    this.#file.follow();
    const at = { database: this.#file.current, store: this.#store, work: this.#work, ndiFolder: dirname(this.path) };
    const result = withFaults(this.path, () => action(at));
    this.#summaries.forget();
    return result;
  }
}
