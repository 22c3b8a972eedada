import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { documentId, type NdiDocument } from '../../../shared/model/documents.ts';
import { createSession } from '../create-session.ts';
import { newDocument } from '../documents/build.ts';
import { openSession } from '../session.ts';
import { cleanUp, temporaryFolder } from '../testing/folders.ts';

afterAll(cleanUp);

const path = temporaryFolder();
const session = createSession({ path, reference: 'bulk' });
session.close();
const database = join(path, '.ndi', 'did-sqlite.sqlite');

function ask(sql: string, ...values: string[]): Record<string, unknown>[] {
  const reader = new DatabaseSync(database, { readOnly: true });
  try {
    return reader.prepare(sql).all(...values);
  } finally {
    reader.close();
  }
}

function add(documents: readonly NdiDocument[]): void {
  const writer = openSession(path, { writable: true });
  try {
    writer.addDocuments(documents);
  } finally {
    writer.close();
  }
}

const SCHEMA = 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name';
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => newDocument('demoNDI', { 'demoNDI.value': at, 'base.name': `n${at}` }));

it('adds many documents with the tables and indexes as they were, and every value found by the index', () => {
  const before = ask(SCHEMA);
  const documents = many(1500);
  add(documents);
  expect(ask(SCHEMA)).toEqual(before);
  expect(ask('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  const found = `SELECT count(*) AS n FROM doc_data INDEXED BY doc_data_value WHERE value = ?`;
  for (const one of [documents[0], documents[1499]].filter((some) => some !== undefined)) {
    expect(ask(found, documentId(one))).toEqual([{ n: 1 }]);
  }
  // A document's rows lie together, which is how they are found again.
  const spread = `SELECT max(s) AS spread FROM (SELECT max(rowid) - min(rowid) + 1 - count(*) AS s FROM doc_data GROUP BY doc_idx)`;
  expect(ask(spread)).toEqual([{ spread: 0 }]);
});

it('leaves everything as it was when one of many cannot be written', () => {
  const [schema, rows] = [ask(SCHEMA), ask('SELECT count(*) AS n FROM doc_data')];
  const documents = many(800);
  const taken = openSession(path).documents({ class: 'demoNDI' })[3]?.id ?? '';
  documents.push(newDocument('demoNDI', { 'demoNDI.value': 1, 'base.id': taken }));
  expect(() => add(documents)).toThrow(expect.objectContaining({ code: 'document.duplicate' }));
  expect(ask(SCHEMA)).toEqual(schema);
  expect(ask('SELECT count(*) AS n FROM doc_data')).toEqual(rows);
  expect(ask('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
});
