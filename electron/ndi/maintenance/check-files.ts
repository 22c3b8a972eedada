import { closeSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { FileLocation } from '../../../shared/model/document-files.ts';
import { branch } from '../database/schema.ts';
import { refersTo } from '../database/dropped-files.ts';
import { FileStore } from '../database/file-store.ts';
import { DocumentRows } from '../database/rows.ts';
import { clearLeftovers, hasLeftovers } from '../database/work-folder.ts';
import { ndiFolderName } from '../folder.ts';
import type { CheckedDocument } from './check-documents.ts';
import { filesFolder, storedNames } from './copy-folder.ts';
import { type CheckContext, hasTable, SETTLED_MS } from './findings.ts';

/** The file store against the documents: what is missing, broken, left over, or not entered in the table of files. */
export async function checkFiles(
  context: CheckContext,
  documents: readonly CheckedDocument[],
  wanted: ReadonlySet<string>,
): Promise<void> {
  const store = new FileStore(context.ndi);
  for (const [at, document] of documents.entries()) {
    if (at % 500 === 0) await context.pause(at / documents.length);
    if (document.files.length > 0) checkFilesOf(context, store, document);
  }
  checkLeftovers(context, documents, wanted);
  checkUnfinished(context);
  checkTable(context, documents);
}

function checkFilesOf({ add }: CheckContext, store: FileStore, { id, files }: CheckedDocument): void {
  const info = files.map(({ name, locations }) => ({ name, locations: locations.map((one) => ({ ...one })) }));
  const found = store.files({ base: { id }, files: { file_info: info } });
  for (const { name, locations } of files) {
    const here = found.find((one) => one.name === name && one.path !== null);
    const elsewhere = locations.some((one) => one.location_type !== 'file');
    if (here?.path === undefined || here.path === null) {
      if (elsewhere) continue;
      const place = locations[0]?.location ?? '';
      const message = `The file "${name}" of document ${id} is not here${place === '' ? '' : ` (it was at ${place})`}.`;
      add({ code: 'file.missing', grade: 'shouldFix', message, id, fix: null });
      continue;
    }
    const fault = contentFault(name, here.path, here.sizeBytes ?? 0);
    if (fault === null) continue;
    add({
      code: 'file.broken',
      grade: 'shouldFix',
      message: `The file "${name}" of document ${id} ${fault}.`,
      id,
      fix: null,
    });
  }
}

/** What the first bytes tell of files whose kind is known by name (ndi-core reference, 10.4 and 10.6). */
function contentFault(name: string, path: string, sizeBytes: number): string | null {
  if (sizeBytes === 0) return 'is empty';
  if (/\.vhsb$/i.test(name) && !beginsWith(path, 'This is a VHSB file')) return 'is no VHSB file';
  if (/\.nbf(_\d+)?$/i.test(name) && !beginsWith(path, '\x1f\x8b')) return 'is no compressed file of ingested samples';
  return null;
}

function beginsWith(path: string, text: string): boolean {
  const start = Buffer.alloc(text.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, start, 0, start.length, 0);
  } finally {
    closeSync(file);
  }
  return start.toString('latin1') === text;
}

function checkLeftovers(
  { database, ndi, add }: CheckContext,
  documents: readonly CheckedDocument[],
  wanted: ReadonlySet<string>,
): void {
  const folder = join(ndi, filesFolder);
  const named = new Set(
    documents.flatMap(({ id, files }) =>
      files.flatMap(({ name, locations }) => [`${id}_${name}`, ...locations.map((one) => one.uid)]),
    ),
  );
  const removed = filesOfRemoved(database);
  for (const name of storedNames(folder).filter((one) => !named.has(one))) {
    const path = join(folder, name);
    const owner = removed.get(name);
    if (owner !== undefined && wanted.has(owner)) continue;
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined) continue;
    const message = `The stored file ${name} (${size} bytes) belongs to no document`;
    if (!isSettled(path)) {
      // Whoever stores a file enters it a moment later.
      const yet = `${message} yet; it was written in the last ten minutes.`;
      if (owner === undefined) add({ code: 'file.leftover', grade: 'note', message: yet, id: name, fix: null });
      continue;
    }
    add({
      code: 'file.leftover',
      grade: owner !== undefined ? 'note' : 'shouldFix',
      message: `${message}.`,
      id: name,
      fix: 'It is removed.',
      afterwards: () => rmSync(path, { force: true }),
    });
  }
}

/** Documents that were removed, by their files: NDI-matlab leaves both behind. */
function filesOfRemoved(database: DatabaseSync): Map<string, string> {
  if (!hasTable(database, 'files')) return new Map();
  const rows = database
    .prepare(
      `SELECT f.uid, d.doc_id FROM files f JOIN docs d ON d.doc_idx = f.doc_idx
       WHERE f.doc_idx NOT IN (SELECT doc_idx FROM branch_docs)`,
    )
    .all();
  return new Map(rows.map((row) => [String(row['uid']), String(row['doc_id'])]));
}

/** What writes that were cut off have left: files of ours in the store, half-made folders beside `.ndi`. */
function checkUnfinished({ folder, ndi, add }: CheckContext): void {
  if (hasLeftovers(ndi)) {
    add({
      code: 'file.unfinished',
      grade: 'note',
      message: 'A program that was stopped has left its work folder in .ndi.',
      id: '',
      fix: 'What it had not finished is cleared away.',
      inDatabase: (writable) => {
        const rows = new DocumentRows(writable);
        clearLeftovers(ndi, (file) => refersTo(rows, file));
      },
    });
  }
  const store = listed(join(ndi, filesFolder)).filter((path) => /^\..*\.tmp$/.test(basename(path)));
  const beside = listed(folder).filter((path) =>
    new RegExp(`^\\${ndiFolderName}-new-[0-9a-f_]+$`).test(basename(path)),
  );
  const texts = listed(ndi).filter((path) => /^\..*\.tmp$|sqlite\.[0-9a-f_]+\.tmp$/.test(basename(path)));
  for (const path of [...store, ...beside, ...texts].filter(isSettled)) {
    add({
      code: 'file.unfinished',
      grade: 'note',
      message: `${path} is what a write that was cut off has left.`,
      id: basename(path),
      fix: 'It is removed.',
      afterwards: () => rmSync(path, { recursive: true, force: true }),
    });
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function isSettled(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > SETTLED_MS;
}

interface Entered {
  readonly docIdx: number;
  readonly name: string;
  readonly location: FileLocation;
}

/** MATLAB opens files by the rows of the table `files`; the Python port enters none. */
function checkTable({ database, ndi, add }: CheckContext, documents: readonly CheckedDocument[]): void {
  const rows = hasTable(database, 'files')
    ? database
        .prepare(
          `SELECT f.doc_idx, f.filename, f.uid FROM files f JOIN branch_docs b ON b.doc_idx = f.doc_idx
           WHERE b.branch_id = ?`,
        )
        .all(branch)
    : [];
  const key = (docIdx: unknown, name: unknown, uid: unknown) => [docIdx, name, uid].map(String).join('\n');
  const there = new Set(rows.map((row) => key(row['doc_idx'], row['filename'], row['uid'])));
  const owners = new Map(documents.map((document) => [document.docIdx, document.id]));
  const wanted = new Map<string, Entered>();
  for (const { docIdx, files } of documents) {
    for (const { name, locations } of files) {
      for (const location of locations) wanted.set(key(docIdx, name, location.uid), { docIdx, name, location });
    }
  }
  for (const [entry, { docIdx, name, location }] of wanted) {
    if (there.has(entry)) continue;
    const id = owners.get(docIdx) ?? '';
    add({
      code: 'fileTable.missing',
      grade: 'shouldFix',
      message: `The file "${name}" of document ${id} is not entered in the table of files: MATLAB does not find it.`,
      id,
      fix: 'It is entered.',
      inDatabase: (writable) => {
        const path = location.location_type === 'file' ? join(ndi, filesFolder, location.uid) : '';
        const parameters = location.parameters === '' ? null : location.parameters;
        writable
          .prepare(
            `INSERT OR IGNORE INTO files (doc_idx, filename, uid, orig_location, cached_location, type, parameters)
             VALUES (?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(docIdx, name, location.uid, location.location, path, location.location_type, parameters);
      },
    });
  }
  for (const row of rows) {
    const [docIdx, name, uid] = [Number(row['doc_idx']), String(row['filename']), String(row['uid'])];
    const owner = owners.get(docIdx);
    // A document that cannot be read may well have this file.
    if (owner === undefined || wanted.has(key(docIdx, name, uid))) continue;
    add({
      code: 'fileTable.extra',
      grade: 'shouldFix',
      message: `The table of files names a file "${name}" of document ${owner} that the document does not have.`,
      id: owner,
      fix: 'The row is removed.',
      inDatabase: (writable) =>
        void writable
          .prepare('DELETE FROM files WHERE doc_idx = ? AND filename = ? AND uid = ?')
          .run(docIdx, name, uid),
    });
  }
}
