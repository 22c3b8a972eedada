import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withoutFiles } from '../../shared/model/document-files.ts';
import { documentClass, documentId, type NdiDocument, withValues } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { makeId } from '../../shared/model/ids.ts';
import { toFileError } from '../files/file-faults.ts';
import { flushFolder } from '../files/whole-files.ts';
import { copiesFor, withNewIds } from './copy-documents.ts';
import { createSession } from './create-session.ts';
import type { DocumentFilter } from './database/select.ts';
import { DocumentGraph } from './document-graph.ts';
import { holdsNdi, ndiFolder, ndiFolderName, requireFolder } from './folder.ts';
import { copyNdiFolder, type CopyOptions } from './maintenance/copy-folder.ts';
import type { Session } from './session.ts';

/**
 * Copies a whole session or dataset to a folder that holds none: its documents, files and id. Raw recordings beside the
 * `.ndi` folder are not copied.
 * @throws NdiError session.exists, database.*, path.*, app.cancelled; then nothing is left of the copy
 */
export async function copyItem(path: string, to: string, options: CopyOptions = {}): Promise<void> {
  const [source, target] = [requireFolder(path), resolve(to)];
  try {
    const made = mkdirSync(target, { recursive: true });
    const temporary = join(target, `${ndiFolderName}-new-${makeId()}`);
    try {
      if (holdsNdi(target)) throw exists(target);
      await copyNdiFolder(ndiFolder(source), temporary, options);
      renameSync(temporary, ndiFolder(target));
      flushFolder(target);
    } catch (error) {
      rmSync(temporary, { recursive: true, force: true });
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
      throw error;
    }
  } catch (error) {
    throw toFileError(error, target);
  }
}

/** Documents of a session that are to be copied. */
export interface Selection {
  /** Left out: all documents. */
  readonly filter?: Omit<DocumentFilter, 'sessionId'>;
  /** Give the copies new ids; links among them follow. Without it they keep their ids, as NDI copies them. */
  readonly newIds?: boolean;
  /** Leaves the files behind: documents whose files are not on this machine can be copied so. */
  readonly withoutFiles?: boolean;
  /** Copies documents whatever rules of NDI they break: others may have written them unchecked. */
  readonly unchecked?: boolean;
}

/**
 * Makes a session in a folder from the documents of another: it keeps that one's id and reference. With the documents
 * chosen come all that they depend on.
 * @returns the copy, open for writing
 * @throws NdiError session.exists, document.*, path.*
 */
export function copyToNewSession(source: Session, path: string, selection: Selection = {}): Session {
  const chosen = choose(source, selection, () => false);
  const documents = prepared(source, chosen, source.id, selection);
  const { unchecked = false } = selection;
  return createSession({ path, reference: source.reference, id: source.id, documents, unchecked });
}

/**
 * Copies documents with their files into another session, all or none. What they depend on comes with them where the
 * other session does not have it; session documents stay behind, since each session has its own.
 * @returns the copies as they were stored
 * @throws NdiError document.duplicate when one of the chosen is there already and no new ids were asked for, document.*
 */
export function copyIntoSession(source: Session, target: Session, selection: Selection = {}): NdiDocument[] {
  const has = (id: string) => target.entry(id) !== undefined;
  const chosen = choose(source, selection, has).filter((document) => documentClass(document) !== 'session');
  const doubled = selection.newIds === true ? [] : chosen.filter((document) => has(documentId(document)));
  if (doubled.length > 0) throw thereAlready(doubled, target);
  return target.addDocuments(prepared(source, chosen, target.id, selection), selection.unchecked);
}

function choose(source: Session, { filter = {} }: Selection, has: (id: string) => boolean): NdiDocument[] {
  const wanted = source.documents(filter);
  const needed = new DocumentGraph(source.documents()).allAntecedents(wanted.map((entry) => entry.id));
  const all = new Set([...wanted, ...needed.filter((entry) => !has(entry.id))]);
  return [...all].map((entry) => source.read(entry));
}

function prepared(source: Session, documents: readonly NdiDocument[], sessionId: string, selection: Selection) {
  const copies =
    selection.withoutFiles === true
      ? documents.map((document) => withValues(withoutFiles(document), { 'base.session_id': sessionId }))
      : copiesFor(source, documents, sessionId);
  return selection.newIds === true ? withNewIds(copies) : copies;
}

function thereAlready(doubled: readonly NdiDocument[], target: Session): NdiError {
  return new NdiError({
    code: 'document.duplicate',
    message: `${doubled.length} of the documents are already in "${target.reference}", the first is ${documentId(doubled[0] ?? {})}.`,
    recovery: 'Copy them under new ids, or choose others. Nothing was written.',
    details: { ids: doubled.slice(0, 20).map(documentId) },
  });
}

function exists(folder: string): NdiError {
  return new NdiError({
    code: 'session.exists',
    message: `${folder} already holds a session.`,
    recovery: 'Choose another folder. Nothing was changed.',
    details: { path: folder },
  });
}
