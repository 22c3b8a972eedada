import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withFile } from '../../shared/model/document-files.ts';
import { documentId, type NdiDocument, withDependency, withValues } from '../../shared/model/documents.ts';
import { makeId } from '../../shared/model/ids.ts';
import { newDocument } from './documents/build.ts';
import { openSession } from './session.ts';
import { inDatabase, rewriteJson, storedJson } from './testing/database-file.ts';
import { cleanUp, temporaryFolder } from './testing/folders.ts';
import { demoDocument, madeSession } from './testing/made-sessions.ts';

/** What NDI's core reference marks as needed between implementations, rule by rule, by its section. */

afterAll(cleanUp);

describe('documents', () => {
  it('2.1: bare objects that MATLAB writes for lists of one are read as lists', () => {
    const one = withDependency(demoDocument(1), 'item1', '');
    const path = madeSession([one]);
    const stored = JSON.parse(storedJson(path, documentId(one))) as Record<string, Record<string, unknown>>;
    const [superclass] = stored['document_class']!['superclasses'] as unknown[];
    stored['document_class']!['superclasses'] = superclass;
    stored['depends_on'] = { name: 'item1', value: '' };
    stored['files'] = { file_list: ['filename1.ext'], file_info: '' };
    rewriteJson(path, documentId(one), JSON.stringify(stored));
    const session = openSession(path);
    const read = session.document(documentId(one));
    expect(read['depends_on']).toEqual([{ name: 'item1', value: '' }]);
    expect(read['document_class']).toMatchObject({ superclasses: [{ definition: '$NDIDOCUMENTPATH/base.json' }] });
    expect(session.files(read)).toEqual([]);
    session.close();
  });

  it('2.2: bare NaN and Infinity are read and written, two spaces deep', () => {
    const one = newDocument('element_epoch', { 'element_epoch.t0_t1': [Number.NaN, Number.POSITIVE_INFINITY] });
    const path = madeSession();
    const session = openSession(path, { writable: true });
    const element = newDocument('demoNDI', { 'demoNDI.value': 3 });
    session.addDocuments([element, withDependency(one, 'element_id', documentId(element))]);
    session.close();
    const json = storedJson(path, documentId(one));
    expect(json).toMatch(/\bNaN\b/);
    expect(json).toMatch(/\bInfinity\b/);
    expect(json).toMatch(/^\{\n {2}"/);
    const again = openSession(path);
    expect(again.document(documentId(one))['element_epoch']).toMatchObject({
      t0_t1: [Number.NaN, Number.POSITIVE_INFINITY],
    });
    again.close();
  });

  it('3.2: a field too many or too few, or of another type, keeps a document out', () => {
    const path = madeSession();
    const session = openSession(path, { writable: true });
    const wrong: NdiDocument[] = [
      withValues(demoDocument(1), { 'demoNDI.more': 1 }),
      { ...demoDocument(1), demoNDI: {} },
      withValues(demoDocument(1), { 'demoNDI.value': 'one' }),
      withDependency(newDocument('element_epoch', { 'element_epoch.t0_t1': [0, 1] }), 'element_id', makeId()),
    ];
    for (const document of wrong) {
      expect(() => session.addDocuments([demoDocument(2), document])).toThrow(
        expect.objectContaining({ code: 'document.invalid' }),
      );
    }
    expect(session.classes()).toEqual([{ class: 'session', count: 1 }]);
    session.close();
  });
});

describe('the database', () => {
  it('5.2: has MATLAB’s pages, version and journal, also after writing', () => {
    const path = madeSession([demoDocument(1)]);
    const pragma = (name: string) =>
      inDatabase(path, (database) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
    expect(pragma('page_size')).toBe(4096);
    expect(pragma('encoding')).toBe('UTF-8');
    expect(pragma('user_version')).toBe(0);
    expect(pragma('journal_mode')).toBe('delete');
    expect(pragma('auto_vacuum')).toBe(0);
    expect(readdirSync(join(path, '.ndi')).filter((name) => name.startsWith('did-sqlite.sqlite-'))).toEqual([]);
  });

  it('5.3: documents that are not in branch “a” do not exist', () => {
    const one = demoDocument(1);
    const path = madeSession([one]);
    inDatabase(path, (database) => database.exec(`UPDATE branch_docs SET branch_id = 'b' WHERE doc_idx = 2`));
    const session = openSession(path);
    expect(session.entry(documentId(one))).toBeUndefined();
    session.close();
  });

  it('5.4: flattened rows hold nested names, numbered elements, shapes of arrays and nothing for what is empty', () => {
    const one = newDocument('openminds', {
      'openminds.openminds_type': 'x',
      'openminds.fields': {
        deep: { value: true },
        many: [{ name: 'a' }, { name: 'b' }],
        one: [{ name: 'c' }],
        numbers: [1, 2, 3],
        texts: ['p', 'q'],
        none: [],
        number: 2,
        nan: NaN,
        matrix: [
          [1, 2],
          [3, 4],
        ],
        openminds: { openminds: { inner: 'd' } },
      },
    });
    const path = madeSession([{ ...one, depends_on: [{ name: 'openminds', value: '' }] }]);
    const rows = inDatabase(path, (database) =>
      database
        .prepare(
          `SELECT f.field_name name, v.value value, typeof(v.value) kind FROM doc_data v JOIN fields f USING (field_idx)
           WHERE v.doc_idx = 2 ORDER BY v.rowid`,
        )
        .all(),
    );
    const kinds = new Map(rows.map((row) => [row['name'], row['kind']]));
    expect(
      ['deep.value', 'number', 'nan', 'texts', 'none'].map((name) => kinds.get(`openminds.fields.${name}`)),
    ).toEqual([...['integer', 'real', 'null', 'text', 'null']]);
    const values = Object.fromEntries(rows.map((row) => [String(row['name']), row['value']]));
    expect(values).toMatchObject({
      'meta.class': 'openminds',
      'meta.superclass': 'base',
      'meta.depends_on': 'openminds,;',
      'openminds.fields.deep.value': 1,
      'openminds.fields.many.name_1': 'a',
      'openminds.fields.many.name_2': 'b',
      'openminds.fields.one.name': 'c',
      'openminds.fields.numbers': '[1x3] double',
      'openminds.fields.texts': 'p,q',
      'openminds.fields.matrix': '[2x2] double',
      // The name of the group goes wherever it stands again.
      'openminds.fields.inner': 'd',
      'openminds.fields.none': null,
      'openminds.matlab_type': null,
    });
    expect(rows.slice(0, 6).map((row) => row['name'])).toEqual(
      ['class', 'superclass', 'datestamp', 'creation', 'deletion', 'depends_on'].map((name) => `meta.${name}`),
    );
  });

  it('5.6 and 12: a file is found by its uid, or as the Python port names it, never by the cached path', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'raw'), 'bytes');
    const one = withFile(demoDocument(1), 'filename1.ext', join(folder, 'raw'));
    const path = madeSession([one]);
    renameSync(join(folder, 'raw'), join(folder, 'moved'));
    inDatabase(path, (database) => database.exec(`UPDATE files SET cached_location = '/nowhere/at/all'`));
    const read = () => {
      const session = openSession(path);
      try {
        return readFileSync(session.binaryFile(documentId(one), 'filename1.ext'), 'utf8');
      } finally {
        session.close();
      }
    };
    expect(read()).toBe('bytes');
    const store = join(path, '.ndi', 'files');
    renameSync(join(store, readdirSync(store)[0] ?? ''), join(store, `${documentId(one)}_filename1.ext`));
    expect(read()).toBe('bytes');
  });

  it('5.7: removal takes direct and indirect dependents first, and an id can be used again', () => {
    const first = demoDocument(1);
    const second = withDependency(
      newDocument('element_epoch', { 'element_epoch.t0_t1': [0, 1] }),
      'element_id',
      documentId(first),
    );
    const third = withDependency(
      newDocument('element_epoch', { 'element_epoch.t0_t1': [0, 2] }),
      'element_id',
      documentId(second),
    );
    const path = madeSession([first, second, third, demoDocument(4)]);
    const session = openSession(path, { writable: true });
    const removed = session.removeDocuments([documentId(first), makeId()]);
    expect(new Set(removed.slice(0, 2))).toEqual(new Set([second, third].map(documentId)));
    expect(removed[2]).toBe(documentId(first));
    session.addDocuments([withValues(first, { 'demoNDI.value': 9 })]);
    expect(session.document(documentId(first))['demoNDI']).toEqual({ value: 9 });
    session.close();
  });
});
