import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkerPool } from './pool.ts';

/** A stand-in for the real entry: its answers tell which thread worked and in which order; some paths are its death. */
const entrySource = `
  import { parentPort, threadId } from 'node:worker_threads';
  import { readFileSync } from 'node:fs';
  let served = 0;
  parentPort.on('message', ({ kind, input, cancelFlag }) => {
    const path = input?.path ?? '';
    if (path === 'exit') process.exit(3);
    if (path === 'throw') throw new Error('boom');
    if (path === 'wait') {
      const flag = new Int32Array(cancelFlag);
      const until = Date.now() + 60_000;
      while (Atomics.load(flag, 0) === 0 && Date.now() < until);
    }
    if (path.endsWith('.fifo')) readFileSync(path);
    if (path === 'slow') {
      const flag = new Int32Array(cancelFlag);
      for (let beats = 0; beats < 20; beats++) {
        Atomics.add(flag, 1, 1);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      }
    }
    served += 1;
    parentPort.postMessage({ type: 'done', output: { kind, path, threadId, served }, cacheBytes: 10 });
  });
`;

interface Answer {
  threadId: number;
  served: number;
}

let folder = '';
let entry: URL;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-pool-'));
  writeFileSync(join(folder, 'entry.mjs'), entrySource);
  entry = pathToFileURL(join(folder, 'entry.mjs'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(pool: WorkerPool, path: string, signal?: AbortSignal): Promise<Answer> {
  return (await pool.run('describe', { path }, { signal })) as unknown as Answer;
}

describe('worker pool', () => {
  it.each(['exit', 'throw'])('fails the request of a thread that dies (%s) and replaces the thread', async (death) => {
    const pool = new WorkerPool(1, entry);
    const before = await ask(pool, 'a');
    const dying = ask(pool, death);
    const next = ask(pool, 'b');
    await expect(dying).rejects.toMatchObject({ code: 'app.unexpected', name: 'NdiError' });
    const after = await next;
    expect(after.threadId).not.toBe(before.threadId);
    expect(after.served).toBe(1);
    await pool.close();
  });

  it.skipIf(process.platform === 'win32')('gives up what does not answer, and goes on with all else', async () => {
    const drive = join(folder, 'drive.fifo');
    execFileSync('sh', ['-c', 'mkfifo "$0"', drive]);
    const pool = new WorkerPool(2, entry, 1500);
    // A pipe that nobody writes to: reading it never comes back, as a network drive that has gone.
    const stuck = ask(pool, drive);
    const outcome = expect(stuck).rejects.toMatchObject({ code: 'path.stalled', details: { path: drive } });
    const others = Promise.all([ask(pool, 'a'), ask(pool, 'b')]);
    expect((await others).map(({ threadId }) => threadId)).toHaveLength(2);
    await outcome;
    const stop = new AbortController();
    const busy = ask(pool, 'wait', stop.signal).catch((error: unknown) => error);
    // Long work that shows signs of life is left alone; both threads are there again.
    expect((await ask(pool, 'slow')).threadId).toBeGreaterThan(0);
    stop.abort();
    expect(await busy).toMatchObject({ name: 'NdiError' });
    const release = openSync(drive, 'r+');
    writeSync(release, 'x');
    closeSync(release);
    await pool.close();
  });

  it('uses all threads at once', async () => {
    const pool = new WorkerPool(2, entry);
    const stop = new AbortController();
    const busy = ask(pool, 'wait', stop.signal);
    expect((await ask(pool, 'a')).served).toBe(1);
    stop.abort();
    await expect(busy).rejects.toMatchObject({ code: 'app.cancelled' });
    expect(pool.cacheBytes).toBe(10);
    await pool.close();
  });

  it('takes long work after everything else and forgets what was cancelled', async () => {
    const pool = new WorkerPool(1, entry);
    const stop = new AbortController();
    const busy = ask(pool, 'wait', stop.signal);
    const order: string[] = [];
    const late = pool.run('describe', { path: 'late' }, { background: true }).then(() => order.push('late'));
    const forgotten = ask(pool, 'forgotten', stop.signal);
    const soon = ask(pool, 'soon').then((answer) => order.push(`soon ${answer.served}`));
    stop.abort();
    const results = await Promise.allSettled([busy, forgotten]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await Promise.all([late, soon]);
    expect(order).toEqual(['soon 2', 'late']);
    await pool.close();
  });

  it('fails what is left when it is closed', async () => {
    const pool = new WorkerPool(1, entry);
    const left = [ask(pool, 'wait'), ask(pool, 'a')];
    const results = Promise.allSettled(left);
    await pool.close();
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(ask(pool, 'b')).rejects.toMatchObject({ code: 'app.cancelled' });
  });
});
