import { readdirSync, readlinkSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { inDatabase } from '../ndi/testing/database-file.ts';
import { cleanUp } from '../ndi/testing/folders.ts';
import { demoDocument, madeSession } from '../ndi/testing/made-sessions.ts';
import { OpenForWriting } from './open-for-writing.ts';

afterAll(cleanUp);

/** Files below a folder that this process holds open (Linux tells). */
function heldFiles(folder: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((number) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${number}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}

it('keeps a session open from one action to the next, until it is closed or an action fails', () => {
  const path = madeSession();
  const pool = new OpenForWriting();
  const first = pool.use(path, 'session', (holder) => {
    holder.addDocuments([demoDocument(1)]);
    return holder;
  });
  expect(pool.use(path, 'session', (holder) => holder)).toBe(first);
  expect(() =>
    pool.use(path, 'session', () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  const second = pool.use(path, 'session', (holder) => holder);
  expect(second).not.toBe(first);
  pool.close(path);
  expect(pool.use(path, 'session', (holder) => holder)).not.toBe(second);
  pool.closeAll();
});

it('opens anew where somebody else has written', () => {
  const path = madeSession();
  const pool = new OpenForWriting();
  expect(pool.use(path, 'session', (holder) => (holder as { reference?: string }).reference)).toBe('rules');
  inDatabase(path, (database) =>
    database.exec(`UPDATE docs SET json_code = replace(json_code, '"rules"', '"renamed"')`),
  );
  expect(pool.use(path, 'session', (holder) => (holder as { reference?: string }).reference)).toBe('renamed');
  pool.closeAll();
});

it.skipIf(process.platform !== 'linux')('lets go of the folder when nothing is done for a while', async () => {
  const path = madeSession();
  const pool = new OpenForWriting(20);
  pool.use(path, 'session', (holder) => holder.addDocuments([demoDocument(1)]));
  expect(heldFiles(path)).not.toEqual([]);
  await expect.poll(() => heldFiles(path)).toEqual([]);
});
