import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { fileEntries } from '../../../shared/model/document-files.ts';
import { documentId, type NdiDocument } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { checkDocuments } from '../documents/check.ts';
import { withIndexAfter } from './data-rows.ts';
import { readDocument } from './document-index.ts';
import type { FileStore } from './file-store.ts';
import { type DroppedFile, droppedFiles, dropFiles, type KeptFile, refersTo } from './dropped-files.ts';
import { type CapturedRows, digestOf, type DocumentRow, DocumentRows, type FileRow } from './rows.ts';
import { inTransaction } from './transaction.ts';
import { clearLeftovers, type NotedFile, type WorkFolder } from './work-folder.ts';

/** What one action does to the documents of a database. */
export interface DocumentChange {
  readonly add?: readonly NdiDocument[];
  /** Documents that get new content under their old id; `edit` is given the document as it is stored. */
  readonly replace?: readonly { readonly id: string; readonly edit: (stored: NdiDocument) => NdiDocument }[];
  /** Ids that are not there are passed over. */
  readonly remove?: readonly string[];
  /** Stores the documents of others as they come: which rules they break is for the validator to tell. */
  readonly unchecked?: boolean;
}

/** What an action did to one document: enough to take it back exactly. */
export interface TouchedDocument {
  readonly id: string;
  /** Its rows before; null where it was not there. */
  readonly before: CapturedRows | null;
  readonly kept: readonly KeptFile[];
  /** Digest of its JSON afterwards; null where it is no longer there. */
  readonly after: string | null;
  /** Files that were moved into the store: to be put back where they came from. */
  readonly moved: readonly { readonly name: string; readonly from: string }[];
}

/** What an action works on. */
export interface Workplace {
  readonly database: DatabaseSync;
  readonly store: FileStore;
  readonly work: WorkFolder;
  readonly ndiFolder: string;
}

interface Planned {
  readonly document: NdiDocument;
  /** JSON of the stored document that this one replaces. */
  readonly replaces: string | null;
  readonly files: FileRow[];
}

/**
 * Makes a change, all or nothing. Files are copied into the store first, then all rows are written in one transaction,
 * then files that nobody needs any more are dropped: whenever the process is killed, the rows are as before or after,
 * every file that they name is there, and what is left over is cleared away by the next writer.
 * @returns what is needed to undo it, if asked for
 * @throws NdiError document.*, edit.conflict, database.*, path.*
 */
export function makeChange(at: Workplace, change: DocumentChange, undoable: boolean): TouchedDocument[] {
  const planned = plan(at, change);
  at.work.open();
  const copied: NotedFile[] = [];
  const outcome: Outcome = { touched: [], dropped: [], undoable };
  try {
    for (const one of planned) ingest(at, one, copied);
    inTransaction(at.database, () => {
      const rows = new DocumentRows(at.database);
      clearLeftovers(at.ndiFolder, (file) => refersTo(rows, file));
      const found = findAll(rows, planned, change.remove ?? []);
      rows.locate([...found.values()]);
      withIndexAfter(at.database, planned.length, () => {
        for (const one of planned) write(rows, one, found, outcome);
      });
      for (const id of new Set(change.remove)) remove(rows, id, found, outcome);
      at.work.note(outcome.dropped);
    });
  } catch (error) {
    for (const { name } of copied) rmSync(at.store.pathOf(name), { force: true });
    at.work.settled();
    throw error;
  }
  dropFiles(at, outcome.dropped, undoable);
  removeOriginals(planned);
  at.work.settled();
  return outcome.touched;
}

/** Checks everything before anything is written. */
function plan(at: Workplace, change: DocumentChange): Planned[] {
  const rows = new DocumentRows(at.database);
  const replaced = (change.replace ?? []).map(({ id, edit }) => {
    const row = rows.find(id);
    if (row?.inBranch !== true) throw notFound(id);
    const before = readDocument(row.json);
    return { before, document: edit(before), replaces: row.json, files: [] };
  });
  const added = (change.add ?? []).map((document) => ({ document, replaces: null, files: [] }));
  if (change.unchecked === true) return [...replaced, ...added];
  const removed = new Set(change.remove);
  checkDocuments([...added, ...replaced], {
    exists: (id) => !removed.has(id) && rows.has(id),
    hasFile: (document, name, location) => at.store.holds(documentId(document), name, location),
  });
  return [...replaced, ...added];
}

function ingest(at: Workplace, one: Planned, copied: NotedFile[]): void {
  const { document } = one;
  for (const { name, locations } of fileEntries(document)) {
    for (const location of locations) {
      const belongs = location.ingest === 1 && location.location_type === 'file';
      const path = belongs ? at.store.pathOf(location.uid) : '';
      one.files.push({ name, location, path });
      if (!belongs || at.store.holds(documentId(document), name, location)) continue;
      const noted = { name: location.uid, document: documentId(document) };
      at.work.note([noted]);
      copied.push(noted);
      at.store.ingest(name, location);
    }
  }
}

interface Outcome {
  readonly touched: TouchedDocument[];
  readonly dropped: DroppedFile[];
  readonly undoable: boolean;
}

function findAll(
  rows: DocumentRows,
  planned: readonly Planned[],
  removed: readonly string[],
): Map<string, DocumentRow> {
  const ids = [...planned.map((one) => documentId(one.document)), ...removed];
  return new Map(
    ids.flatMap((id) => {
      const row = rows.find(id);
      return row === null ? [] : [[id, row] as const];
    }),
  );
}

function write(rows: DocumentRows, one: Planned, found: Map<string, DocumentRow>, outcome: Outcome): void {
  const id = documentId(one.document);
  const row = found.get(id);
  if (one.replaces === null && row?.inBranch === true) throw duplicate(id);
  if (one.replaces !== null && row?.json !== one.replaces) throw changedMeanwhile(id);
  const kept: KeptFile[] = [];
  const before = row === undefined || !outcome.undoable ? null : rows.capture(row.docIdx);
  if (row !== undefined) outcome.dropped.push(...droppedFiles(row, one.document, kept));
  let json: string;
  if (row !== undefined && one.replaces !== null) json = rows.replace(row.docIdx, one.document, one.files);
  else {
    // What a removal in MATLAB left behind gives way to the new document of that id.
    if (row !== undefined) rows.erase(row.docIdx);
    json = rows.insert(one.document, one.files);
  }
  if (!outcome.undoable) return;
  const moved = one.files
    .filter(({ location }) => isMoved(location))
    .map(({ location }) => ({ name: location.uid, from: location.location }));
  outcome.touched.push({ id, before, kept, after: digestOf(json), moved });
}

function remove(rows: DocumentRows, id: string, found: Map<string, DocumentRow>, outcome: Outcome): void {
  const row = found.get(id);
  if (row?.inBranch !== true) return;
  const kept: KeptFile[] = [];
  const before = outcome.undoable ? rows.capture(row.docIdx) : null;
  const gone = rows.remove(row.docIdx);
  if (gone) outcome.dropped.push(...droppedFiles(row, null, kept));
  if (outcome.undoable) outcome.touched.push({ id, before, kept, after: null, moved: [] });
}

function isMoved(location: FileRow['location']): boolean {
  return location.ingest === 1 && location.delete_original === 1 && location.location_type === 'file';
}

function removeOriginals(planned: readonly Planned[]): void {
  for (const { files } of planned) {
    for (const { location, path } of files) {
      if (isMoved(location) && path !== location.location) removeOriginal(location.location);
    }
  }
}

/** The documents are stored by now: an original that cannot be removed stays, as in NDI. */
function removeOriginal(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It lies in a folder that may not be written.
  }
}

function notFound(id: string): NdiError {
  return new NdiError({
    code: 'document.notFound',
    message: `There is no document with the id ${id}.`,
    recovery: 'List the documents to see which there are; it may have been removed.',
    details: { id },
  });
}

function duplicate(id: string): NdiError {
  return new NdiError({
    code: 'document.duplicate',
    message: `A document with the id ${id} is already in the database.`,
    recovery: 'Give the document a new id, or remove the old one first.',
    details: { id },
  });
}

function changedMeanwhile(id: string): NdiError {
  return new NdiError({
    code: 'edit.conflict',
    message: `The document ${id} was changed by another program at the same moment.`,
    recovery: 'Look at it again and repeat the change. Nothing was written.',
    details: { id },
  });
}
