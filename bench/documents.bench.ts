/**
 * Adding and opening documents in NDI's table layout, beside Python's sqlite3 doing what DID-python does for each
 * document (an imitation: its tables, its rows of text, its commits; not its code). Ratios of one run; more is better
 * for us where it says "times as fast".
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createDatabase } from '../electron/ndi/database/create-database.ts';
import { flattenDocument } from '../electron/ndi/database/flatten.ts';
import { branch } from '../electron/ndi/database/schema.ts';
import { createSession } from '../electron/ndi/create-session.ts';
import { newDocument } from '../electron/ndi/documents/build.ts';
import { openSession } from '../electron/ndi/session.ts';
import { EditService } from '../electron/services/edits/edits.ts';
import { OpenItems } from '../electron/services/open-items.ts';
import { formatDocumentJson } from '../shared/model/document-json.ts';
import type { NdiDocument } from '../shared/model/documents.ts';

const MANY = Number(process.env['BENCH_DOCUMENTS'] ?? 100_000);
const ONE_BY_ONE = Number(process.env['BENCH_ONE_BY_ONE'] ?? 2000);
const folder = mkdtempSync(join(tmpdir(), 'ndi-bench-'));

/** A document of 20 values in its rows, as NDI flattens them. */
function makeDocument(number: number): NdiDocument {
  return newDocument('stimulus_bath', {
    'base.name': `bath ${number}`,
    'document_class.validation': '',
    stimulus_bath: {
      location: { ontologyNode: 'UBERON:0000955', name: `place ${number % 100}` },
      mixture_table: `row ${number % 1000}`,
      ...Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`value_${at}`, number * (at + 1)])),
    },
  });
}

try {
  const documents = Array.from({ length: MANY }, (_, at) => makeDocument(at));
  const one = join(folder, 'one');
  mkdirSync(one);
  createSession({ path: one, reference: 'bench' }).close();
  const items = new OpenItems();
  const edits = new EditService(items);
  const bulk = await timed(() => edits.change({ path: one }, { add: documents }, 'Add'));
  tell(`add ${MANY} documents in one action`, bulk, MANY);

  const singly = documents.slice(0, ONE_BY_ONE).map((_, at) => makeDocument(MANY + at));
  const first = await timed(() => addEach(edits, one, singly.slice(0, ONE_BY_ONE / 2)));
  const second = await timed(() => addEach(edits, one, singly.slice(ONE_BY_ONE / 2)));
  tell(`add ${ONE_BY_ONE} more, one action each`, first + second, ONE_BY_ONE);
  print(
    'second half beside the first half of them',
    `${(second / first).toFixed(2)} times the time (1: not quadratic)`,
  );

  const opening = median(await repeat(9, () => timed(() => openSession(one).close())));
  print(`open a session of ${MANY + ONE_BY_ONE} documents`, `${opening.toFixed(1)} ms`);
  const small = join(folder, 'small');
  mkdirSync(small);
  createSession({ path: small, reference: 'small' }).close();
  const openingSmall = median(await repeat(9, () => timed(() => openSession(small).close())));
  print('beside opening one of 1 document', `${(opening / openingSmall).toFixed(2)} times the time`);

  const editing = await timed(() =>
    edits.edit({
      path: one,
      documents: [{ id: idOf(documents[MANY >> 1]), edits: [{ kind: 'set', path: 'base.name', value: 'x' }] }],
    }),
  );
  const undoing = await timed(() => edits.undo({ path: one }));
  print('edit one of them; undo that', `${editing.toFixed(0)} ms; ${undoing.toFixed(0)} ms`);
  const removing = await timed(() =>
    edits.change({ path: one }, { remove: documents.slice(0, MANY / 10).map(idOf) }, 'Remove'),
  );
  const restoring = await timed(() => edits.undo({ path: one }));
  print(`remove ${MANY / 10} of them; undo that`, `${removing.toFixed(0)} ms; ${restoring.toFixed(0)} ms`);
  edits.close();
  items.closeAll();
  comparePlain(documents, bulk / MANY, (first + second) / ONE_BY_ONE);
  comparePython(bulk / MANY, (first + second) / ONE_BY_ONE);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function addEach(edits: EditService, path: string, documents: readonly NdiDocument[]): Promise<void> {
  for (const document of documents) await edits.change({ path }, { add: [document] }, 'Add');
}

/**
 * The least that must be done: the same rows, made beforehand, written by node:sqlite into the same tables and indexes
 * with the same durability, without checks, history or answers.
 */
function comparePlain(documents: readonly NdiDocument[], bulkMs: number, singleMs: number): void {
  const rows = documents.map((document) => ({
    id: idOf(document),
    json: formatDocumentJson(document),
    fields: flattenDocument(document),
  }));
  const database = new DatabaseSync(join(folder, 'plain.sqlite'), { enableForeignKeyConstraints: false });
  createDatabase(database);
  database.exec('PRAGMA synchronous = FULL; PRAGMA cache_size = -131072');
  const numbers = new Map(rows.flatMap(({ fields }) => fields.map(({ name }) => name)).map((name, at) => [name, at]));
  const doc = database.prepare('INSERT INTO docs (doc_id, json_code, timestamp) VALUES (?, ?, 739000)');
  const member = database.prepare(`INSERT INTO branch_docs VALUES ('${branch}', ?, 739000)`);
  const data = database.prepare('INSERT INTO doc_data VALUES (?, ?, ?)');
  const write = ({ id, json, fields }: (typeof rows)[number]) => {
    const docIdx = doc.run(id, json).lastInsertRowid;
    member.run(docIdx);
    for (const { name, value } of fields) data.run(docIdx, numbers.get(name) ?? 0, value);
  };
  const inOne = (some: typeof rows, between: () => void = () => undefined) => {
    const started = performance.now();
    database.exec('BEGIN IMMEDIATE');
    for (const row of some) write(row);
    between();
    database.exec('COMMIT');
    return performance.now() - started;
  };
  const few = Math.min(ONE_BY_ONE, MANY >> 1);
  database.exec('DROP INDEX doc_data_value');
  const indexes = 'CREATE INDEX "doc_data_value" ON "doc_data" ("value")';
  const bulk = inOne(rows.slice(few), () => database.exec(indexes)) / (rows.length - few);
  const single = rows.slice(0, few).reduce((sum, row) => sum + inOne([row]), 0) / few;
  database.close();
  const share = (ours: number, plain: number) =>
    `${((100 * plain) / ours).toFixed(0)} % of its speed (${Math.round(1000 / plain)} documents a second)`;
  print('in one action, beside plain node:sqlite', share(bulkMs, bulk));
  print('one by one, beside plain node:sqlite', share(singleMs, single));
}

function comparePython(bulkMs: number, singleMs: number): void {
  let answer: { bulk: number; single: number };
  try {
    const peer = new URL('did_peer.py', import.meta.url).pathname;
    answer = JSON.parse(
      execFileSync('python3', [peer, folder, String(MANY / 5)], { encoding: 'utf8' }),
    ) as typeof answer;
  } catch (error) {
    print('Python’s sqlite3', `cannot be run: ${String(error).slice(0, 80)}`);
    return;
  }
  print('in one action, beside the imitation in Python', `${(answer.bulk / bulkMs).toFixed(1)} times as fast`);
  print('one by one, beside the imitation in Python', `${(answer.single / singleMs).toFixed(1)} times as fast`);
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function repeat(times: number, measure: () => Promise<number>): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < times; at += 1) found.push(await measure());
  return found;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function idOf(document: NdiDocument | undefined): string {
  return String((document?.['base'] as { id?: string } | undefined)?.id);
}

function tell(what: string, milliseconds: number, count: number): void {
  print(what, `${(milliseconds / 1000).toFixed(2)} s, ${Math.round((1000 * count) / milliseconds)} documents a second`);
}

function print(what: string, result: string): void {
  process.stdout.write(`${what.padEnd(52)} ${result}\n`);
}
