import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../build/testing/fixtures.ts';
import { withFile } from '../../shared/model/document-files.ts';
import { documentId, withDependency } from '../../shared/model/documents.ts';
import { isId } from '../../shared/model/ids.ts';
import { createSession } from './create-session.ts';
import { addDaqSystem } from './daq/daq-systems.ts';
import {
  addIngestedSession,
  addLinkedSession,
  convertLinkedToIngested,
  createDataset,
  deleteIngestedSession,
  memberContent,
  migrateLegacyRecords,
  unlinkSession,
} from './dataset-members.ts';
import { openDataset } from './dataset.ts';
import { newDocument } from './documents/build.ts';
import { openItem } from './open-item.ts';
import { openSession, type Session } from './session.ts';
import { cleanUp, copyOf, fingerprint, temporaryFolder } from './testing/folders.ts';
import { askPython, hasPython } from './testing/python.ts';

afterAll(cleanUp);

/** A session of five documents with a file each, and one that depends on the first. */
function demoSession(reference = 'exp_demo'): Session {
  const path = temporaryFolder();
  const demos = [1, 2, 3, 4, 5].map((value) => {
    const file = join(path, `raw${value}.ext`);
    writeFileSync(file, `doc_${value}`);
    return withFile(
      newDocument('demoNDI', { 'base.name': `doc_${value}`, 'demoNDI.value': value }),
      'filename1.ext',
      file,
    );
  });
  const epoch = withDependency(
    newDocument('element_epoch', { 'element_epoch.t0_t1': [0, 1], 'epochid.epochid': 'e1' }),
    'element_id',
    documentId(demos[0]!),
  );
  return createSession({ path, reference, documents: [...demos, epoch] });
}

function emptyDataset() {
  return createDataset({ path: temporaryFolder(), reference: 'ds_demo' });
}

/** Reads the tables as the reference lays them out, and nothing of ours. */
const readTables = `
import sqlite3, json, sys, os
base = sys.argv[1]
db = sqlite3.connect('file:' + os.path.join(base, '.ndi', 'did-sqlite.sqlite') + '?mode=ro', uri=True)
rows = db.execute("SELECT d.json_code FROM docs d JOIN branch_docs b ON b.doc_idx=d.doc_idx WHERE b.branch_id='a' ORDER BY d.doc_idx").fetchall()
docs = [json.loads(r[0]) for r in rows]
flat = lambda name, value: db.execute("SELECT count(*) FROM doc_data v JOIN fields f USING (field_idx) WHERE f.field_name=? AND v.value=?", (name, value)).fetchone()[0]
files = db.execute("SELECT filename, uid, type FROM files ORDER BY doc_idx").fetchall()
store = os.path.join(base, '.ndi', 'files')
read = lambda name: open(os.path.join(base, '.ndi', name)).read()
print(json.dumps({
  'integrity': db.execute('PRAGMA integrity_check').fetchone()[0],
  'journal': db.execute('PRAGMA journal_mode').fetchone()[0],
  'classes': sorted([d['document_class']['class_name'] for d in docs]),
  'sessions': {s: flat('base.session_id', s) for s in set(d['base']['session_id'] for d in docs)},
  'records': [d['session_in_a_dataset'] for d in docs if 'session_in_a_dataset' in d],
  'linked': flat('session_in_a_dataset.is_linked', 1.0),
  'contents': sorted(open(os.path.join(store, uid)).read() for _, uid, _ in files),
  'stored': sorted(os.listdir(store)), 'uids': sorted(uid for _, uid, _ in files),
  'marks': [read('reference.txt'), read('unique_reference.txt'), read('ndi_object_type.txt')],
}))`;

interface Tables {
  integrity: string;
  journal: string;
  classes: string[];
  sessions: Record<string, number>;
  records: Record<string, unknown>[];
  linked: number;
  contents: string[];
  stored: string[];
  uids: string[];
  marks: string[];
}

describe('a dataset', () => {
  it('is made empty, with its own session document and marker', () => {
    const dataset = emptyDataset();
    expect(isId(dataset.id)).toBe(true);
    expect(dataset.sessions()).toEqual([]);
    expect(dataset.classes()).toEqual([{ class: 'session', count: 1 }]);
    expect(readFileSync(join(dataset.path, '.ndi', 'ndi_object_type.txt'), 'utf8')).toBe('dataset');
    dataset.close();
    expect(openItem(dataset.path).kind).toBe('dataset');
    expect(() => createDataset({ path: dataset.path, reference: 'again' })).toThrow(
      expect.objectContaining({ code: 'session.exists' }),
    );
  });

  it('links a session, whose folder stays as it is, once', () => {
    const [dataset, session] = [emptyDataset(), demoSession()];
    session.close();
    const before = fingerprint(session.path);
    const source = openSession(session.path);
    const member = addLinkedSession(dataset, source);
    expect(member).toMatchObject({ id: session.id, linked: true, path: session.path });
    expect(() => addLinkedSession(dataset, source)).toThrow(expect.objectContaining({ code: 'session.exists' }));
    source.close();
    expect(dataset.session(session.id).documents()).toHaveLength(7);
    expect(() => deleteIngestedSession(dataset, session.id)).toThrow(expect.objectContaining({ code: 'session.held' }));
    unlinkSession(dataset, session.id);
    expect(dataset.sessions()).toEqual([]);
    expect(() => unlinkSession(dataset, session.id)).toThrow(expect.objectContaining({ code: 'session.notFound' }));
    dataset.close();
    expect(fingerprint(session.path)).toEqual(before);
  });

  it('takes a session in: documents keep their ids, files get new uids, the session needs its folder no more', () => {
    const [dataset, session] = [emptyDataset(), demoSession()];
    const ids = session.documents().map((entry) => entry.id);
    const [first] = session.documents({ class: 'demoNDI' });
    const oldUid = session.files(session.read(first!))[0]!.uid;
    addIngestedSession(dataset, session);
    session.close();
    rmSync(session.path, { recursive: true });
    const held = dataset.session(session.id);
    expect(held.documents().map((entry) => entry.id)).toEqual(ids);
    expect(held.files(held.document(first!.id))[0]!.uid).not.toBe(oldUid);
    expect(readFileSync(held.binaryFile(first!.id, 'filename1.ext'), 'utf8')).toBe('doc_1');
    expect(dataset.id).not.toBe(session.id);
    expect(() => unlinkSession(dataset, session.id)).toThrow(expect.objectContaining({ code: 'session.held' }));
    dataset.close();
  });

  it('deletes a session that it holds with all files, and can take the same session in again', () => {
    const [dataset, session] = [emptyDataset(), demoSession()];
    addIngestedSession(dataset, session);
    const content = memberContent(dataset, session.id);
    expect(content).toEqual({ documents: 7, files: 5, sizeBytes: 25, dependentsElsewhere: 0 });
    deleteIngestedSession(dataset, session.id);
    expect(dataset.documents().map((entry) => entry.class)).toEqual(['session']);
    addIngestedSession(dataset, session);
    expect(dataset.session(session.id).documents()).toHaveLength(7);
    session.close();
    dataset.close();
  });

  it('refuses to take in a session with epochs in raw files', () => {
    const [dataset, session] = [emptyDataset(), demoSession()];
    addDaqSystem(session, { name: 'dev1', readerClass: 'ndi.daq.reader.mfdaq.intan', filePatterns: ['raw1.ext'] });
    expect(() => addIngestedSession(dataset, session)).toThrow(
      expect.objectContaining({ code: 'session.notIngested' }),
    );
    expect(dataset.documents()).toHaveLength(1);
    session.close();
    dataset.close();
  });

  it('adds and removes documents of its sessions, and refuses those of strangers', () => {
    const [dataset, session] = [emptyDataset(), demoSession()];
    addIngestedSession(dataset, session);
    session.close();
    const demo = newDocument('demoNDI', { 'demoNDI.value': 6, 'base.session_id': session.id });
    const own = newDocument('demoNDI', { 'demoNDI.value': 7 });
    dataset.addDocuments([demo, own]);
    expect(dataset.session(session.id).documents({ class: 'demoNDI' })).toHaveLength(6);
    expect(dataset.documents({ sessionId: dataset.id })).toHaveLength(3);
    const strange = newDocument('demoNDI', { 'base.session_id': '412694f69aafaba3_40dbbdf658227000' });
    expect(() => dataset.addDocuments([strange])).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    const [first] = dataset.documents({ class: 'demoNDI' });
    expect(dataset.removeDocuments([first!.id])).toHaveLength(2);
    dataset.close();
  });

  it('opens although a member has written its id and reference over the dataset’s', () => {
    const [dataset, session] = [emptyDataset(), demoSession()];
    addIngestedSession(dataset, session);
    session.close();
    dataset.close();
    const ndi = join(dataset.path, '.ndi');
    writeFileSync(join(ndi, 'reference.txt'), session.reference);
    writeFileSync(join(ndi, 'unique_reference.txt'), session.id);
    writeFileSync(join(ndi, 'ndi_object_type.txt'), 'session');
    const item = openItem(dataset.path);
    if (item.kind !== 'dataset') throw new Error(item.kind);
    expect(item.dataset.id).toBe(dataset.id);
    expect(item.dataset.reference).toBe('ds_demo');
    item.dataset.close();
    openDataset(dataset.path, { writable: true }).close();
    expect(readFileSync(join(ndi, 'unique_reference.txt'), 'utf8')).toBe(dataset.id);
    expect(readFileSync(join(ndi, 'reference.txt'), 'utf8')).toBe('ds_demo');
    expect(readFileSync(join(ndi, 'ndi_object_type.txt'), 'utf8')).toBe('dataset');
  });

  it('counts a session as held after a conversion that was cut off before the old record went', () => {
    const [dataset, session] = [emptyDataset(), demoSession()];
    addLinkedSession(dataset, session);
    const [linked] = dataset.records();
    const old = dataset.document(linked!.documentId);
    convertLinkedToIngested(dataset, session.id);
    dataset.addDocuments([old]);
    expect(dataset.records()).toHaveLength(2);
    expect(dataset.sessions()).toMatchObject([{ id: session.id, linked: false, documents: 7 }]);
    session.close();
    dataset.close();
  });
});

describe.skipIf(!hasPython)('what an independent reader finds', () => {
  it('after linking, converting and a second member', () => {
    const [dataset, one, two] = [emptyDataset(), demoSession('one'), demoSession('two')];
    addLinkedSession(dataset, one);
    addLinkedSession(dataset, two);
    const linked = askPython(readTables, dataset.path) as Tables;
    expect(linked.linked).toBe(2);
    expect(linked.records[0]).toEqual({
      session_id: one.id,
      session_reference: 'one',
      is_linked: 1,
      session_creator: 'ndi.session.dir',
      session_creator_input1: 'one',
      session_creator_input2: one.path,
      session_creator_input3: one.id,
      session_creator_input4: '',
      session_creator_input5: '',
      session_creator_input6: '',
    });
    convertLinkedToIngested(dataset, one.id);
    const tables = askPython(readTables, dataset.path) as Tables;
    expect(tables).toMatchObject({ integrity: 'ok', journal: 'delete', linked: 1 });
    expect(tables.sessions).toEqual({ [dataset.id]: 3, [one.id]: 7 });
    expect(tables.records).toHaveLength(2);
    expect(tables.records[1]).toMatchObject({ session_id: one.id, is_linked: 0, session_creator_input2: '' });
    expect(tables.contents).toEqual(['doc_1', 'doc_2', 'doc_3', 'doc_4', 'doc_5']);
    expect(tables.stored).toEqual(tables.uids);
    expect(tables.marks).toEqual(['ds_demo', dataset.id, 'dataset']);
    for (const session of [one, two]) session.close();
    dataset.close();
  });
});

describe.skipIf(!hasFixtures)('the real dataset of NDI-matlab', () => {
  it('is migrated to records of today, and its session can be deleted', () => {
    const path = copyOf(fixturePath('ndi-dataset', 'oldDataset'));
    const dataset = openDataset(path, { writable: true });
    expect(migrateLegacyRecords(dataset)).toBe(1);
    expect(migrateLegacyRecords(dataset)).toBe(0);
    expect(dataset.sessions()).toMatchObject([{ reference: 'exp_demo', linked: false, documents: 6 }]);
    expect(dataset.classes().map((one) => one.class)).toEqual(['demoNDI', 'session', 'session_in_a_dataset']);
    const [member] = dataset.sessions();
    expect(memberContent(dataset, member!.id)).toMatchObject({ documents: 6, files: 5, sizeBytes: 25 });
    deleteIngestedSession(dataset, member!.id);
    dataset.close();
    mkdirSync(join(path, '.ndi', 'files'), { recursive: true });
    if (hasPython) {
      const tables = askPython(readTables, path) as Tables;
      expect(tables).toMatchObject({ integrity: 'ok', classes: ['session'], stored: [], uids: [] });
    }
  });
});
