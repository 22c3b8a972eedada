import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileEntries } from '../../../../shared/model/document-files.ts';
import {
  documentDatestamp,
  documentId,
  documentSessionId,
  type NdiDocument,
  textOf,
  valueAt,
} from '../../../../shared/model/documents.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { DocumentDatabase } from '../../database/database.ts';
import type { DocumentEntry } from '../../database/document-index.ts';
import type { DocumentFile } from '../../database/file-store.ts';
import { whenFree } from '../../database/when-free.ts';
import { epochsNotIngested } from '../../epochs/is-ingested.ts';
import { ndiFolder, requireFolder } from '../../folder.ts';
import { openItem } from '../../open-item.ts';
import { measureContent } from '../sync/canonical.ts';
import { linkClass, type LocalDocument, type LocalFile, type LocalInventory } from '../sync/inventory.ts';

/** The document that links a dataset to the cloud. */
export interface Link {
  readonly documentId: string;
  readonly cloudId: string;
  readonly organizationId: string;
  readonly datestamp: string;
}

/** All documents of a database of this size are read in a moment. */
const SMALL_BYTES = 10 * 1024 * 1024;
/** Documents read between two chances for others to run. */
const TURN = 200;

/** A folder on this computer as the cloud sees it: a dataset, or a session that stands for one. */
export class LocalCopy {
  /** Absolute path. */
  readonly path: string;
  readonly kind: 'session' | 'dataset';
  readonly id: string;
  readonly reference: string;
  readonly #sessions: readonly { id: string; reference: string; linked: boolean }[];
  #database: DocumentDatabase;

  /** @throws NdiError session.notFound where the folder holds neither, path.*, database.* */
  constructor(path: string) {
    this.path = requireFolder(path);
    const item = openItem(this.path);
    if (item.kind === 'none') throw noSession(this.path);
    const held = item.kind === 'dataset' ? item.dataset : item.session;
    try {
      this.kind = item.kind;
      this.id = held.id;
      this.reference = held.reference;
      this.#sessions = item.kind === 'dataset' ? item.dataset.sessions() : [];
    } finally {
      held.close();
    }
    this.#database = new DocumentDatabase(ndiFolder(this.path), 'read');
  }

  /**
   * Refuses to send while epochs have files that are not in the database yet, or sessions lie in other folders.
   * @throws NdiError session.notIngested, path.*, database.*
   */
  requireIngested(): void {
    const item = openItem(this.path);
    if (item.kind === 'none') return;
    const held = item.kind === 'dataset' ? item.dataset : item.session;
    try {
      const inside = this.#sessions.filter((session) => !session.linked);
      const sessions = item.kind === 'dataset' ? inside.map(({ id }) => item.dataset.session(id)) : [item.session];
      const open = sessions.filter((session) => epochsNotIngested(session).length > 0);
      const names = [
        ...open.map(({ reference }) => reference),
        ...this.#sessions.filter((session) => session.linked).map(({ reference }) => `${reference} (linked)`),
      ];
      if (names.length > 0) throw notIngestedError(names);
    } finally {
      held.close();
    }
  }

  /** The links, oldest first; more than one is a fault that a person must settle. */
  links(): Link[] {
    return linksOf(this.#database.find({ class: linkClass }).map((entry) => this.#database.read(entry)));
  }

  /**
   * The links as far as they are found without reading all documents, which takes long in large databases: for a glance.
   * A large database by a writer that fills no rows of values seems to have none.
   */
  quickLinks(): Link[] {
    const found = this.#database.quickFind(linkClass);
    if (found.length > 0) return linksOf(found);
    return statSync(this.#database.path).size <= SMALL_BYTES ? this.links() : [];
  }

  /** When documents were last written here, by whichever program; in milliseconds. */
  get writtenAtMs(): number {
    return Math.floor(statSync(this.#database.path).mtimeMs);
  }

  /**
   * Every document with its hashes and files. Yields to others while it works.
   * @param before an earlier inventory that is still held: what has not changed is shared with it
   */
  async inventory(signal?: AbortSignal, before?: LocalInventory): Promise<LocalInventory> {
    const { entries, unreadable } = await whenFree(() => this.#database.index(), { signal });
    // They are as large as the inventory, and nothing asks for them while it is held.
    this.#database.forgetIndex();
    const documents = new Map<string, LocalDocument>();
    const own = new Set<string>();
    const take = (entry: DocumentEntry) => {
      const document = this.#database.read(entry);
      const { hash, bytes } = measureContent(document);
      const known = before?.documents.get(entry.id);
      const isKnown = known?.hash.document === hash.document && known.files.length === 0 && hash.files === '';
      documents.set(entry.id, isKnown ? known : this.#described(entry, document, { hash, bytes }));
      if (entry.class === 'session' && documentSessionId(document) === this.id) own.add(entry.id);
    };
    for (let at = 0; at < entries.length; at += TURN) {
      await whenFree(() => entries.slice(at, at + TURN).forEach(take), { signal });
      await nextTurn();
      signal?.throwIfAborted();
    }
    return { documents, unreadable: new Set(unreadable.map(({ id }) => id)), ownSessionDocuments: own };
  }

  #described(
    entry: DocumentEntry,
    document: NdiDocument,
    content: Pick<LocalDocument, 'hash' | 'bytes'>,
  ): LocalDocument {
    return {
      id: entry.id,
      className: entry.class,
      name: entry.name,
      ...content,
      dependsOn: entry.dependencies.map(({ value }) => value).filter((value) => value !== ''),
      files: this.#filesOf(document),
    };
  }

  #filesOf(document: NdiDocument): readonly LocalFile[] {
    if (fileEntries(document).length === 0) return noFiles;
    return this.#database.files(document).map(({ name, uid, sizeBytes, locationType }) => ({
      name,
      uid,
      bytes: sizeBytes,
      place: locationType === 'ndicloud' ? 'cloud' : locationType === 'url' ? 'web' : 'file',
    }));
  }

  /** Every file that a document names, with that document. */
  *fileUids(): Generator<{ id: string; uid: string }> {
    for (const entry of this.#database.index().entries) {
      for (const { locations } of fileEntries(this.#database.read(entry))) {
        for (const { uid } of locations) yield { id: entry.id, uid };
      }
    }
  }

  ids(): string[] {
    return this.#database.index().entries.map(({ id }) => id);
  }

  /** As {@link document}: asked while documents are written, when an index of all would be made again and again. */
  has(id: string): boolean {
    return this.#database.holds(id);
  }

  /** @throws NdiError document.notFound */
  document(id: string): NdiDocument {
    return this.#database.stored(id) ?? this.#database.read(this.#database.entry(id));
  }

  /** What a removal in NDI-matlab left of a document: storing the document anew is the end of it. */
  leftBehind(id: string): NdiDocument | null {
    return this.#database.leftBehind(id);
  }

  /** A file of a document by its uid; its path is null where the bytes are not here. */
  file(documentId: string, uid: string): DocumentFile | null {
    return this.#database.files(this.document(documentId)).find((file) => file.uid === uid) ?? null;
  }

  /** Adds a document of ours, checked. */
  add(document: NdiDocument): void {
    this.#write((database) => database.add([document]));
  }

  /** Stores documents as the cloud has them, all or none; those that are there get the new content. */
  takeOver(documents: readonly NdiDocument[]): void {
    const known = documents.filter((one) => this.has(documentId(one)));
    const replaced = new Set(known.map(documentId));
    this.#write((database) =>
      database.apply({
        unchecked: true,
        add: documents.filter((one) => !replaced.has(documentId(one))),
        replace: known.map((document) => ({ id: documentId(document), edit: () => document })),
      }),
    );
  }

  /** Removes exactly these documents. */
  remove(ids: readonly string[]): void {
    this.#write((database) => database.remove(ids));
  }

  close(): void {
    this.#database.close();
  }

  /** Open for writing only while something is written: others may read and write in between. */
  #write(action: (database: DocumentDatabase) => void): void {
    const database = new DocumentDatabase(ndiFolder(this.path), 'write');
    try {
      action(database);
    } finally {
      database.close();
    }
  }
}

function linksOf(documents: readonly NdiDocument[]): Link[] {
  const found = documents.map((document) => ({
    documentId: documentId(document),
    cloudId: textOf(valueAt(document, `${linkClass}.dataset_id`)),
    organizationId: textOf(valueAt(document, `${linkClass}.organization_id`)),
    datestamp: documentDatestamp(document),
  }));
  return found.sort((a, b) => (a.datestamp < b.datestamp ? -1 : 1));
}

const noFiles: readonly LocalFile[] = [];

function noSession(path: string): NdiError {
  return new NdiError({
    code: 'session.notFound',
    message: `${path} holds no NDI session or dataset.`,
    recovery: 'Choose the folder that holds its .ndi folder.',
    details: { path },
  });
}

function notIngestedError(names: readonly string[]): NdiError {
  return new NdiError({
    code: 'session.notIngested',
    message: `Not everything can be sent yet: the recordings of ${names.join(', ')} lie outside of the dataset.`,
    recovery: 'Ingest these sessions, and take linked ones into the dataset.',
    details: { sessions: names },
  });
}
