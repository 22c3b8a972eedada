import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../build/testing/fixtures.ts';
import { formatDocumentJson, parseDocumentJson } from '../../shared/model/document-json.ts';
import { condition, either, isa } from '../../shared/model/query.ts';
import { readDocument } from './database/document-index.ts';
import { flattenDocument } from './database/flatten.ts';
import { openDataset } from './dataset.ts';
import { openItem } from './open-item.ts';
import { compileQuery } from './query/evaluate.ts';
import { cleanUp, fingerprint } from './testing/folders.ts';

/** Written by NDI-matlab; read-only. */
const realDataset = () => fixturePath('ndi-dataset', 'oldDataset');
const datasetId = '412694f69ab1e1cf_c0db1c5ba8cf6bc8';
const sessionId = '412694f69aafaba3_40dbbdf6582271b2';

afterAll(cleanUp);

describe.skipIf(!hasFixtures)('the real dataset of NDI-matlab', () => {
  it('is recognised without its marker file and opens without a byte changed', () => {
    const before = fingerprint(realDataset());
    const item = openItem(realDataset());
    if (item.kind !== 'dataset') throw new Error(item.kind);
    const { dataset } = item;
    expect(dataset.id).toBe(datasetId);
    expect(dataset.reference).toBe('ds_demo');
    expect(dataset.sessions()).toEqual([
      { id: sessionId, reference: 'exp_demo', linked: false, path: realDataset(), documents: 6 },
    ]);
    expect(dataset.classes()).toEqual([
      { class: 'dataset_session_info', count: 1 },
      { class: 'demoNDI', count: 5 },
      { class: 'session', count: 2 },
    ]);
    const session = dataset.session(sessionId);
    expect(session.documents()).toHaveLength(6);
    const [third] = session.documents({ query: condition('base.name', 'exact_string', 'doc_3') });
    const path = session.binaryFile(third!.id, 'filename1.ext');
    expect(readFileSync(path, 'utf8')).toBe('doc_3');
    expect(dataset.problems()).toEqual([]);
    dataset.close();
    expect(fingerprint(realDataset())).toEqual(before);
  });

  it('answers the searches as its notes state them', () => {
    const dataset = openDataset(realDataset());
    const names = (query: Parameters<typeof compileQuery>[0]) => dataset.documents({ query }).map((one) => one.name);
    expect(names(isa('base'))).toHaveLength(8);
    expect(names(isa('session'))).toHaveLength(2);
    expect(names(isa('demoNDI'))).toHaveLength(5);
    expect(names(isa('dataset_session_info'))).toHaveLength(1);
    expect(names(condition('base.session_id', 'exact_string', sessionId))).toHaveLength(6);
    expect(names(condition('base.session_id', 'exact_string', datasetId))).toHaveLength(2);
    expect(names(condition('demoNDI.value', 'exact_number', 3))).toEqual(['doc_3']);
    expect(names(condition('demoNDI.value', 'greaterthan', 3))).toEqual(['doc_4', 'doc_5']);
    expect(names(condition('base.name', 'exact_string', 'doc_2'))).toEqual(['doc_2']);
    expect(names(either(condition('demoNDI.value', 'lessthan', 2), isa('session')))).toEqual(['', '', 'doc_1']);
    dataset.close();
  });

  it('finds an empty text as intended, and not at all as the database of MATLAB does', () => {
    const dataset = openDataset(realDataset());
    const empty = condition('base.name', 'exact_string', '');
    expect(dataset.documents({ query: empty })).toHaveLength(3);
    const all = dataset.documents().map((entry) => dataset.read(entry));
    expect(all.filter(compileQuery(empty, 'database'))).toHaveLength(0);
    dataset.close();
  });

  it('gives free text found in any value', () => {
    const dataset = openDataset(realDataset());
    expect(dataset.documents({ text: 'EXP_demo' })).toHaveLength(2);
    expect(dataset.documents({ text: 'filename1.ext' })).toHaveLength(5);
    expect(dataset.documents({ text: 'nowhere to be found' })).toHaveLength(0);
    dataset.close();
  });

  it('is written again to the same JSON and flattened to the same rows, in order and storage class', () => {
    const url = pathToFileURL(join(realDataset(), '.ndi', 'did-sqlite.sqlite'));
    url.search = '?mode=ro';
    const database = new DatabaseSync(url, { readOnly: true, readBigInts: true });
    const documents = database.prepare('SELECT doc_idx, json_code FROM docs ORDER BY doc_idx').all();
    expect(documents).toHaveLength(8);
    let rowsSeen = 0;
    for (const { doc_idx: docIdx, json_code: json } of documents) {
      expect(formatDocumentJson(parseDocumentJson(String(json)))).toBe(json);
      const stored = database
        .prepare(
          `SELECT f.class "group", f.field_name name, d.value FROM doc_data d JOIN fields f USING (field_idx)
           WHERE d.doc_idx = ? ORDER BY d.rowid`,
        )
        .all(docIdx ?? null);
      rowsSeen += stored.length;
      expect(flattenDocument(readDocument(json))).toEqual(stored.map((row) => ({ ...row })));
    }
    expect(rowsSeen).toBe(97);
    database.close();
  });

  it('leaves no journal beside its database', () => {
    for (const suffix of ['-journal', '-wal', '-shm']) {
      expect(existsSync(join(realDataset(), '.ndi', `did-sqlite.sqlite${suffix}`))).toBe(false);
    }
  });
});
