import type { Problem } from '../../shared/contract/common.ts';
import {
  documentDatestamp,
  documentSessionId,
  type NdiDocument,
  textOf,
  valueAt,
  withValues,
} from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { emptySessionId } from '../../shared/model/ids.ts';
import type { DocumentChange, TouchedDocument } from './database/change.ts';
import { type DatabaseOptions, DocumentDatabase } from './database/database.ts';
import type { DocumentEntry } from './database/document-index.ts';
import type { DocumentFile } from './database/file-store.ts';
import type { DocumentPage, PageRequest } from './database/page.ts';
import type { QuickAnswers } from './database/quick-answers.ts';
import type { DocumentFilter } from './database/select.ts';
import { ndiFolder, readMarks, requireFolder } from './folder.ts';

/**
 * One NDI session: the documents of one session id in a folder's database. The folder is the session's own, or that of
 * the dataset that holds it.
 *
 * ```ts
 * const session = openSession('/data/ferret22');             // read-only: not a byte changes
 * const probes = session.documents({ isa: 'element' });      // entries (summaries)
 * const whole = session.document(probes[0].id);              // JSON, lists normalised
 * session.close();
 *
 * const mine = createSession({ path, reference: 'exp1' });   // create-session.ts
 * mine.addDocuments([newDocument('subject', { 'subject.local_identifier': 'a@b' })]);
 * ```
 * DAQ systems, epochs, probes, subjects: `daq/daq-systems.ts`, `epochs/epoch-table.ts`, `epochs/probes.ts`,
 * `documents/subjects.ts`; they take a session.
 */
export class Session {
  readonly id: string;
  readonly reference: string;
  /** Absolute path of the folder that holds `.ndi`. */
  readonly path: string;
  readonly #database: DocumentDatabase;

  constructor(database: DocumentDatabase, identity: { id: string; reference: string; path: string }) {
    this.#database = database;
    this.id = identity.id;
    this.reference = identity.reference;
    this.path = identity.path;
  }

  get writable(): boolean {
    return this.#database.writable;
  }

  /**
   * Entries of the session's documents that fulfil a filter, in database order.
   * @throws NdiError query.invalid, database.*, path.vanished
   */
  documents(filter: Omit<DocumentFilter, 'sessionId'> = {}): DocumentEntry[] {
    return this.#database.find({ ...filter, sessionId: this.id });
  }

  /** A stretch of the documents that fulfil a filter, in an order. @throws as `documents` */
  page(filter: Omit<DocumentFilter, 'sessionId'>, request: PageRequest): DocumentPage {
    return this.#database.page({ ...filter, sessionId: this.id }, request);
  }

  /** Reads the summaries of all documents in another thread; see `DocumentDatabase.prepareIndex`. */
  async prepareIndex(): Promise<boolean> {
    return await this.#database.prepareIndex();
  }

  /** Whether a list in this order is at hand without a query index. */
  canList(filter: DocumentFilter, sort: PageRequest['sort']): boolean {
    return this.#database.canList(filter, sort);
  }

  /** What the query index can say, where there is one. */
  get quick(): QuickAnswers | null {
    return this.#database.quick;
  }

  /** Classes with their counts, in alphabetical order. */
  classes(filter: Omit<DocumentFilter, 'sessionId'> = {}): { class: string; count: number }[] {
    return this.#database.classes({ ...filter, sessionId: this.id });
  }

  /** The entry of one document, or undefined. */
  entry(id: string): DocumentEntry | undefined {
    const found = this.#database.findEntry(id);
    return found?.sessionId === this.id ? found : undefined;
  }

  /** @throws NdiError document.notFound */
  document(id: string): NdiDocument {
    return this.read(this.entry(id) ?? notHere(id));
  }

  /** The whole document of an entry. */
  read(entry: Pick<DocumentEntry, 'docIdx'>): NdiDocument {
    return this.#database.read(entry);
  }

  /** Entries that depend on a document, whatever the dependency's name. */
  dependents(id: string): DocumentEntry[] {
    return this.documents({ dependsOn: { name: '*', id } });
  }

  /** Files of a document, one entry a location, with their paths where the bytes are on this machine. */
  files(document: NdiDocument): DocumentFile[] {
    return this.#database.files(document);
  }

  /** @throws NdiError document.notFound, document.fileMissing */
  binaryFile(id: string, name: string): string {
    return this.#database.filePath((this.entry(id) ?? notHere(id)).id, name);
  }

  /** Documents that are there but cannot be read. */
  problems(): Problem[] {
    return unreadableDocuments(this.#database, this.path);
  }

  /**
   * Adds documents, all or none; the empty session id becomes this session's.
   * @param unchecked stores them whatever rules they break
   * @returns the documents as they were stored
   * @throws NdiError document.invalid | duplicate | fileMissing, database.*, path.*
   */
  addDocuments(documents: readonly NdiDocument[], unchecked = false): NdiDocument[] {
    const owned = this.#own(documents);
    this.#database.add(owned, unchecked);
    return owned;
  }

  /**
   * Removes documents and all that depend on them, directly or not.
   * @returns the ids that were removed, dependents first
   */
  removeDocuments(ids: readonly string[]): string[] {
    const order = this.removal(ids);
    this.#database.remove(order);
    return order;
  }

  /** A document straight from the database, whatever the number of the others; null where the session has it not. */
  stored(id: string): NdiDocument | null {
    const found = this.#database.stored(id);
    return found !== null && documentSessionId(found) === this.id ? found : null;
  }

  /** What `removeDocuments` would remove: all dependents in the session, then the documents themselves. */
  removal(ids: readonly string[]): string[] {
    const known = [...new Set(ids)].filter((id) => this.stored(id) !== null);
    return [...this.#database.dependents(known, this.id), ...known];
  }

  /**
   * Adds, replaces and removes documents as one transaction that `takeBack` can undo.
   * @throws NdiError document.*, edit.conflict, database.*, path.*
   */
  change(change: DocumentChange): TouchedDocument[] {
    return this.#database.change({ ...change, add: this.#own(change.add ?? []) });
  }

  /** @throws NdiError edit.conflict, database.*, path.* */
  takeBack(touched: readonly TouchedDocument[]): TouchedDocument[] {
    return this.#database.takeBack(touched);
  }

  #own(documents: readonly NdiDocument[]): NdiDocument[] {
    return documents.map((document) => {
      const session = documentSessionId(document);
      if (session === this.id) return document;
      if (session === emptySessionId || session === '') return withValues(document, { 'base.session_id': this.id });
      throw foreignDocument(document, this.id);
    });
  }

  /** Closes the database. A session of a dataset shares the dataset's: closing one closes both. */
  close(): void {
    this.#database.close();
  }
}

function notHere(id: string): never {
  throw new NdiError({
    code: 'document.notFound',
    message: `The session has no document with the id ${id}.`,
    recovery: 'List its documents to see which there are.',
    details: { id },
  });
}

function foreignDocument(document: NdiDocument, id: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The document ${textOf(valueAt(document, 'base.id'))} belongs to session ${documentSessionId(document)}, not to ${id}.`,
    recovery: 'Add it to its own session, or give it the id of this one. Nothing was written.',
    details: { field: 'base.session_id', value: documentSessionId(document) },
  });
}

export function unreadableDocuments(database: DocumentDatabase, path: string): Problem[] {
  return database.unreadable().map(({ id, why }) => ({
    grade: 'shouldFix',
    code: 'document.invalid',
    message: `Document ${id} is left out: ${why}`,
    paths: [path],
  }));
}

export interface OpenOptions extends DatabaseOptions {
  readonly writable?: boolean;
}

/**
 * Opens the session of a folder. Read-only unless told otherwise: then not a byte of the folder changes.
 * @throws NdiError path.*, database.*, session.invalid
 */
export function openSession(path: string, options: OpenOptions = {}): Session {
  const folder = requireFolder(path);
  const database = new DocumentDatabase(ndiFolder(folder), options.writable === true ? 'write' : 'read', options);
  try {
    return new Session(database, { path: folder, ...identify(folder, database) });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Id and reference: of the oldest `session` document of the id in `.ndi`, or of the only one there is. */
function identify(folder: string, database: DocumentDatabase): { id: string; reference: string } {
  const marks = readMarks(folder);
  const found = sessionDocuments(database);
  const own = found.filter((document) => documentSessionId(document) === marks.id);
  const [chosen] = own.length > 0 || found.length > 1 ? own : found;
  const id = chosen === undefined ? marks.id : documentSessionId(chosen);
  const stored = chosen === undefined ? '' : textOf(valueAt(chosen, 'session.reference'));
  const reference = stored || (marks.reference ?? '');
  if (id !== null) return { id, reference };
  throw new NdiError({
    code: 'session.invalid',
    message: `The session in ${folder} does not tell its id: ${found.length === 0 ? 'no' : String(found.length)} session documents and no unique_reference.txt.`,
    recovery: 'Open it once with the program that wrote it, or open it as a dataset.',
    details: { path: folder },
  });
}

/** Oldest first. Opening reads these only: a session of 100,000 documents opens as fast as a small one. */
function sessionDocuments(database: DocumentDatabase): NdiDocument[] {
  const quick = database.quickFind('session');
  const found = quick.length > 0 ? [...quick] : database.ofClass('session');
  return found.sort((a, b) => (documentDatestamp(a) < documentDatestamp(b) ? -1 : 1));
}
