import type { PyramidAccess } from '../signal/pyramid/access.ts';
import type { WorkerPool } from './pool.ts';

/** How often what was built is made safe against a power cut. */
const SYNC_EVERY_MS = 2000;
/** The building gives way for at most so long between two requests, so that it gets on however busy everything is. */
const REST_MS = 500;
const REST_STEP_MS = 10;
/** A request takes so many parts that it lasts about this long. */
const REQUEST_MS = 60;
const MOST_PARTS = 512;

interface BuildOptions {
  readonly isNew: boolean;
  /** Whether somebody waits for an answer: the building rests meanwhile, if not for long. */
  readonly isWanted: () => boolean;
  readonly onPart: () => void;
  readonly onSynced: () => void;
  readonly signal: AbortSignal;
}

/** Has all threads of a pool build the parts of a pyramid that are missing. */
export async function buildPyramid(
  pool: WorkerPool,
  path: string,
  { folder, stamp, ready }: PyramidAccess,
  { isNew, isWanted, onPart, onSynced, signal }: BuildOptions,
): Promise<void> {
  const done = new Uint8Array(ready);
  if (isNew) await pool.run('beginPyramid', { path, folder }, { signal });
  const failed = new AbortController();
  const common = AbortSignal.any([signal, failed.signal]);
  let next = 0;
  let syncedAt = Date.now();
  const sync = async () => {
    syncedAt = Date.now();
    await pool.run('syncPyramid', { path, folder }, { signal });
    onSynced();
  };
  const work = async () => {
    let atOnce = 1;
    for (;;) {
      while (done[next] === 1) next += 1;
      if (next >= done.length) return;
      await restWhile(isWanted);
      while (done[next] === 1) next += 1;
      if (next >= done.length) return;
      const from = next;
      while (next < done.length && done[next] === 0 && next - from < atOnce) next += 1;
      const to = next;
      const started = Date.now();
      await pool.run('buildPyramid', { path, folder, stamp, from, to }, { signal: common });
      done.fill(1, from, to);
      atOnce = Date.now() - started < REQUEST_MS ? Math.min(MOST_PARTS, 2 * atOnce) : Math.max(1, atOnce >> 1);
      onPart();
      if (Date.now() - syncedAt > SYNC_EVERY_MS) await sync();
    }
  };
  try {
    await Promise.all(Array.from({ length: pool.size }, work));
  } catch (error) {
    failed.abort();
    throw error;
  }
  await sync();
}

async function restWhile(isWanted: () => boolean): Promise<void> {
  for (let rested = 0; rested < REST_MS && isWanted(); rested += REST_STEP_MS) {
    await new Promise((resolve) => setTimeout(resolve, REST_STEP_MS));
  }
}
