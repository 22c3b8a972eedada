import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { documentClass, type NdiDocument } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { makeId } from '../../shared/model/ids.ts';
import { useDurableWrites } from './database/connection.ts';
import { databaseFile, DocumentDatabase } from './database/database.ts';
import { createDatabase } from './database/create-database.ts';
import { newDocument } from './documents/build.ts';
import { toFileError } from '../files/file-faults.ts';
import { flushFolder, writeWhole } from '../files/whole-files.ts';
import { holdsNdi, idFile, ndiFolder, ndiFolderName, referenceFile, requireFolder, typeFile } from './folder.ts';
import { openSession, type Session } from './session.ts';

export interface NewSession {
  /** An existing folder that holds no session yet. */
  readonly path: string;
  readonly reference: string;
  /** A dataset is a session of its own that can hold others; default `session`. */
  readonly kind?: 'session' | 'dataset';
  /** The id of a session that is copied from elsewhere; default a new one. */
  readonly id?: string;
  /** Documents to store together with the session document (their session id may be empty). */
  readonly documents?: readonly NdiDocument[];
  /** Stores them whatever rules they break: copies of what others wrote. */
  readonly unchecked?: boolean;
}

/**
 * Makes a session in a folder: `.ndi` with the database (one `session` document), `reference.txt`,
 * `unique_reference.txt` and `ndi_object_type.txt`. Everything is made in a folder beside and renamed into place, so a
 * power cut leaves the folder as it was, or with a whole session.
 * @returns the session, open for writing
 * @throws NdiError session.exists, usage.invalid, path.*, document.invalid
 */
export function createSession(request: NewSession): Session {
  const folder = requireFolder(request.path);
  const reference = request.reference.trim();
  if (reference === '') {
    throw new NdiError({
      code: 'usage.invalid',
      message: 'A session needs a reference, the name by which you know it.',
      recovery: 'Give a reference, for example the name of the experiment.',
    });
  }
  const { id = makeId(), kind = 'session', documents = [], unchecked = false } = request;
  const brought = documents.some((document) => documentClass(document) === 'session');
  const own = brought ? [] : [newDocument('session', { 'session.reference': reference })];
  createFilled(folder, { reference, id, type: kind }, (database) => {
    const all = [...own, ...documents].map((document) => ({ ...document, base: withSession(document, id) }));
    database.add(all, unchecked);
  });
  return openSession(folder, { writable: true });
}

/**
 * Makes `.ndi` in a folder that has none, whole or not at all, with what `fill` puts into its empty database.
 * @throws NdiError session.exists, path.*, and what `fill` throws
 */
export function createFilled(
  folder: string,
  marks: { readonly reference: string; readonly id: string; readonly type: 'session' | 'dataset' },
  fill: (database: DocumentDatabase) => void,
): void {
  refuseExisting(folder);
  const temporary = makeTemporary(folder);
  try {
    fillFolder(temporary, marks, fill);
    moveIntoPlace(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw toFileError(error, folder);
  }
}

const TEMPORARY_PREFIX = `${ndiFolderName}-new-`;

function makeTemporary(folder: string): string {
  const temporary = join(folder, `${TEMPORARY_PREFIX}${makeId()}`);
  try {
    removeLeftovers(folder);
    // Not mkdtemp: that shuts out the others of a lab who share the folder.
    mkdirSync(temporary);
    return temporary;
  } catch (error) {
    throw toFileError(error, folder);
  }
}

function fillFolder(
  temporary: string,
  marks: Parameters<typeof createFilled>[1],
  fill: (database: DocumentDatabase) => void,
): void {
  const database = new DatabaseSync(join(temporary, databaseFile));
  try {
    useDurableWrites(database);
    createDatabase(database);
  } finally {
    database.close();
  }
  mkdirSync(join(temporary, 'files'));
  const store = new DocumentDatabase(temporary, 'write');
  try {
    fill(store);
  } finally {
    store.close();
  }
  writeWhole(join(temporary, referenceFile), marks.reference);
  writeWhole(join(temporary, idFile), marks.id);
  writeWhole(join(temporary, typeFile), marks.type);
}

function withSession(document: NdiDocument, id: string): NdiDocument[string] {
  const base = document['base'];
  return base !== null && typeof base === 'object' && !Array.isArray(base)
    ? { ...base, session_id: id }
    : { session_id: id };
}

function refuseExisting(folder: string): void {
  if (holdsNdi(folder)) {
    throw new NdiError({
      code: 'session.exists',
      message: `${folder} already holds a session.`,
      recovery: 'Open it, or choose another folder. Nothing was changed.',
      details: { path: folder },
    });
  }
}

/** An empty `.ndi` may stand in the way; one with anything in it is not ours to remove. */
function moveIntoPlace(temporary: string, folder: string): void {
  const target = ndiFolder(folder);
  try {
    rmdirSync(target);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    // Somebody else may have made a session in the meantime.
    refuseExisting(folder);
    if (error.code === 'ENOTEMPTY' || error.code === 'ENOTDIR' || error.code === 'EEXIST') throw occupied(target);
    if (error.code !== 'ENOENT') throw error;
  }
  renameSync(temporary, target);
  flushFolder(folder);
}

function occupied(target: string): NdiError {
  return new NdiError({
    code: 'session.invalid',
    message: `${target} exists but holds no session.`,
    recovery: 'Look at what is in it and move it away, then try again. Nothing was changed.',
    details: { path: target },
  });
}

/** Older than any creation that still runs. */
const STALE_MS = 10 * 60_000;

/** Removes what an interrupted creation left behind. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!name.startsWith(TEMPORARY_PREFIX)) continue;
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > STALE_MS) rmSync(path, { recursive: true, force: true });
  }
}
