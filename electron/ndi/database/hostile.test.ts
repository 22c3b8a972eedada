import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { documentId } from '../../../shared/model/documents.ts';
import { newDocument } from '../documents/build.ts';
import { createSession } from '../create-session.ts';
import { openItem } from '../open-item.ts';
import { openSession } from '../session.ts';
import { cleanUp, copyOf, fingerprint, temporaryFolder } from '../testing/folders.ts';

afterAll(cleanUp);

function session(): { path: string; database: string } {
  const path = temporaryFolder();
  createSession({ path, reference: 'r' }).close();
  return { path, database: join(path, '.ndi', 'did-sqlite.sqlite') };
}

const code = (wanted: string) => expect.objectContaining({ code: wanted }) as Error;

/** Opening must fail as stated and leave everything as it was. */
function expectRefused(path: string, wanted: string): void {
  const before = fingerprint(path);
  expect(() => openItem(path)).toThrow(code(wanted));
  expect(fingerprint(path)).toEqual(before);
}

describe('a database that cannot be used', () => {
  it('is told apart: missing, empty, foreign, no SQLite, cut', () => {
    const one = session();
    const content = readFileSync(one.database);
    rmSync(one.database);
    expectRefused(one.path, 'database.missing');
    writeFileSync(one.database, '');
    expectRefused(one.path, 'database.corrupt');
    writeFileSync(one.database, 'no database at all, but long enough to have a header of 100 bytes'.repeat(4));
    expectRefused(one.path, 'database.corrupt');
    for (const length of [50, 100, 4096, content.length - 4096]) {
      writeFileSync(one.database, content);
      truncateSync(one.database, length);
      expectRefused(one.path, 'database.corrupt');
    }
    rmSync(one.database);
    const other = new DatabaseSync(one.database);
    other.exec('CREATE TABLE mine (x)');
    other.close();
    expectRefused(one.path, 'database.foreign');
  });

  it('never breaks out, whatever bytes are wrong in it', () => {
    const { path, database } = session();
    const content = readFileSync(database);
    for (let at = 0; at < 60; at += 1) {
      const damaged = Buffer.from(content);
      for (let byte = 0; byte < 40; byte += 1)
        damaged[(at * 997 + byte * 131) % damaged.length] = (at * 31 + byte) % 256;
      writeFileSync(database, damaged);
      try {
        const item = openItem(path);
        if (item.kind === 'session') item.session.close();
      } catch (error) {
        expect(error).toMatchObject({ name: 'NdiError' });
      }
    }
  });

  it('holds a write of a program that was stopped: said, not repaired by looking', () => {
    const { path, database } = session();
    const writer = new DatabaseSync(database);
    writer.exec(`PRAGMA cache_size = 1; BEGIN; CREATE TABLE big (x); INSERT INTO big
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT hex(randomblob(200)) FROM n`);
    copyFileSync(database, `${database}.half`);
    copyFileSync(`${database}-journal`, `${database}.journal-half`);
    writer.exec('ROLLBACK');
    writer.close();
    renameSync(`${database}.half`, database);
    renameSync(`${database}.journal-half`, `${database}-journal`);
    // SQLite, when the superuser runs it, gives the journal its owner anew: its ctime may change, its bytes do not.
    const before = [readFileSync(database), readFileSync(`${database}-journal`)];
    expect(() => openItem(path)).toThrow(code('database.interrupted'));
    expect([readFileSync(database), readFileSync(`${database}-journal`)]).toEqual(before);
    const repaired = openSession(path, { writable: true });
    expect(repaired.documents()).toHaveLength(1);
    repaired.close();
    expect(openItem(path).kind).toBe('session');
  });

  it('was left in write-ahead mode: read without a file beside it, refused while its log waits', () => {
    const { path, database } = session();
    const writer = new DatabaseSync(database);
    writer.exec('PRAGMA journal_mode = WAL; CREATE TABLE other (x)');
    copyFileSync(`${database}-wal`, `${database}.kept`);
    writer.close();
    const before = fingerprint(path);
    const item = openItem(path);
    if (item.kind !== 'session') throw new Error(item.kind);
    expect(item.session.documents()).toHaveLength(1);
    item.session.close();
    expect(fingerprint(path)).toEqual(before);
    renameSync(`${database}.kept`, `${database}-wal`);
    expectRefused(path, 'database.interrupted');
  });

  it('vanishes or is replaced while it is open', () => {
    const { path, database } = session();
    const reader = openSession(path);
    expect(reader.documents()).toHaveLength(1);
    const copy = `${database}.copy`;
    copyFileSync(database, copy);
    const changed = new DatabaseSync(copy);
    changed.exec('DELETE FROM branch_docs');
    changed.close();
    renameSync(copy, database);
    expect(reader.documents()).toHaveLength(0);
    rmSync(path, { recursive: true });
    expect(() => reader.documents()).toThrow(code('path.vanished'));
    reader.close();
  });

  it('is replaced by something else for a while: it is read again when it is back', () => {
    const { path, database } = session();
    const reader = openSession(path);
    const place = (bytes: string | Buffer) => {
      writeFileSync(`${database}.next`, bytes);
      renameSync(`${database}.next`, database);
    };
    const whole = readFileSync(database);
    place('no database at all, but long enough to look like one. '.repeat(10));
    for (let time = 0; time < 2; time++) expect(() => reader.documents()).toThrow(code('database.corrupt'));
    place(whole);
    expect(reader.documents()).toHaveLength(1);
    reader.close();
  });

  it('holds documents that cannot be read: the rest opens', () => {
    const { path, database } = session();
    const writable = openSession(path, { writable: true });
    writable.addDocuments([
      newDocument('demoNDI', { 'demoNDI.value': 1 }),
      newDocument('demoNDI', { 'demoNDI.value': 2 }),
    ]);
    writable.close();
    const raw = new DatabaseSync(database);
    raw.exec(
      `UPDATE docs SET json_code = '{"base": ' WHERE doc_idx = 2; UPDATE docs SET json_code = NULL WHERE doc_idx = 3`,
    );
    raw.close();
    const reader = openSession(path);
    expect(reader.documents()).toHaveLength(1);
    expect(reader.problems()).toHaveLength(2);
    reader.close();
  });

  it('holds a document that points out of its file store: not followed', () => {
    const { path, database } = session();
    const outside = join(temporaryFolder(), 'secret.txt');
    writeFileSync(outside, 'secret');
    const writable = openSession(path, { writable: true });
    const document = withFile(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'filename1.ext', outside);
    writable.addDocuments([document]);
    writable.close();
    const raw = new DatabaseSync(database);
    const uid = raw.prepare('SELECT uid FROM files').get()?.['uid'] as string;
    raw.prepare('UPDATE docs SET json_code = replace(json_code, ?, ?)').run(uid, '../reference.txt');
    raw.close();
    const reader = openSession(path);
    expect(() => reader.binaryFile(documentId(document), 'filename1.ext')).toThrow(code('document.fileMissing'));
    reader.close();
  });

  it.skipIf(!hasFixtures)('keeps a removed document of MATLAB out of sight', () => {
    const path = copyOf(fixturePath('ndi-dataset', 'oldDataset'));
    const raw = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'));
    raw.exec('DELETE FROM branch_docs WHERE doc_idx = 5');
    raw.close();
    const item = openItem(path);
    if (item.kind !== 'dataset') throw new Error(item.kind);
    expect(item.dataset.documents({ isa: 'demoNDI' }).map((one) => one.name)).toEqual([
      'doc_1',
      'doc_2',
      'doc_4',
      'doc_5',
    ]);
    item.dataset.close();
  });
});

describe('a file that cannot be looked at', () => {
  it('is told as not there; its document still reads', () => {
    const path = temporaryFolder();
    const document = {
      ...newDocument('demoNDI', { 'demoNDI.value': 1 }),
      files: {
        file_list: ['filename1.ext'],
        file_info: [
          {
            name: 'filename1.ext',
            locations: [
              // No file system holds a name of 300 bytes: the system answers with a fault, not with "no such file".
              {
                delete_original: 0,
                uid: 'u'.repeat(300),
                location: 'https://example.org/x',
                parameters: '',
                location_type: 'url',
                ingest: 0,
              },
            ],
          },
        ],
      },
    };
    createSession({ path, reference: 'r', documents: [document] }).close();
    const opened = openSession(path);
    const stored = opened.document(documentId(document));
    expect(opened.files(stored)).toMatchObject([{ name: 'filename1.ext', path: null, sizeBytes: null }]);
    opened.close();
  });
});

describe('a path', () => {
  it('that is missing, a file, or an ordinary folder is told apart', () => {
    const path = temporaryFolder();
    expect(openItem(path)).toEqual({ kind: 'none' });
    writeFileSync(join(path, 'x.txt'), '');
    expect(openItem(join(path, 'x.txt'))).toEqual({ kind: 'none' });
    expect(() => openItem(join(path, 'no'))).toThrow(code('path.missing'));
    expect(() => createSession({ path: join(path, 'x.txt'), reference: 'r' })).toThrow(code('path.notFolder'));
    expect(() => createSession({ path, reference: '  ' })).toThrow(code('usage.invalid'));
  });

  it('may have quotes, spaces, percent signs and letters of any script', () => {
    const path = join(temporaryFolder(), `it's "a" %41 ü 日本 #?&`);
    mkdirSync(path);
    createSession({ path, reference: 'ü' }).close();
    const item = openItem(path);
    if (item.kind !== 'session') throw new Error(item.kind);
    expect(item.session.reference).toBe('ü');
    item.session.close();
  });
});
