import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatDocumentJson } from '../../../shared/model/document-json.ts';
import { documentId, valueAt } from '../../../shared/model/documents.ts';
import { LocalCopy } from '../../ndi/cloud/copy/local-copy.ts';
import { Journal } from '../../ndi/cloud/journal/journal.ts';
import { storeMerged } from '../../ndi/cloud/run/document-steps.ts';
import { createSession } from '../../ndi/create-session.ts';
import { openConnection } from '../../ndi/database/connection.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { AskThread } from '../../ndi/query-index/ask-thread.ts';
import { openSession } from '../../ndi/session.ts';
import { inDatabase } from '../../ndi/testing/database-file.ts';
import { cleanUp, temporaryFolder } from '../../ndi/testing/folders.ts';
import { askPython, hasPython } from '../../ndi/testing/python.ts';
import { CopiesService } from '../copies.ts';
import { Jobs } from '../jobs.ts';
import { MaintenanceService } from '../maintenance.ts';
import { OpenItems } from '../open-items.ts';
import { EditService } from './edits.ts';

afterAll(cleanUp);

const HOLD = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
db.execute("INSERT INTO branches VALUES ('held', 'a', 0)")
print("held", flush=True)
sys.stdin.readline()
db.execute("ROLLBACK")
print("free", flush=True)`;

const TRY = `
import sqlite3, sys, json
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
try:
    db.execute("BEGIN IMMEDIATE")
    db.execute("ROLLBACK")
    print(json.dumps("free"))
except sqlite3.OperationalError as error:
    print(json.dumps(str(error)))`;

function session(): { path: string; database: string } {
  const path = temporaryFolder();
  createSession({ path, reference: 'shared' }).close();
  return { path, database: join(path, '.ndi', 'did-sqlite.sqlite') };
}

/** Python takes the write lock of a database and keeps it until its input says so. */
async function holdLock(database: string): Promise<ChildProcess> {
  const holder = spawn('python3', ['-c', HOLD, database], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  return holder;
}

describe.skipIf(!hasPython)('a database that Python writes at the same time', () => {
  it('is waited for, and written once it is free', async () => {
    const { path, database } = session();
    const items = new OpenItems();
    const edits = new EditService(items);
    await edits.change({ path }, { add: [newDocument('demoNDI', { 'demoNDI.value': 1 })] }, 'Add');
    const holder = await holdLock(database);
    const waiting = edits.change({ path }, { add: [newDocument('demoNDI', { 'demoNDI.value': 2 })] }, 'Add');
    setTimeout(() => holder.stdin?.write('\n'), 700);
    await waiting;
    edits.close();
    items.closeAll();
    const reader = openSession(path);
    expect(reader.documents({ class: 'demoNDI' })).toHaveLength(2);
    reader.close();
    if (holder.exitCode === null) await once(holder, 'exit');
  });

  it('says after some seconds that it is busy, with nothing written, and that waiting helps', async () => {
    const { path, database } = session();
    const items = new OpenItems();
    const edits = new EditService(items);
    const one = newDocument('demoNDI', { 'demoNDI.value': 1 });
    await edits.change({ path }, { add: [one] }, 'Add');
    const holder = await holdLock(database);
    // Linux tells who it is; sandboxes of another kernel do not.
    const isTold = existsSync('/proc/locks') && readFileSync('/proc/locks', 'utf8').includes(` ${holder.pid} `);
    await expect(
      edits.change({ path }, { add: [newDocument('demoNDI', { 'demoNDI.value': 2 })] }, 'Add'),
    ).rejects.toThrow(
      expect.objectContaining({
        code: 'database.busy',
        message: expect.stringMatching(
          isTold ? `in use by python3.* \\(process ${holder.pid}\\)` : 'in use by another program',
        ) as string,
        recovery: expect.stringContaining('try again') as string,
      }),
    );
    const freed = once(holder, 'exit');
    holder.stdin?.write('\n');
    await freed;
    const reader = openSession(path);
    expect(reader.documents({ class: 'demoNDI' })).toHaveLength(1);
    reader.close();
    const check =
      'import sqlite3,sys,json; print(json.dumps(sqlite3.connect(sys.argv[1]).execute("PRAGMA integrity_check").fetchone()))';
    expect(askPython(check, database)).toEqual(['ok']);
    edits.close();
    items.closeAll();
  });

  it('is waited for by a repair, a backup and a copy, until they are cancelled', async () => {
    const { path, database } = session();
    inDatabase(path, (rows) => rows.exec(`INSERT INTO docs (doc_id, json_code) VALUES ('left behind', '{}')`));
    const [items, jobs] = [new OpenItems(), new Jobs()];
    const [maintenance, copies] = [new MaintenanceService(items, jobs), new CopiesService(items, jobs)];
    const holder = await holdLock(database);
    const cancelled = new AbortController();
    const work = [
      maintenance.repair(path),
      maintenance.backUp(path, undefined),
      copies.copy({ path, to: join(temporaryFolder(), 'copy') }),
      maintenance.repair(path, cancelled.signal),
    ];
    setTimeout(() => cancelled.abort(), 300);
    setTimeout(() => holder.stdin?.write('\n'), 700);
    const [repaired, backedUp, copied, gaveUp] = await Promise.allSettled(work);
    expect(repaired).toMatchObject({ status: 'fulfilled', value: { repaired: [{ code: 'document.noBranch' }] } });
    expect([backedUp, copied]).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
    expect(gaveUp).toMatchObject({ status: 'rejected', reason: { code: 'app.cancelled' } });
    items.closeAll();
  });

  it('is waited for by what a sync with the cloud writes, until it is cancelled', async () => {
    const { path, database } = session();
    const mine = (value: number) => newDocument('demoNDI', { 'demoNDI.value': value });
    const before = mine(1);
    const id = documentId(before);
    const journal = new Journal(temporaryFolder());
    const copy = new LocalCopy(path);
    copy.takeOver([before]);
    const kept = journal.copy({ path, dataset: copy.id, server: 'https://cloud.example', cloud: '1'.repeat(24) });
    const store = (value: number, signal: AbortSignal) => {
      const merged = { ...before, ...mine(value), base: before['base'] ?? null };
      return storeMerged({ copy, journal: kept, signal }, [{ id, side: 'both' }], new Map([[id, merged]]));
    };
    const value = () => valueAt(copy.document(id), 'demoNDI.value');

    const holder = await holdLock(database);
    const cancelled = new AbortController();
    setTimeout(() => cancelled.abort(), 300);
    await expect(store(2, cancelled.signal)).rejects.toMatchObject({ code: 'app.cancelled' });
    expect(kept.history(id)).toEqual([]);
    const waiting = store(3, new AbortController().signal);
    setTimeout(() => holder.stdin?.write('\n'), 700);
    await waiting;
    expect(value()).toBe(3);
    expect(kept.history(id)).toMatchObject([{ side: 'here', why: 'merged', json: formatDocumentJson(before) }]);
    copy.close();
    journal.close();
  });

  it('stays locked for it while we write, whatever our threads open and close meanwhile', async () => {
    const { path, database } = session();
    const thread = new AskThread(database, () => '');
    const writer = openConnection(database, 'write');
    // The thread's own header is read before: closing a file drops the locks of the whole process.
    const summaries = thread.ask({ ask: 'summaries' });
    writer.exec('BEGIN IMMEDIATE');
    await summaries;
    thread.close();
    expect(askPython(TRY, database)).toBe('database is locked');
    writer.exec('ROLLBACK');
    writer.close();
    expect(askPython(TRY, database)).toBe('free');
    expect(openSession(path).documents()).toHaveLength(1);
  });
});
