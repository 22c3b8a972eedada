import type { Problem } from '../../shared/contract/common.ts';
import { documentId, documentSessionId, type NdiDocument, withValues } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { emptySessionId } from '../../shared/model/ids.ts';
import type { DocumentChange, TouchedDocument } from './database/change.ts';
import type { DocumentDatabase } from './database/database.ts';
import type { DocumentEntry } from './database/document-index.ts';
import type { DocumentFile } from './database/file-store.ts';
import type { DocumentPage, PageRequest } from './database/page.ts';
import type { QuickAnswers } from './database/quick-answers.ts';
import type { DocumentFilter } from './database/select.ts';

/** What tells a session's share of a database from a dataset's, which is all of it. */
export interface Share {
  /** Only documents of this session are seen; null: all. */
  readonly only: string | null;
  /** The session that documents without one get. */
  readonly home: string;
  /** Whether documents of a session may be added here. */
  holds(sessionId: string): boolean;
  /** The error for one that may not. */
  refusal(document: NdiDocument): NdiError;
}

/**
 * Documents in the database of a folder: what a session and a dataset have in common. Which of them it holds is told by
 * its share of the database.
 */
export abstract class DocumentHolder {
  /** Absolute path of the folder that holds `.ndi`. */
  readonly path: string;
  protected readonly database: DocumentDatabase;

  constructor(database: DocumentDatabase, path: string) {
    this.database = database;
    this.path = path;
  }

  protected abstract readonly share: Share;

  get writable(): boolean {
    return this.database.writable;
  }

  get isOpen(): boolean {
    return this.database.isOpen;
  }

  /** Whether nobody else has written to the database since it was opened. */
  isUntouchedByOthers(): boolean {
    return this.database.isUntouchedByOthers();
  }

  /**
   * Entries of the documents that fulfil a filter, in database order.
   * @throws NdiError query.invalid, database.*, path.vanished
   */
  documents(filter: DocumentFilter = {}): DocumentEntry[] {
    return this.database.find(this.#within(filter));
  }

  /** A stretch of the documents that fulfil a filter, in an order. @throws as `documents` */
  page(filter: DocumentFilter, request: PageRequest): DocumentPage {
    return this.database.page(this.#within(filter), request);
  }

  /** Classes with their counts, in alphabetical order. */
  classes(filter: DocumentFilter = {}): { class: string; count: number }[] {
    return this.database.classes(this.#within(filter));
  }

  /** Reads the summaries of all documents in another thread; see `DocumentDatabase.prepareIndex`. */
  async prepareIndex(): Promise<boolean> {
    return await this.database.prepareIndex();
  }

  /** Whether a list in this order is at hand without a query index. */
  canList(filter: DocumentFilter, sort: PageRequest['sort']): boolean {
    return this.database.canList(filter, sort);
  }

  /** What the query index can say, where there is one. */
  get quick(): QuickAnswers | null {
    return this.database.quick;
  }

  /** The entry of one document, or undefined. */
  entry(id: string): DocumentEntry | undefined {
    const found = this.database.findEntry(id);
    return found !== undefined && this.#sees(found.sessionId) ? found : undefined;
  }

  /** @throws NdiError document.notFound */
  document(id: string): NdiDocument {
    return this.read(this.entry(id) ?? notHere(id));
  }

  /** The whole document of an entry. */
  read(entry: Pick<DocumentEntry, 'docIdx'>): NdiDocument {
    return this.database.read(entry);
  }

  /** A document straight from the database, whatever the number of the others; null where it is not here. */
  stored(id: string): NdiDocument | null {
    const found = this.database.stored(id);
    return found !== null && this.#sees(documentSessionId(found)) ? found : null;
  }

  /** Entries that depend on a document, whatever the dependency's name. */
  dependents(id: string): DocumentEntry[] {
    return this.documents({ dependsOn: { name: '*', id } });
  }

  /** Files of a document, one entry a location, with their paths where the bytes are on this machine. */
  files(document: NdiDocument): DocumentFile[] {
    return this.database.files(document);
  }

  /** @throws NdiError document.notFound, document.fileMissing */
  binaryFile(id: string, name: string): string {
    return this.database.filePath((this.entry(id) ?? notHere(id)).id, name);
  }

  /** Documents that are there but cannot be read. */
  problems(): Problem[] {
    return this.database.unreadable().map(({ id, why }) => ({
      grade: 'shouldFix',
      code: 'document.invalid',
      message: `Document ${id} is left out: ${why}`,
      paths: [this.path],
    }));
  }

  /**
   * Adds documents, all or none; the empty session id becomes that of the session, or of the dataset itself.
   * @param unchecked stores them whatever rules they break
   * @returns the documents as they were stored
   * @throws NdiError document.invalid | duplicate | fileMissing, database.*, path.*
   */
  addDocuments(documents: readonly NdiDocument[], unchecked = false): NdiDocument[] {
    const owned = this.own(documents);
    this.database.add(owned, unchecked);
    return owned;
  }

  /**
   * Removes documents and, within their sessions, all that depend on them, directly or not.
   * @returns the ids that were removed, dependents first
   */
  removeDocuments(ids: readonly string[]): string[] {
    const order = this.removal(ids);
    this.database.remove(order);
    return order;
  }

  /** What `removeDocuments` would remove: all dependents in their sessions, then the documents themselves. */
  removal(ids: readonly string[]): string[] {
    const known = [...new Set(ids)].map((id) => this.stored(id)).filter((one) => one !== null);
    const dependents = [...new Set(known.map(documentSessionId))].flatMap((session) => {
      const own = known.filter((document) => documentSessionId(document) === session);
      return this.database.dependents(own.map(documentId), session);
    });
    return [...dependents, ...known.map(documentId)];
  }

  /**
   * Adds, replaces and removes documents as one transaction that `takeBack` can undo.
   * @param home the session that documents without one get
   * @throws NdiError document.*, edit.conflict, database.*, path.*
   */
  change(change: DocumentChange, home?: string): TouchedDocument[] {
    return this.database.change({ ...change, add: this.own(change.add ?? [], home) });
  }

  /** @throws NdiError edit.conflict, database.*, path.* */
  takeBack(touched: readonly TouchedDocument[]): TouchedDocument[] {
    return this.database.takeBack(touched);
  }

  /** Closes the database. A session of a dataset shares the dataset's: closing one closes both. */
  close(): void {
    this.database.close();
  }

  #within(filter: DocumentFilter): DocumentFilter {
    const { only } = this.share;
    return only === null ? filter : { ...filter, sessionId: only };
  }

  #sees(sessionId: string): boolean {
    const { only } = this.share;
    return only === null || only === sessionId;
  }

  /** The documents with the session that they get. @throws NdiError document.invalid for those of others */
  protected own(documents: readonly NdiDocument[], home?: string): NdiDocument[] {
    const accepted = new Set<string>();
    return documents.map((document) => {
      const session = documentSessionId(document);
      if (session === emptySessionId || session === '') {
        return withValues(document, { 'base.session_id': home ?? this.share.home });
      }
      if (!accepted.has(session) && !this.share.holds(session)) throw this.share.refusal(document);
      accepted.add(session);
      return document;
    });
  }
}

function notHere(id: string): never {
  throw new NdiError({
    code: 'document.notFound',
    message: `There is no document with the id ${id}.`,
    recovery: 'List the documents to see which there are; it may have been removed.',
    details: { id },
  });
}
