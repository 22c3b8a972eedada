import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { NdiDocument } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { makeId } from '../../shared/model/ids.ts';
import { useDurableWrites } from './database/connection.ts';
import { databaseFile, DocumentDatabase } from './database/database.ts';
import { createDatabase } from './database/write.ts';
import { newDocument } from './documents/build.ts';
import { toFileError } from '../files/file-faults.ts';
import { flushFolder, writeWhole } from '../files/whole-files.ts';
import { holdsNdi, idFile, ndiFolder, ndiFolderName, referenceFile, requireFolder, typeFile } from './folder.ts';
import { openSession, type Session } from './session.ts';

export interface NewSession {
  /** An existing folder that holds no session yet. */
  readonly path: string;
  readonly reference: string;
  /** Documents to store together with the session document (their session id may be empty). */
  readonly documents?: readonly NdiDocument[];
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
  refuseExisting(folder);
  const id = makeId();
  const temporary = makeTemporary(folder);
  try {
    fillFolder(temporary, id, reference, request.documents ?? []);
    moveIntoPlace(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw toFileError(error, folder);
  }
  return openSession(folder, { writable: true });
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

function fillFolder(temporary: string, id: string, reference: string, documents: readonly NdiDocument[]): void {
  const database = new DatabaseSync(join(temporary, databaseFile));
  try {
    useDurableWrites(database);
    createDatabase(database);
  } finally {
    database.close();
  }
  mkdirSync(join(temporary, 'files'));
  const own = newDocument('session', { 'session.reference': reference });
  const store = new DocumentDatabase(temporary, 'write');
  try {
    store.add([own, ...documents].map((document) => ({ ...document, base: withSession(document, id) })));
  } finally {
    store.close();
  }
  writeWhole(join(temporary, referenceFile), reference);
  writeWhole(join(temporary, idFile), id);
  writeWhole(join(temporary, typeFile), 'session');
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
