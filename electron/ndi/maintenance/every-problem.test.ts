import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { documentId, withDependency, withValues } from '../../../shared/model/documents.ts';
import { makeId } from '../../../shared/model/ids.ts';
import { addIngestedSession, addLinkedSession, createDataset } from '../dataset-members.ts';
import { openDataset } from '../dataset.ts';
import { newDocument } from '../documents/build.ts';
import { openSession } from '../session.ts';
import { inDatabase } from '../testing/database-file.ts';
import { cleanUp, temporaryFolder } from '../testing/folders.ts';
import { type RelatedDocuments, sessionOfRelated } from '../testing/made-sessions.ts';
import { restoreBackup } from './backup.ts';
import { check, repair } from './check.ts';

afterAll(cleanUp);

/** A dataset that holds one session and links to another. */
function dataset(): RelatedDocuments & { readonly held: string; readonly linked: RelatedDocuments } {
  const made = createDataset({ path: temporaryFolder(), reference: 'ds' });
  const [inside, outside] = [sessionOfRelated(), sessionOfRelated()];
  const [one, two] = [openSession(inside.path), openSession(outside.path)];
  addIngestedSession(made, one);
  addLinkedSession(made, two);
  const answer = { path: made.path, ids: inside.ids, held: one.id, linked: outside };
  for (const open of [one, two, made]) open.close();
  return answer;
}

const fileAt = (path: string) => join(path, '.ndi', 'did-sqlite.sqlite');
const store = (path: string) => join(path, '.ndi', 'files');

const change = (path: string, sql: string) => inDatabase(path, (database) => database.exec(sql));

const inDocument = (id: string, from: string, to: string) =>
  `UPDATE docs SET json_code = replace(json_code, '${from}', '${to}') WHERE doc_id = '${id}'`;
const row = (id: string) => `(SELECT doc_idx FROM docs WHERE doc_id = '${id}')`;

function leave(path: string, folder = false): void {
  if (folder) mkdirSync(path);
  else writeFileSync(path, 'left over');
  utimesSync(path, 1_000_000, 1_000_000);
}

/** Doubles a document under its own id: only a writer without NDI's constraints can. */
function double(path: string, id: string): void {
  change(
    path,
    `INSERT INTO docs (doc_id, json_code, timestamp) SELECT doc_id || 'x', json_code, timestamp FROM docs WHERE doc_id = '${id}';
     INSERT INTO branch_docs SELECT 'a', doc_idx, 1 FROM docs WHERE doc_id = '${id}x'`,
  );
}

interface Problem {
  readonly code: string;
  readonly damage: (made: RelatedDocuments) => void;
  /** Left to a person. */
  readonly decide?: true;
  /** Other codes that the same damage gives. */
  readonly also?: readonly string[];
}

const ofSessions: readonly Problem[] = [
  {
    code: 'database.tableMissing',
    damage: ({ path }) => change(path, 'DROP TABLE files'),
    also: ['fileTable.missing'],
  },
  { code: 'database.indexMissing', damage: ({ path }) => change(path, 'DROP INDEX docs_doc_id') },
  { code: 'database.journalMode', damage: ({ path }) => change(path, 'PRAGMA journal_mode = WAL') },
  { code: 'branch.missing', damage: ({ path }) => change(path, `DELETE FROM branches`) },
  { code: 'rows.orphan', damage: ({ path }) => change(path, `INSERT INTO branch_docs VALUES ('a', 777, 1)`) },
  {
    code: 'document.noBranch',
    damage: ({ path, ids }) => change(path, `DELETE FROM branch_docs WHERE doc_idx = ${row(ids[2])}`),
  },
  {
    code: 'document.noBranch',
    decide: true,
    damage: ({ path, ids }) => change(path, `DELETE FROM branch_docs WHERE doc_idx = ${row(ids[0])}`),
    also: ['dependency.missing'],
  },
  {
    code: 'document.unreadable',
    decide: true,
    damage: ({ path, ids }) => change(path, `UPDATE docs SET json_code = '{' WHERE doc_id = '${ids[2]}'`),
  },
  {
    code: 'document.idMismatch',
    decide: true,
    damage: ({ path, ids }) => change(path, inDocument(ids[2], ids[2], makeId())),
    also: ['fields.stale'],
  },
  {
    code: 'document.duplicateId',
    decide: true,
    damage: ({ path, ids }) => double(path, ids[2]),
    also: ['document.idMismatch', 'fields.stale'],
  },
  {
    code: 'document.invalid',
    decide: true,
    damage: ({ path, ids }) =>
      change(path, inDocument(ids[2], '"demoNDI": {', '"demoNDI": [{"value": 1}, {"value": 2}], "demo2": {')),
  },
  { code: 'fields.stale', damage: ({ path }) => change(path, 'UPDATE doc_data SET value = 9 WHERE value = 1.0') },
  {
    code: 'dependency.missing',
    decide: true,
    damage: ({ path, ids }) => change(path, inDocument(ids[1], ids[0], makeId())),
    also: ['fields.stale'],
  },
  {
    code: 'file.missing',
    decide: true,
    damage: ({ path }) => {
      rmSync(store(path), { recursive: true });
      mkdirSync(store(path));
      rmSync(join(path, 'raw'));
    },
  },
  {
    code: 'file.broken',
    decide: true,
    damage: ({ path }) => writeFileSync(join(store(path), readdirSync(store(path))[0] ?? ''), ''),
  },
  { code: 'file.leftover', damage: ({ path }) => leave(join(store(path), makeId())) },
  { code: 'file.unfinished', damage: ({ path }) => leave(join(store(path), '.x.1234.tmp')) },
  { code: 'file.unfinished', damage: ({ path }) => leave(join(path, `.ndi-new-${makeId()}`), true) },
  { code: 'fileTable.missing', damage: ({ path }) => change(path, 'DELETE FROM files') },
  {
    code: 'fileTable.extra',
    damage: ({ path, ids }) =>
      change(path, `INSERT INTO files VALUES (${row(ids[2])}, 'x', '${makeId()}', '/x', '', 'file', NULL)`),
  },
  { code: 'session.marks', damage: ({ path }) => writeFileSync(join(path, '.ndi', 'unique_reference.txt'), makeId()) },
  {
    code: 'session.noDocument',
    damage: ({ path }) =>
      change(
        path,
        `DELETE FROM branch_docs WHERE doc_idx = 1; DELETE FROM doc_data WHERE doc_idx = 1; DELETE FROM docs WHERE doc_idx = 1`,
      ),
  },
  {
    code: 'session.several',
    decide: true,
    damage: ({ path }) => {
      const open = openSession(path, { writable: true });
      open.addDocuments([newDocument('session', { 'session.reference': 'again' })]);
      open.close();
    },
  },
  {
    code: 'epoch.ingestedTwice',
    decide: true,
    damage: ({ path }) => {
      const open = openSession(path, { writable: true });
      const navigator = newDocument('filenavigator');
      const files = newDocument('epochfiles_ingested', { 'epochfiles_ingested.epoch_id': 'epoch_1' });
      const of = (one: typeof files) => withDependency(one, 'filenavigator_id', documentId(navigator));
      open.addDocuments([navigator, of(files), withValues(of(files), { 'base.id': makeId() })]);
      open.close();
    },
  },
  {
    code: 'document.foreign',
    decide: true,
    damage: ({ path, ids }) => {
      const open = openSession(path);
      const own = open.id;
      open.close();
      change(path, inDocument(ids[2], own, makeId()));
    },
    also: ['fields.stale'],
  },
  {
    code: 'document.noSession',
    decide: true,
    damage: ({ path, ids }) => {
      const open = openSession(path);
      const own = open.id;
      open.close();
      change(path, inDocument(ids[2], own, '0000000000000000_0000000000000000'));
    },
    also: ['fields.stale'],
  },
];

async function codes(path: string): Promise<Set<string>> {
  return new Set((await check(path)).map((one) => one.code));
}

async function findsAndRepairs(made: RelatedDocuments, { code, damage, decide, also = [] }: Problem): Promise<void> {
  expect(await codes(made.path)).toEqual(new Set());
  damage(made);
  const found = await codes(made.path);
  expect(found).toEqual(new Set([code, ...[...also].filter((one) => found.has(one))]));
  expect(found.has(code)).toBe(true);
  const { repaired, left, backup } = await repair(made.path);
  const stays = left.map((one) => one.code);
  if (decide === true) {
    expect(stays).toContain(code);
    expect(left.every((one) => one.fix === null)).toBe(true);
  } else {
    expect(repaired.map((one) => one.code)).toContain(code);
    expect(stays).toEqual([]);
  }
  if (backup === null) return;
  // The way back leads to the problem, whichever it is; only the journal's mode is no part of a backup.
  await restoreBackup(made.path, backup.path);
  const again = await codes(made.path);
  if (!['database.journalMode', 'file.unfinished', 'file.leftover', 'database.tableMissing'].includes(code)) {
    expect(again.has(code)).toBe(true);
  }
}

describe('every kind of problem of a session is found, repaired or left to a person, and the repair is undone', () => {
  it.each(
    ofSessions.map((problem) => [`${problem.code}${problem.decide === true ? ' (to decide)' : ''}`, problem] as const),
  )('%s', async (_name, problem) => findsAndRepairs(sessionOfRelated(), problem));

  it('database.indexFault', async () => {
    const { path } = sessionOfRelated();
    const database = new DatabaseSync(fileAt(path), { defensive: false });
    database.exec(`PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = 'CREATE INDEX "docs_doc_id" ON "docs" ("timestamp")' WHERE name = 'docs_doc_id'`);
    database.close();
    expect(await codes(path)).toContain('database.indexFault');
    expect((await repair(path)).left.map((one) => one.code)).toEqual([]);
  });

  it('database.corrupt, which only a backup can mend', async () => {
    const { path } = sessionOfRelated();
    writeFileSync(fileAt(path), readFileSync(fileAt(path)).subarray(0, 5000));
    expect(await codes(path)).toContain('database.corrupt');
    await expect(repair(path)).resolves.toMatchObject({ repaired: [], backup: null });
  });
});

describe('every kind of problem of a dataset', () => {
  it.each([
    [
      'dataset.linkBroken',
      true,
      ({ linked }: ReturnType<typeof dataset>) => renameSync(linked.path, `${linked.path}-moved`),
    ],
    [
      'dataset.doubleRecord',
      false,
      ({ path, held }: ReturnType<typeof dataset>) => {
        // A conversion that was cut off leaves the record of the link beside that of the session that is held.
        change(
          path,
          `UPDATE docs SET json_code = replace(json_code, '"is_linked": 0', '"is_linked": 1')
           WHERE json_code LIKE '%"session_in_a_dataset"%' AND json_code LIKE '%${held}%'`,
        );
        const record = newDocument('session_in_a_dataset', {
          'session_in_a_dataset.session_id': held,
          'session_in_a_dataset.is_linked': 0,
        });
        const open = openDataset(path, { writable: true });
        open.addDocuments([record]);
        open.close();
      },
    ],
    [
      'dataset.unrecorded',
      false,
      ({ path, held }: ReturnType<typeof dataset>) => {
        const open = openDataset(path, { writable: true });
        open.discardDocuments(
          open.records().flatMap((one) => (one.fields['session_id'] === held ? [one.documentId] : [])),
        );
        open.close();
      },
    ],
  ] as const)('%s', async (code, decide, damage) => {
    const made = dataset();
    expect(await codes(made.path)).toEqual(new Set());
    damage(made);
    expect(await codes(made.path)).toContain(code);
    const { left, backup } = await repair(made.path);
    expect(left.some((one) => one.code === code)).toBe(decide);
    if (decide || backup === null) return;
    expect(left).toEqual([]);
    await restoreBackup(made.path, backup.path);
    expect(await codes(made.path)).toContain(code);
  });
});
