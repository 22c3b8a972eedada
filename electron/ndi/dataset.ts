import { existsSync } from 'node:fs';
import type { JsonObject } from '../../shared/model/document-json.ts';
import { documentSessionId, type NdiDocument, textOf, valueAt } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import type { DocumentChange } from './database/change.ts';
import { DocumentDatabase } from './database/database.ts';
import { DocumentHolder, type Share } from './document-holder.ts';
import { ndiFolder, readMarks, requireFolder, writeMarks } from './folder.ts';
import { isLinked, LEGACY, MEMBER, type MemberRecord, memberRecords, quickMemberRecords } from './member-records.ts';
import { type OpenOptions, openSession, Session } from './session.ts';

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
export class Dataset extends DocumentHolder {
  readonly id: string;
  readonly reference: string;
  protected readonly share: Share;
  readonly #linked = new Map<string, Session>();

  constructor(database: DocumentDatabase, path: string) {
    super(database, path);
    this.id = datasetId(database, path);
    this.reference = datasetReference(database, this.id, path);
    this.share = {
      only: null,
      home: this.id,
      holds: (sessionId) => sessionId === this.id || this.#holds(sessionId),
      refusal: (document) => notHeld(this, documentSessionId(document)),
    };
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
    return memberRecords(this.database);
  }

  #member(fields: JsonObject): DatasetMember {
    const id = textOf(fields['session_id']);
    const linked = isLinked(fields);
    return {
      id,
      reference: textOf(fields['session_reference']),
      linked,
      path: linked ? textOf(fields['session_creator_input2']) : this.path,
      documents: linked ? 0 : this.database.count({ sessionId: id }),
    };
  }

  /**
   * Opens a member. One that the dataset holds shares the dataset's database; a linked one is opened read-only in its
   * own folder and closed with the dataset.
   * @throws NdiError session.notFound, path.*, database.*
   */
  session(id: string): Session {
    const member = this.#memberOf(id);
    if (!member.linked) return new Session(this.database, { id, reference: member.reference, path: this.path });
    const open = this.#linked.get(id);
    if (open !== undefined) return open;
    const session = openSession(this.folderOf(id));
    this.#linked.set(id, session);
    return session;
  }

  /**
   * The folder whose database holds the documents of a member: this one, or that of a linked session.
   * @throws NdiError session.notFound, path.missing
   */
  folderOf(id: string): string {
    const member = this.#memberOf(id);
    if (member.linked && !existsSync(member.path)) throw linkBroken(member);
    return member.path;
  }

  #memberOf(id: string): DatasetMember {
    const member = this.sessions().find((one) => one.id === id);
    if (member === undefined) throw noMember(this.path, id);
    return member;
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
    this.database.apply(change);
  }

  /** Removes exactly these documents, whatever depends on them, and adds others, in one action. */
  discardDocuments(ids: readonly string[], add: readonly NdiDocument[] = []): void {
    this.database.apply({ remove: ids, add: this.own(add) });
  }

  /** Asked with every change: reading all documents for it would take longer than the change. */
  #holds(sessionId: string): boolean {
    const isHeld = ({ fields }: MemberRecord) => !isLinked(fields) && fields['session_id'] === sessionId;
    return quickMemberRecords(this.database).some(isHeld) || this.records().some(isHeld);
  }

  override close(): void {
    for (const session of this.#linked.values()) session.close();
    this.#linked.clear();
    super.close();
  }
}

/** Session id of the dataset's own documents; `unique_reference.txt` may name a member (a known fault of NDI-matlab). */
function datasetId(database: DocumentDatabase, path: string): string {
  const quick = [LEGACY, MEMBER].flatMap((name) => database.quickFind(name));
  const record = quick[0] ?? database.ofClass(LEGACY)[0] ?? database.ofClass(MEMBER)[0];
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
  const isOwn = (document: NdiDocument) => documentSessionId(document) === id;
  const own = database.quickFind('session').find(isOwn) ?? database.ofClass('session').find(isOwn);
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
