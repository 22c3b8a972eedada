import { existsSync } from 'node:fs';
import type { Problem } from '../../shared/contract/common.ts';
import { listOf, type NdiDocument, objectOf, textOf, valueAt } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { DocumentDatabase } from './database/database.ts';
import type { DocumentEntry } from './database/document-index.ts';
import type { DocumentFile } from './database/file-store.ts';
import type { DocumentFilter } from './database/select.ts';
import { ndiFolder, readMarks, requireFolder } from './folder.ts';
import { openSession, Session, unreadableDocuments } from './session.ts';

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

  /** Members in the order of their records; each session id once. */
  sessions(): DatasetMember[] {
    const members = memberRecords(this.#database).map((record) => this.#member(record));
    return members.filter((member, at) => members.findIndex((other) => other.id === member.id) === at);
  }

  #member(record: NdiDocument): DatasetMember {
    const id = textOf(record['session_id']);
    const linked = record['is_linked'] === 1 || record['is_linked'] === true;
    return {
      id,
      reference: textOf(record['session_reference']),
      linked,
      path: linked ? textOf(record['session_creator_input2']) : this.path,
      documents: linked ? 0 : this.#database.find({ sessionId: id }).length,
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

  classes(filter: DocumentFilter = {}): { class: string; count: number }[] {
    return this.#database.classes(filter);
  }

  /** The entry of one document, or undefined. */
  entry(id: string): DocumentEntry | undefined {
    return this.#database.index().byId.get(id);
  }

  /** @throws NdiError document.notFound */
  document(id: string): NdiDocument {
    return this.#database.read(this.#database.entry(id));
  }

  read(entry: DocumentEntry): NdiDocument {
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

  problems(): Problem[] {
    return unreadableDocuments(this.#database, this.path);
  }

  close(): void {
    for (const session of this.#linked.values()) session.close();
    this.#linked.clear();
    this.#database.close();
  }
}

const MEMBER = 'session_in_a_dataset';
/** The record of all members in one document, as datasets were written until 2025; read in place, not migrated. */
const LEGACY = 'dataset_session_info';

/** Whether a database is a dataset's. */
export function isDatasetDatabase(database: DocumentDatabase): boolean {
  return database.index().entries.some((entry) => entry.class === MEMBER || entry.class === LEGACY);
}

function memberRecords(database: DocumentDatabase): NdiDocument[] {
  const newer = database.find({ class: MEMBER }).map((entry) => objectOf(database.read(entry)[MEMBER]) ?? {});
  const older = database.find({ class: LEGACY }).flatMap((entry) => {
    return listOf(valueAt(database.read(entry), `${LEGACY}.${LEGACY}`)).map((one) => objectOf(one) ?? {});
  });
  return [...newer, ...older];
}

/** Session id of the dataset's own documents; `unique_reference.txt` may name a member (a known fault of NDI-matlab). */
function datasetId(database: DocumentDatabase, path: string): string {
  const record = database.find({ class: LEGACY })[0] ?? database.find({ class: MEMBER })[0];
  const sessions = database.find({ isa: 'session' });
  const id = record?.sessionId ?? (sessions.length === 1 ? sessions[0]?.sessionId : readMarks(path).id);
  if (id !== undefined && id !== null && id !== '') return id;
  throw new NdiError({
    code: 'session.invalid',
    message: `The dataset in ${path} does not tell its id.`,
    recovery: 'Open it once with the program that wrote it.',
    details: { path },
  });
}

function datasetReference(database: DocumentDatabase, id: string, path: string): string {
  const [own] = database.find({ isa: 'session', sessionId: id });
  const stored = own === undefined ? '' : textOf(valueAt(database.read(own), 'session.reference'));
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

/**
 * Opens a dataset. Read-only unless told otherwise: then not a byte of the folder changes.
 * @throws NdiError path.*, database.*, session.invalid
 */
export function openDataset(path: string, options: { writable?: boolean } = {}): Dataset {
  const folder = requireFolder(path);
  const database = new DocumentDatabase(ndiFolder(folder), options.writable === true ? 'write' : 'read');
  try {
    return new Dataset(database, folder);
  } catch (error) {
    database.close();
    throw error;
  }
}
