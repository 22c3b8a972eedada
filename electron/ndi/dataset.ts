import { existsSync } from 'node:fs';
import type { Problem } from '../../shared/contract/common.ts';
import type { JsonObject } from '../../shared/model/document-json.ts';
import {
  documentId,
  documentSessionId,
  type NdiDocument,
  textOf,
  valueAt,
  withValues,
} from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { emptySessionId } from '../../shared/model/ids.ts';
import type { DocumentChange, TouchedDocument } from './database/change.ts';
import { DocumentDatabase } from './database/database.ts';
import type { DocumentEntry } from './database/document-index.ts';
import type { DocumentFile } from './database/file-store.ts';
import type { DocumentPage, PageRequest } from './database/page.ts';
import type { QuickAnswers } from './database/quick-answers.ts';
import type { DocumentFilter } from './database/select.ts';
import { ndiFolder, readMarks, requireFolder, writeMarks } from './folder.ts';
import { isLinked, LEGACY, MEMBER, type MemberRecord, memberRecords } from './member-records.ts';
import { type OpenOptions, openSession, Session, unreadableDocuments } from './session.ts';

/** A session that a dataset holds (its documents lie in the dataset's database) or links to (another folder). */
export interface DatasetMember {
  readonly id: string;
  readonly reference: string;
  readonly linked: boolean;
  /** Folder of the session: the dataset's own for a session that it holds. */
  readonly path: string;
  /** Documents of the session; 0 for a linked one, whose folder is not opened for the list. */
  readonly documents: number;
}

/**
 * A dataset: a folder whose database holds the documents of several sessions and of the dataset itself.
 *
 * ```ts
 * const dataset = openDataset('/data/published');      // read-only, also the legacy form; nothing is migrated
 * dataset.sessions();                                  // members
 * const one = dataset.session(dataset.sessions()[0].id);
 * dataset.documents({ isa: 'element' });               // over all sessions that it holds
 * ```
 */
export class Dataset {
  readonly id: string;
  readonly reference: string;
  readonly path: string;
  readonly #database: DocumentDatabase;
  readonly #linked = new Map<string, Session>();

  constructor(database: DocumentDatabase, path: string) {
    this.#database = database;
    this.path = path;
    this.id = datasetId(database, path);
    this.reference = datasetReference(database, this.id, path);
  }

  get writable(): boolean {
    return this.#database.writable;
  }

  /**
   * Members in the order of their records; each session id once. Of two records the one of a session that is held
   * counts: a conversion that was interrupted has copied its documents already.
   */
  sessions(): DatasetMember[] {
    const members = this.records().map(({ fields }) => this.#member(fields));
    const held = new Set(members.filter((member) => !member.linked).map((member) => member.id));
    const valid = members.filter((member) => !member.linked || !held.has(member.id));
    return valid.filter((member, at) => valid.findIndex((other) => other.id === member.id) === at);
  }

  /** The records of membership as they are stored, also doubled ones. */
  records(): MemberRecord[] {
    return memberRecords(this.#database);
  }

  #member(fields: JsonObject): DatasetMember {
    const id = textOf(fields['session_id']);
    const linked = isLinked(fields);
    return {
      id,
      reference: textOf(fields['session_reference']),
      linked,
      path: linked ? textOf(fields['session_creator_input2']) : this.path,
      documents: linked ? 0 : this.#database.count({ sessionId: id }),
    };
  }

  /**
   * Opens a member. One that the dataset holds shares the dataset's database; a linked one is opened read-only in its
   * own folder and closed with the dataset.
   * @throws NdiError session.notFound, path.*, database.*
   */
  session(id: string): Session {
    const member = this.sessions().find((one) => one.id === id);
    if (member === undefined) throw noMember(this.path, id);
    if (!member.linked) return new Session(this.#database, { id, reference: member.reference, path: this.path });
    const open = this.#linked.get(id);
    if (open !== undefined) return open;
    if (!existsSync(member.path)) throw linkBroken(member);
    const session = openSession(member.path);
    this.#linked.set(id, session);
    return session;
  }

  /** Entries of all documents in the dataset's own database: the dataset's and those of the sessions it holds. */
  documents(filter: DocumentFilter = {}): DocumentEntry[] {
    return this.#database.find(filter);
  }

  /** A stretch of the documents that fulfil a filter, in an order. */
  page(filter: DocumentFilter, request: PageRequest): DocumentPage {
    return this.#database.page(filter, request);
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

  classes(filter: DocumentFilter = {}): { class: string; count: number }[] {
    return this.#database.classes(filter);
  }

  /** The entry of one document, or undefined. */
  entry(id: string): DocumentEntry | undefined {
    return this.#database.findEntry(id);
  }

  /** @throws NdiError document.notFound */
  document(id: string): NdiDocument {
    return this.#database.read(this.#database.entry(id));
  }

  read(entry: Pick<DocumentEntry, 'docIdx'>): NdiDocument {
    return this.#database.read(entry);
  }

  dependents(id: string): DocumentEntry[] {
    return this.documents({ dependsOn: { name: '*', id } });
  }

  files(document: NdiDocument): DocumentFile[] {
    return this.#database.files(document);
  }

  /** @throws NdiError document.notFound, document.fileMissing */
  binaryFile(id: string, name: string): string {
    return this.#database.filePath(id, name);
  }

  /**
   * Adds the documents of a session that becomes a member, with its record, in one action (`dataset-members.ts`).
   * @param change may remove records that no longer hold
   */
  holdSession(
    id: string,
    change: Pick<DocumentChange, 'remove' | 'unchecked'> & { add: readonly NdiDocument[] },
  ): void {
    const foreign = change.add.find((one) => ![id, this.id].includes(documentSessionId(one)));
    if (foreign !== undefined) throw notHeld(this, documentSessionId(foreign));
    this.#database.apply(change);
  }

  /**
   * Adds documents, all or none, to the dataset itself or to the sessions that it holds; the empty session id becomes
   * the dataset's.
   * @throws NdiError document.invalid | duplicate | fileMissing, database.*, path.*
   */
  addDocuments(documents: readonly NdiDocument[]): NdiDocument[] {
    const owned = this.#own(documents, this.id);
    this.#database.add(owned);
    return owned;
  }

  /**
   * Removes documents, and with them, in their own session, all that depend on them.
   * @returns the ids that were removed, dependents first
   */
  removeDocuments(ids: readonly string[]): string[] {
    const order = this.removal(ids);
    this.#database.remove(order);
    return order;
  }

  /** Removes exactly these documents, whatever depends on them, and adds others, in one action. */
  discardDocuments(ids: readonly string[], add: readonly NdiDocument[] = []): void {
    this.#database.apply({ remove: ids, add: this.#own(add, this.id) });
  }

  /**
   * Adds, replaces and removes documents of the dataset and of the sessions that it holds, as one transaction that
   * `takeBack` can undo. An empty session id becomes `sessionId`, or that of the dataset.
   * @throws NdiError document.*, edit.conflict, database.*, path.*
   */
  change(change: DocumentChange, sessionId: string = this.id): TouchedDocument[] {
    return this.#database.change({ ...change, add: this.#own(change.add ?? [], sessionId) });
  }

  #own(documents: readonly NdiDocument[], sessionId: string): NdiDocument[] {
    const held = this.sessions().filter((session) => !session.linked);
    const own = new Set([this.id, ...held.map((session) => session.id)]);
    return documents.map((document) => {
      const session = documentSessionId(document);
      if (own.has(session)) return document;
      if (session === emptySessionId || session === '') return withValues(document, { 'base.session_id': sessionId });
      throw notHeld(this, session);
    });
  }

  /** @throws NdiError edit.conflict, database.*, path.* */
  takeBack(touched: readonly TouchedDocument[]): TouchedDocument[] {
    return this.#database.takeBack(touched);
  }

  /** A document straight from the database, whatever the number of the others; null where it is not there. */
  stored(id: string): NdiDocument | null {
    return this.#database.stored(id);
  }

  /** Documents with all that depend on them within their sessions, dependents first: what removing them would remove. */
  removal(ids: readonly string[]): string[] {
    const known = [...new Set(ids)].map((id) => this.stored(id)).filter((one) => one !== null);
    const dependents = [...new Set(known.map(documentSessionId))].flatMap((session) => {
      const own = known.filter((document) => documentSessionId(document) === session);
      return this.#database.dependents(own.map(documentId), session);
    });
    return [...dependents, ...known.map(documentId)];
  }

  problems(): Problem[] {
    return unreadableDocuments(this.#database, this.path);
  }

  close(): void {
    for (const session of this.#linked.values()) session.close();
    this.#linked.clear();
    this.#database.close();
  }
}

/** Session id of the dataset's own documents; `unique_reference.txt` may name a member (a known fault of NDI-matlab). */
function datasetId(database: DocumentDatabase, path: string): string {
  const record = database.ofClass(LEGACY)[0] ?? database.ofClass(MEMBER)[0];
  const sessions = record === undefined ? database.ofClass('session') : [];
  const [told] = record === undefined && sessions.length === 1 ? sessions : [record];
  const id = told === undefined ? readMarks(path).id : documentSessionId(told);
  if (id !== null && id !== '') return id;
  throw new NdiError({
    code: 'session.invalid',
    message: `The dataset in ${path} does not tell its id.`,
    recovery: 'Open it once with the program that wrote it.',
    details: { path },
  });
}

function datasetReference(database: DocumentDatabase, id: string, path: string): string {
  const own = database.ofClass('session').find((document) => documentSessionId(document) === id);
  const stored = own === undefined ? '' : textOf(valueAt(own, 'session.reference'));
  return stored || (readMarks(path).reference ?? '');
}

function noMember(path: string, id: string): NdiError {
  return new NdiError({
    code: 'session.notFound',
    message: `The dataset in ${path} has no session ${id}.`,
    recovery: 'List its sessions to see which there are.',
    details: { path, id },
  });
}

function linkBroken(member: DatasetMember): NdiError {
  return new NdiError({
    code: 'path.missing',
    message: `The linked session "${member.reference}" is not at ${member.path} on this computer.`,
    recovery: 'Connect its disk, or open the session where it is now.',
    details: { path: member.path, id: member.id },
  });
}

function notHeld(dataset: Dataset, owner: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The documents belong to session ${owner}, which the dataset in ${dataset.path} does not hold.`,
    recovery: 'Add them to their own session. Nothing was written.',
    details: { field: 'base.session_id', value: owner },
  });
}

/**
 * Opens a dataset. Read-only unless told otherwise: then not a byte of the folder changes. Opened for writing, its
 * texts are put right: a session that NDI-matlab copied in may have left its own id and reference there.
 * @throws NdiError path.*, database.*, session.invalid
 */
export function openDataset(path: string, options: OpenOptions = {}): Dataset {
  const folder = requireFolder(path);
  const database = new DocumentDatabase(ndiFolder(folder), options.writable === true ? 'write' : 'read', options);
  try {
    const dataset = new Dataset(database, folder);
    if (dataset.writable) writeMarks(folder, { reference: dataset.reference, id: dataset.id, type: 'dataset' });
    return dataset;
  } catch (error) {
    database.close();
    throw error;
  }
}
