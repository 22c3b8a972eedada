import type { DatabaseSync } from 'node:sqlite';
import { branch } from '../database/schema.ts';
import { IndexWriter, type StoredRow } from './build.ts';

/** How far an index is: documents that it has seen, of those in the database. */
export interface IndexProgress {
  readonly done: number;
  readonly of: number;
}

/** Documents read at once. */
const DOCUMENTS_AT_ONCE = 4_000;
/**
 * Documents of the longest step; the first is of those read at once, so that something is found soon, and each one after
 * it twice as long as the last. A step writes about every page of the index anew, however few documents it takes in.
 */
const MOST_DOCUMENTS_A_STEP = 64_000;

/**
 * Brings an index up to its database, step by step: each step is one transaction and leaves an index that answers
 * rightly for the documents it has seen. Takes out what was removed or changed, then takes in what is new, in the order
 * of the database. Several processes may do so at once; a step begins where the last one, of whomever, ended.
 * @param stamp what tells one state of the database's file from the next
 */
export function* catchUp(index: DatabaseSync, source: DatabaseSync, stamp: () => string): Generator<IndexProgress> {
  const before = stamp();
  const writer = new IndexWriter(index);
  const of = Number(
    source.prepare('SELECT count(*) AS n FROM branch_docs WHERE branch_id = ?').get(branch)?.['n'] ?? 0,
  );
  yield* step(index, writer, function* () {
    if (numberState(index, 'through') > 0) replaceChanged(index, source, writer);
    yield { done: indexed(index), of };
  });
  const next = source.prepare(`${ROWS} AND b.doc_idx > ? ORDER BY b.doc_idx LIMIT ?`);
  let more = true;
  for (let most = DOCUMENTS_AT_ONCE; more; most = Math.min(2 * most, MOST_DOCUMENTS_A_STEP)) {
    yield* step(index, writer, function* () {
      const known = indexed(index);
      let taken = 0;
      while (more && taken < most) {
        const rows = next.all(branch, numberState(index, 'through'), DOCUMENTS_AT_ONCE);
        for (const row of rows) writer.add(storedRow(row));
        writer.flush();
        taken += rows.length;
        const last = rows.at(-1)?.['doc_idx'];
        if (last !== undefined) setState(index, 'through', Number(last));
        more = rows.length === DOCUMENTS_AT_ONCE;
        yield { done: known + taken, of };
      }
      // What was written meanwhile is seen at the next time.
      if (!more) setState(index, 'stamp', before);
    });
  }
}

/** A cross join keeps SQLite from walking all documents for each member of the branch. */
const ROWS = `
  SELECT d.doc_idx, d.doc_id, d.json_code, octet_length(d.json_code) AS size, d.timestamp
  FROM branch_docs b CROSS JOIN docs d ON d.doc_idx = b.doc_idx WHERE b.branch_id = ?`;

function storedRow(row: Record<string, unknown>): StoredRow {
  return {
    docIdx: Number(row['doc_idx']),
    id: String(row['doc_id']),
    json: row['json_code'],
    sizeBytes: Number(row['size'] ?? 0),
    written: Number(row['timestamp'] ?? 0),
  };
}

/** Compares what the index has seen with what is there, by number, length and time of writing. */
function replaceChanged(index: DatabaseSync, source: DatabaseSync, writer: IndexWriter): void {
  const known = index
    .prepare(
      `SELECT doc_idx, size, written FROM doc UNION ALL SELECT doc_idx, size, written FROM unreadable ORDER BY doc_idx`,
    )
    .iterate();
  const there = source
    .prepare(
      `SELECT b.doc_idx, octet_length(d.json_code) AS size, d.timestamp AS written
       FROM branch_docs b CROSS JOIN docs d ON d.doc_idx = b.doc_idx
       WHERE b.branch_id = ? AND b.doc_idx <= ? ORDER BY b.doc_idx`,
    )
    .iterate(branch, numberState(index, 'through'));
  const gone: number[] = [];
  const come: number[] = [];
  const next = (rows: Iterator<Record<string, unknown>>) => {
    const found = rows.next();
    return found.done === true ? null : found.value;
  };
  let [a, b] = [next(known), next(there)];
  while (a !== null || b !== null) {
    const [left, right] = [a, b].map((row) => (row === null ? Infinity : Number(row['doc_idx']))) as [number, number];
    const changed = left === right && !sameState(a, b);
    if (left < right || changed) gone.push(left);
    if (right < left || changed) come.push(right);
    if (left <= right) a = next(known);
    if (right <= left) b = next(there);
  }
  writer.remove(gone);
  const one = source.prepare(`${ROWS} AND b.doc_idx = ?`);
  for (const docIdx of come) {
    const row = one.get(branch, docIdx);
    if (row !== undefined) writer.add(storedRow(row));
  }
}

function sameState(a: Record<string, unknown> | null, b: Record<string, unknown> | null): boolean {
  return ['size', 'written'].every((key) => Number(a?.[key] ?? 0) === Number(b?.[key] ?? 0));
}

function* step(
  index: DatabaseSync,
  writer: IndexWriter,
  work: () => Generator<IndexProgress>,
): Generator<IndexProgress> {
  index.exec('BEGIN IMMEDIATE');
  try {
    yield* work();
    writer.finish();
    setState(index, 'generation', numberState(index, 'generation') + 1);
    index.exec('COMMIT');
  } finally {
    if (index.isTransaction) {
      writer.forget();
      index.exec('ROLLBACK');
    }
  }
}

function indexed(index: DatabaseSync): number {
  const sum = 'SELECT (SELECT coalesce(sum(documents), 0) FROM kind) + (SELECT count(*) FROM unreadable) AS n';
  return Number(index.prepare(sum).get()?.['n'] ?? 0);
}

function numberState(index: DatabaseSync, key: string): number {
  return Number(readState(index, key) ?? 0);
}

export function readState(index: DatabaseSync, key: string): unknown {
  return index.prepare('SELECT value FROM state WHERE key = ?').get(key)?.['value'];
}

function setState(index: DatabaseSync, key: string, value: string | number): void {
  index.prepare('INSERT OR REPLACE INTO state VALUES (?, ?)').run(key, value);
}
