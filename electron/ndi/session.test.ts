import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { withFile } from '../../shared/model/document-files.ts';
import { documentId, withDependency } from '../../shared/model/documents.ts';
import { newDocument } from './documents/build.ts';
import { createSession } from './create-session.ts';
import { createTables } from './database/schema.ts';
import { openItem } from './open-item.ts';
import { openSession } from './session.ts';
import { cleanUp, fingerprint, temporaryFolder } from './testing/folders.ts';
import { askPython, hasPython } from './testing/python.ts';

afterAll(cleanUp);

describe('a session of our own', () => {
  it('holds exactly the files and the one document of a new session', () => {
    const path = temporaryFolder();
    const session = createSession({ path, reference: ' exp "one" ' });
    session.close();
    expect(readdirSync(path)).toEqual(['.ndi']);
    expect(readdirSync(join(path, '.ndi')).sort()).toEqual([
      'did-sqlite.sqlite',
      'files',
      'ndi_object_type.txt',
      'reference.txt',
      'unique_reference.txt',
    ]);
    expect(readFileSync(join(path, '.ndi', 'reference.txt'), 'utf8')).toBe('exp "one"');
    expect(readFileSync(join(path, '.ndi', 'unique_reference.txt'), 'utf8')).toBe(session.id);
    const item = openItem(path);
    if (item.kind !== 'session') throw new Error(item.kind);
    expect(item.session.id).toBe(session.id);
    expect(item.session.reference).toBe('exp "one"');
    expect(item.session.classes()).toEqual([{ class: 'session', count: 1 }]);
    item.session.close();
  });

  it('is refused where there is one, and changes nothing there', () => {
    const path = temporaryFolder();
    createSession({ path, reference: 'a' }).close();
    const before = fingerprint(path);
    expect(() => createSession({ path, reference: 'b' })).toThrow(expect.objectContaining({ code: 'session.exists' }));
    expect(fingerprint(path)).toEqual(before);
  });

  it('clears away what a creation left behind long ago, and nothing newer', () => {
    const path = temporaryFolder();
    for (const name of ['.ndi-new-old', '.ndi-new-now']) mkdirSync(join(path, name));
    utimesSync(join(path, '.ndi-new-old'), 1, 1);
    createSession({ path, reference: 'a' }).close();
    expect(readdirSync(path).sort()).toEqual(['.ndi', '.ndi-new-now']);
  });

  it('takes an empty .ndi folder and refuses one that holds something else', () => {
    const path = temporaryFolder();
    mkdirSync(join(path, '.ndi'));
    createSession({ path, reference: 'a' }).close();
    const other = temporaryFolder();
    mkdirSync(join(other, '.ndi'));
    writeFileSync(join(other, '.ndi', 'mine.txt'), 'x');
    expect(() => createSession({ path: other, reference: 'a' })).toThrow(
      expect.objectContaining({ code: 'session.invalid' }),
    );
    expect(readdirSync(other)).toEqual(['.ndi']);
  });

  it.skipIf(!hasPython)('writes the tables of NDI, readable by Python', () => {
    const path = temporaryFolder();
    createSession({ path, reference: 'a' }).close();
    const file = join(path, '.ndi', 'did-sqlite.sqlite');
    const script = `import sqlite3,sys,json
c=sqlite3.connect(sys.argv[1])
print(json.dumps([c.execute("pragma integrity_check").fetchone()[0],c.execute("pragma journal_mode").fetchone()[0],c.execute("pragma page_size").fetchone()[0],c.execute("pragma user_version").fetchone()[0],[r[0] for r in c.execute("select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by rowid")],[list(r) for r in c.execute("select f.field_name,typeof(d.value) from doc_data d join fields f using(field_idx)")],c.execute("select branch_id,parent_id,typeof(timestamp) from branches").fetchall()]))`;
    const [check, journal, page, version, tables, data, branches] = askPython(script, file) as [
      string,
      string,
      number,
      number,
      string[],
      string[][],
      unknown,
    ];
    expect([check, journal, page, version]).toEqual(['ok', 'delete', 4096, 0]);
    const wanted = createTables
      .split(';')
      .map((sql) => sql.trim())
      .filter((sql) => sql !== '');
    expect(tables).toEqual(wanted);
    expect(data).toEqual([
      ['meta.class', 'text'],
      ['meta.superclass', 'text'],
      ['meta.datestamp', 'text'],
      ['meta.creation', 'null'],
      ['meta.deletion', 'null'],
      ['meta.depends_on', 'null'],
      ['base.id', 'text'],
      ['base.session_id', 'text'],
      ['base.name', 'null'],
      ['base.datestamp', 'text'],
      ['session.reference', 'text'],
    ]);
    expect(branches).toEqual([['a', null, 'real']]);
  });

  it('stores documents with files, and removes them with all that depends on them', () => {
    const path = temporaryFolder();
    const session = createSession({ path, reference: 'a' });
    const source = join(temporaryFolder(), 'trace.bin');
    writeFileSync(source, 'bytes');
    const subject = newDocument('subject', { 'base.name': 'f@lab', 'subject.local_identifier': 'f@lab' });
    const element = withDependency(
      newDocument('element', { 'element.name': 'ctx', 'element.reference': 1, 'element.type': 'n-trode' }),
      'subject_id',
      documentId(subject),
    );
    const demo = withFile(newDocument('demoNDI', { 'demoNDI.value': 2 }), 'filename1.ext', source);
    const [, , stored] = session.addDocuments([subject, element, demo]);
    expect(readFileSync(session.binaryFile(documentId(demo), 'filename1.ext'), 'utf8')).toBe('bytes');
    expect(existsSync(source)).toBe(true);
    expect(session.document(documentId(demo))).toEqual(stored);
    expect(session.dependents(documentId(subject)).map((one) => one.class)).toEqual(['element']);
    expect(session.removeDocuments([documentId(subject)])).toEqual([documentId(element), documentId(subject)]);
    expect(session.classes().map((one) => one.class)).toEqual(['demoNDI', 'session']);
    session.removeDocuments([documentId(demo)]);
    expect(readdirSync(join(path, '.ndi', 'files'))).toEqual([]);
    session.addDocuments([demo]);
    expect(session.documents({ class: 'demoNDI' })).toHaveLength(1);
    session.close();
  });

  it('adds all documents of a batch or none', () => {
    const path = temporaryFolder();
    const session = createSession({ path, reference: 'a' });
    const good = newDocument('demoNDI', { 'demoNDI.value': 1 });
    const bad = newDocument('demoNDI', { 'demoNDI.value': 'text' });
    expect(() => session.addDocuments([good, bad])).toThrow(/demoNDI\.value/);
    expect(session.documents()).toHaveLength(1);
    const lost = withFile(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'filename1.ext', '/nowhere/at/all');
    const source = join(path, 'x.bin');
    writeFileSync(source, 'x');
    const kept = withFile(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'filename1.ext', source);
    expect(() => session.addDocuments([kept, lost])).toThrow(expect.objectContaining({ code: 'document.fileMissing' }));
    expect(readdirSync(join(path, '.ndi', 'files'))).toEqual([]);
    expect(session.documents()).toHaveLength(1);
    session.addDocuments([good]);
    expect(() => session.addDocuments([good])).toThrow(expect.objectContaining({ code: 'document.duplicate' }));
    const foreign = newDocument('demoNDI', { 'demoNDI.value': 1, 'base.session_id': documentId(good) });
    expect(() => session.addDocuments([foreign])).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    session.close();
  });

  it('sees what another program adds while it is open, and never writes when opened to read', () => {
    const path = temporaryFolder();
    const mine = createSession({ path, reference: 'a' });
    const reader = openSession(path);
    expect(reader.documents()).toHaveLength(1);
    mine.addDocuments([newDocument('demoNDI', { 'demoNDI.value': 1 })]);
    expect(reader.documents()).toHaveLength(2);
    expect(() => reader.addDocuments([newDocument('demoNDI', { 'demoNDI.value': 1 })])).toThrow(
      expect.objectContaining({ code: 'path.readOnly' }),
    );
    mine.close();
    reader.close();
  });

  it('says busy while another program writes', () => {
    const path = temporaryFolder();
    createSession({ path, reference: 'a' }).close();
    const other = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'));
    other.exec('BEGIN EXCLUSIVE');
    expect(() => openSession(path)).toThrow(expect.objectContaining({ code: 'database.busy' }));
    expect(() => openSession(path, { writable: true })).toThrow(expect.objectContaining({ code: 'database.busy' }));
    other.exec('ROLLBACK');
    other.close();
    openSession(path).close();
  });
});
