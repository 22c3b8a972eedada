/**
 * Adding and opening documents in NDI's table layout, beside Python's sqlite3 doing what DID-python does for each
 * document (an imitation: its tables, its rows of text, its commits; not its code), and beside plain node:sqlite. Medians
 * of rounds in which they take turns, so the ratios hold on a machine that does other things too.
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

/** A document of 23 flattened rows, checked against the schemas of three classes. */
function makeDocument(number: number): NdiDocument {
  return newDocument('sorting_parameters', {
    'base.name': `sorting ${number}`,
    app: {
      name: `sorter ${number % 10}`,
      version: `1.${number % 100}`,
      url: `https://example.org/${number % 100}`,
      os: 'Linux',
      os_version: `${number % 7}`,
      interpreter: 'node',
      interpreter_version: '24',
    },
    'sorting_parameters.num_pca_features': 1 + (number % 40),
    'sorting_parameters.max_clusters': 10 + (number % 1000),
  });
}

const ROUNDS = 3;

try {
  const documents = Array.from({ length: MANY }, (_, at) => makeDocument(at));
  const singles = Array.from({ length: ONE_BY_ONE }, (_, at) => makeDocument(MANY + at));
  const rounds: { ours: Added; plain: Added; python: Added | null }[] = [];
  // One after the other, again and again: what else the machine does meets all of them.
  for (let round = 0; round < ROUNDS; round += 1) {
    const path = join(folder, `ours ${round}`);
    rounds.push({
      ours: await addOurs(path, documents, singles),
      plain: addPlain(join(folder, `plain ${round}.sqlite`), documents, singles),
      python: addPython(join(folder, `python ${round}`)),
    });
  }
  tell(rounds);
  await useLarge(join(folder, 'ours 0'), documents);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds a document: many in one action, then one action each. */
interface Added {
  readonly bulk: number;
  readonly single: number;
}

/** Through the service of the application: checked, with a history that can take each action back. */
async function addOurs(
  path: string,
  documents: readonly NdiDocument[],
  singles: readonly NdiDocument[],
): Promise<Added> {
  mkdirSync(path);
  createSession({ path, reference: 'bench' }).close();
  const edits = new EditService(new OpenItems());
  const bulk = await timed(() => edits.change({ path }, { add: documents }, 'Add'));
  const single = await timed(async () => {
    for (const document of singles) await edits.change({ path }, { add: [document] }, 'Add');
  });
  edits.close();
  return { bulk: bulk / documents.length, single: single / singles.length };
}

/**
 * The least that must be done: the same documents turned into the same rows by node:sqlite, in the same tables and
 * indexes and with the same durability, without checks, history or answers.
 */
function addPlain(path: string, documents: readonly NdiDocument[], singles: readonly NdiDocument[]): Added {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  createDatabase(database);
  database.exec('PRAGMA synchronous = EXTRA; PRAGMA cache_size = -131072');
  const numbers = new Map<string, number | bigint>();
  const field = database.prepare('INSERT INTO fields (class, field_name, json_name) VALUES (?, ?, ?)');
  const doc = database.prepare('INSERT INTO docs (doc_id, json_code, timestamp) VALUES (?, ?, 739000)');
  const member = database.prepare(`INSERT INTO branch_docs VALUES ('${branch}', ?, 739000)`);
  const data = database.prepare('INSERT INTO doc_data VALUES (?, ?, ?)');
  const inOne = (some: readonly NdiDocument[], after: () => void = () => undefined) => {
    const started = performance.now();
    database.exec('BEGIN IMMEDIATE');
    for (const document of some) {
      const docIdx = doc.run(idOf(document), formatDocumentJson(document)).lastInsertRowid;
      member.run(docIdx);
      for (const { group, name, value } of flattenDocument(document)) {
        let number = numbers.get(name);
        number ??= field.run(group, name, name.replaceAll('.', '___')).lastInsertRowid;
        numbers.set(name, number);
        data.run(docIdx, number, value);
      }
    }
    after();
    database.exec('COMMIT');
    return performance.now() - started;
  };
  database.exec('DROP INDEX doc_data_value');
  const bulk = inOne(documents, () => database.exec('CREATE INDEX "doc_data_value" ON "doc_data" ("value")'));
  const single = singles.reduce((sum, document) => sum + inOne([document]), 0);
  database.close();
  return { bulk: bulk / documents.length, single: single / singles.length };
}

function addPython(path: string): Added | null {
  mkdirSync(path);
  try {
    const peer = new URL('did_peer.py', import.meta.url).pathname;
    const [many, few] = [MANY / 5, ONE_BY_ONE].map(String) as [string, string];
    return JSON.parse(execFileSync('python3', [peer, path, many, few], { encoding: 'utf8' })) as Added;
  } catch {
    return null;
  }
}

function tell(rounds: readonly { ours: Added; plain: Added; python: Added | null }[]): void {
  const perSecond = (milliseconds: number) => `${Math.round(1000 / milliseconds)} documents a second`;
  for (const kind of ['bulk', 'single'] as const) {
    const what = kind === 'bulk' ? `add ${MANY} documents in one action` : `add ${ONE_BY_ONE} more, one action each`;
    print(what, perSecond(median(rounds.map(({ ours }) => ours[kind]))));
    const plain = median(rounds.map((one) => one.plain[kind] / one.ours[kind]));
    const speed = perSecond(median(rounds.map((one) => one.plain[kind])));
    print('  beside plain node:sqlite', `${(100 * plain).toFixed(0)} % of its speed (${speed})`);
    const python = rounds.map((one) => (one.python === null ? null : one.python[kind] / one.ours[kind]));
    const shown = python.some((ratio) => ratio === null)
      ? 'cannot be run'
      : `${median(python as number[]).toFixed(1)} times as fast`;
    print('  beside the imitation in Python', shown);
  }
}

/** Opening, editing and removing in a session that holds all these documents. */
async function useLarge(path: string, documents: readonly NdiDocument[]): Promise<void> {
  const opening = median(await repeat(9, () => timed(() => openSession(path).close())));
  print(`open a session of ${MANY + ONE_BY_ONE} documents`, `${opening.toFixed(1)} ms`);
  const small = join(folder, 'small');
  mkdirSync(small);
  createSession({ path: small, reference: 'small' }).close();
  const openingSmall = median(await repeat(9, () => timed(() => openSession(small).close())));
  print('beside opening one of 1 document', `${(opening / openingSmall).toFixed(2)} times the time`);
  const edits = new EditService(new OpenItems());
  const value = { kind: 'set', path: 'base.name', value: 'x' } as const;
  const editing = await timed(() =>
    edits.edit({ path, documents: [{ id: idOf(documents[MANY >> 1]), edits: [value] }] }),
  );
  const undoing = await timed(() => edits.undo({ path }));
  print('edit one of them; undo that', `${editing.toFixed(0)} ms; ${undoing.toFixed(0)} ms`);
  const removed = documents.slice(0, MANY / 10).map(idOf);
  const removing = await timed(() => edits.change({ path }, { remove: removed }, 'Remove'));
  const restoring = await timed(() => edits.undo({ path }));
  print(`remove ${MANY / 10} of them; undo that`, `${removing.toFixed(0)} ms; ${restoring.toFixed(0)} ms`);
  edits.close();
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

function print(what: string, result: string): void {
  process.stdout.write(`${what.padEnd(52)} ${result}\n`);
}
