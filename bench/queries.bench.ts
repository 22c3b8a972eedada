// Queries, lists and opening beside the size of the database: `npm run bench -- queries`;
// `BENCH_DOCUMENTS=1000000` names other sizes, `BENCH_FOLDER` a folder that keeps the databases and indexes of one run for
// the next, `BENCH_PARTS=index,questions,sorting,listing,first` the parts that are run. The peer is NDI-python's way of
// asking, made with Debian's python3 and sqlite3: every row of doc_data through SQL, and documents parsed one by one, on
// tables without indexes, as NDI-python leaves them. Its own overhead is not in the figures.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DocumentDatabase } from '../electron/ndi/database/database.ts';
import type { DocumentFilter } from '../electron/ndi/database/select.ts';
import { createServices } from '../electron/services/services.ts';
import { openSession } from '../electron/ndi/session.ts';
import { parseQuery } from '../shared/model/query-text.ts';
import { benchDocument, benchId, writeBenchDatabase } from './document-database.ts';

const RUNS = 40;
const FEW_RUNS = 8;
const PAGE = { sort: 'datestamp', descending: false, offset: 0, limit: 200 };
/** Above this the peer takes minutes. */
const MOST_FOR_PEER = 100_000;

const name = (at: number) => (benchDocument(at)['base'] as { name: string }).name;
const query = (text: string): DocumentFilter => ({ query: parseQuery(text) });

/** Each kind asks for something else every time, so that no answer is remembered. */
const kinds: Record<string, (run: number) => DocumentFilter> = {
  'exact_string, one document': (run) => query(`base.name = "${name(run * 7)}"`),
  exact_number: (run) => query(`measured.depth = ${run * 13}`),
  range: (run) => query(`measured.rate < ${1 + run / 100}`),
  isa: (run) => query(`isa(element) and measured.depth = ${run * 10}`),
  depends_on: (run) => ({ dependsOn: { name: 'element_id', id: benchId(run * 10) } }),
  contains_string: (run) => query(`measured.comment contains "site 12${run} "`),
  'regexp with a literal': (run) => query(`base.name matches "^unit_${run}_1\\d+$"`),
  or: (run) => query(`measured.depth = ${run} or measured.fit.width = ${run / 10}`),
  'hasmember of a list, joined': (run) => query(`measured.direction has ${(run % 4) * 45} and measured.depth = ${run}`),
  'full text': (run) => ({ text: `"site ${4000 + run} depth"` }),
};

/** What finds a great part of all documents, or that no index helps with: asked in a thread of its own. */
const heavy: Record<string, (run: number) => DocumentFilter> = {
  'a third of all': (run) => query(`measured.depth > ${1600 + run}`),
  'hasmember of a list, an eighth': (run) => query(`measured.direction has ${180 + (run % 4) * 45}`),
  'not, nearly all': (run) => query(`not measured.count = ${run}`),
  'contains_string, in all': (run) => query(`measured.comment contains "depth ${run % 10}"`),
  'regexp without a literal': (run) => query(`measured.comment matches "[0-9]${run % 10}[ ][d]"`),
  'full text, in a fifth': (run) => ({ text: ['ferret', 'cortex', 'gauss', 'vonmises'][run % 4] ?? '' }),
};

const PEER = `
import json, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1])
field = lambda name: db.execute("SELECT field_idx FROM fields WHERE field_name = ?", (name,)).fetchone()[0]
ask = "SELECT DISTINCT d.json_code FROM doc_data v CROSS JOIN docs d ON d.doc_idx = v.doc_idx WHERE v.field_idx = ? AND "
def timed(run):
    times = []
    for at in range(3):
        start = time.perf_counter(); run(at); times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[1]
read = lambda where, name, value: [json.loads(row[0]) for row in db.execute(ask + where, (field(name), value))]
print(json.dumps({
    "exact_string, one document": timed(lambda at: read("v.value = ?", "base.name", sys.argv[2])),
    "exact_number": timed(lambda at: read("CAST(v.value AS REAL) = ?", "measured.depth", at * 13)),
    "depends_on": timed(lambda at: read("v.value LIKE ?", "meta.depends_on", "%element_id," + sys.argv[3] + ";%")),
    "contains_string": timed(lambda at: read("v.value LIKE ?", "measured.comment", "%site 12" + str(at) + " %")),
}))`;

const sizes = (process.env['BENCH_DOCUMENTS'] ?? '10000,100000').split(',').map(Number);
const parts = (process.env['BENCH_PARTS'] ?? 'index,questions,sorting,listing,first').split(',');
const kept = process.env['BENCH_FOLDER'];
const folder = kept ?? mkdtempSync(join(tmpdir(), 'ndi-bench-queries-'));
try {
  for (const count of sizes) await measure(count);
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}

async function measure(count: number): Promise<void> {
  say(`\n${count.toLocaleString('en')} documents`);
  const root = join(folder, String(count));
  const there = join(root, '.ndi', 'did-sqlite.sqlite');
  const layout = count > MOST_FOR_PEER ? 'documents' : 'python';
  const path = existsSync(there) ? there : writeBenchDatabase(root, count, layout);
  const indexFolder = join(folder, 'indexes');
  if (parts.includes('index')) rmSync(indexFolder, { recursive: true, force: true });
  const database = new DocumentDatabase(join(root, '.ndi'), 'read', { indexFolder });
  const started = performance.now();
  await database.quick?.build(() => undefined);
  if (database.quick?.isReady() !== true) throw new Error('The index is not complete.');
  if (parts.includes('index')) say(`index built once in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (parts.includes('questions')) askAll(database, count > MOST_FOR_PEER ? {} : askPeer(path));
  if (parts.includes('sorting')) sortAll(database, count);
  if (parts.includes('listing')) listing(database, count);
  database.close();
  if (!parts.includes('first')) return;
  const opening = performance.now();
  openSession(root, { indexFolder }).close();
  say(`opening the session: ${(performance.now() - opening).toFixed(1)} ms`);
  await firstList(root);
}

function askAll(database: DocumentDatabase, peer: Record<string, number>): void {
  say('query | documents | p50 ms | p95 ms | peer ms | ours / peer');
  const ask = (title: string, filterOf: (run: number) => DocumentFilter, runs: number) => {
    let total = 0;
    const times = Array.from({ length: runs }, (_, run) => {
      const start = performance.now();
      ({ total } = database.page(filterOf(run), PAGE));
      return performance.now() - start;
    }).sort((a, b) => a - b);
    const [p50, p95] = [times[runs >> 1] ?? 0, times[Math.floor(runs * 0.95)] ?? 0];
    const theirs = peer[title];
    const ratio = theirs === undefined ? '-' : (p50 / theirs).toFixed(4);
    say([title, total, p50.toFixed(2), p95.toFixed(2), theirs?.toFixed(1) ?? '-', ratio].join(' | '));
  };
  for (const [title, filterOf] of Object.entries(kinds)) ask(title, filterOf, RUNS);
  for (const [title, filterOf] of Object.entries(heavy)) ask(title, filterOf, FEW_RUNS);
}

/** The first page and one in the middle, by fields of different kinds; and what a filter leaves. */
function sortAll(database: DocumentDatabase, count: number): void {
  const asked: [title: string, sort: string, filter: DocumentFilter, offset: number][] = [
    ['by a number', 'measured.rate', {}, 0],
    ['by a number, in the middle', 'measured.rate', {}, count >> 1],
    ['by a number, a third of all', 'measured.rate', query('measured.depth > 1600'), 0],
    ['by a number, a third of all, far down', 'measured.rate', query('measured.depth > 1600'), count >> 2],
    ['by a number, few', 'measured.rate', query('measured.depth = 31'), 0],
    ['by a text of five', 'measured.area', {}, 0],
    ['by a text of five, in the middle', 'measured.area', {}, count >> 1],
    ['by a text of 60,000', 'measured.comment', {}, 0],
    ['by a text of 60,000, in the middle', 'measured.comment', {}, count >> 1],
    ['by a text of 60,000, a page later', 'measured.comment', {}, (count >> 1) + PAGE.limit],
    ['by a text of nearly each its own', 'base.name', {}, 0],
    ['by a text of nearly each its own, in the middle', 'base.name', {}, count >> 1],
    ['by a text of nearly each its own, near the end', 'base.name', {}, count - 1000],
    ['by a field of a tenth', 'measured.none', {}, 0],
    ['by the name column', 'name', {}, 0],
    ['by the class column, in the middle', 'class', {}, count >> 1],
    ['the last page of all', 'datestamp', {}, count - 500],
  ];
  for (const [title, sort, filter, offset] of asked) {
    for (const descending of [false, true]) {
      const start = performance.now();
      database.page(filter, { sort, descending, offset, limit: PAGE.limit });
      say(`sorted ${title}${descending ? ', descending' : ''}: ${(performance.now() - start).toFixed(0)} ms`);
    }
  }
}

/** From the folder to its first list, as the window asks for it, without an index; and how long the process was deaf. */
async function firstList(root: string): Promise<void> {
  const services = createServices({ door: 'cli', dataFolder: join(folder, 'application') });
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const started = performance.now();
  const took = () => `${((performance.now() - started) / 1000).toFixed(2)} s`;
  const first = await services.documents.list({ path: root, limit: 200 });
  say(`first list of the session, never seen before: ${took()} (${first.documents.length} of ${first.total} rows)`);
  await services.items.info(root);
  say(`what the session holds: ${took()}; longest time without answering others: ${longest.toFixed(0)} ms`);
  await services.documents.list({ path: root, limit: 1, wait: true });
  say(`its index is whole: ${took()}; longest time without answering others: ${longest.toFixed(0)} ms`);
  clearInterval(timer);
  await services.close();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** All documents, page after page: the memory must not grow with them. */
function listing(database: DocumentDatabase, count: number): void {
  // Collected first: what the engine has not yet cleared away is not held by anybody.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heldBytes = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const held: number[] = [];
  const start = performance.now();
  for (let offset = 0; offset < count; offset += 10_000) {
    database.page({}, { ...PAGE, offset, limit: 10_000 });
    if (offset % (count / 10) === 0) held.push(heldBytes());
  }
  const seconds = (performance.now() - start) / 1000;
  const [first = 0, most] = [held[0], Math.max(...held)];
  say(
    `listing all: ${seconds.toFixed(1)} s; holds ${(first / 1e6).toFixed(1)} MB, at most ${(most / 1e6).toFixed(1)} MB`,
  );
}

function askPeer(path: string): Record<string, number> {
  try {
    const answer = execFileSync('python3', ['-c', PEER, path, name(7), benchId(10)], { encoding: 'utf8' });
    return JSON.parse(answer) as Record<string, number>;
  } catch {
    say('python3 is not on this machine: no peer to compare with.');
    return {};
  }
}
