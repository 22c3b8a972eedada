import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { build } from 'esbuild';
import { createSession } from '../../ndi/create-session.ts';
import { openSession } from '../../ndi/session.ts';
import { cleanUp, temporaryFolder } from '../../ndi/testing/folders.ts';
import { readState, type State } from './testing/group-state.ts';

afterAll(cleanUp);

const source = fileURLToPath(new URL('./testing/edit-forever.ts', import.meta.url));

/** One file: a process that loads it is killed five times as soon as one that loads all the sources. */
async function bundled(): Promise<string> {
  const outfile = join(temporaryFolder(), 'edit-forever.mjs');
  await build({ entryPoints: [source], bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile });
  return outfile;
}

const KILLS = 200;
/** A kill comes in one of so many actions, so long after it began at the most: in the midst of it, however slow the machine is. */
const ACTIONS = 4;
const LONGEST_MS = 20;

/** Lets the script edit for a while and kills it. @returns the last state that it reached, and what it was about to reach */
async function editUntilKilled(
  script: string,
  path: string,
  scratch: string,
  start: number,
): Promise<{ reached: State; next: State }> {
  const child = spawn(process.execPath, [script, path, scratch, String(start)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const action = 1 + Math.floor(Math.random() * ACTIONS);
  const begun = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.split('"doing"').length > action) resolve();
    });
  });
  const closed = once(child, 'close');
  await Promise.race([begun, closed]);
  await wait(Math.random() * LONGEST_MS);
  child.kill('SIGKILL');
  expect((await closed)[1], 'the script ended by itself').toBe('SIGKILL');
  const lines = output.split('\n').slice(0, -1);
  const messages = lines.map((line) => JSON.parse(line) as { state?: State; doing?: State });
  const reached = messages.findLast((message) => message.state !== undefined)?.state ?? {};
  return { reached, next: messages.at(-1)?.doing ?? reached };
}

/** After the next write, nothing is left of what was killed: rows and files agree one to one. */
function expectTidy(path: string): void {
  const session = openSession(path, { writable: true });
  session.change({});
  session.close();
  const ndi = join(path, '.ndi');
  expect(readdirSync(ndi).filter((name) => name.startsWith('ndi-desktop'))).toEqual([]);
  const database = new DatabaseSync(join(ndi, 'did-sqlite.sqlite'), { readOnly: true });
  const list = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => Object.values(row)[0]);
  expect(list('PRAGMA integrity_check')).toEqual(['ok']);
  const documents = list('SELECT doc_idx FROM docs ORDER BY 1');
  expect(list(`SELECT doc_idx FROM branch_docs WHERE branch_id = 'a' ORDER BY 1`)).toEqual(documents);
  expect(list('SELECT DISTINCT doc_idx FROM doc_data ORDER BY 1')).toEqual(documents);
  expect(list('SELECT DISTINCT count(*) FROM doc_data GROUP BY doc_idx')).toEqual([11]);
  expect(list(`SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1`)).toEqual([
    'doc_data_value',
    'docs_doc_id',
    'fields_field_name',
  ]);
  expect(list('SELECT uid FROM files ORDER BY 1')).toEqual(readdirSync(join(ndi, 'files')).sort());
  database.close();
}

describe('a program that is killed while it edits', () => {
  it(`leaves the session as before or after each action, files included (${KILLS} times)`, async () => {
    const [path, scratch] = [temporaryFolder(), temporaryFolder()];
    createSession({ path, reference: 'r' }).close();
    const script = await bundled();
    let between = 0;
    for (let round = 0; round < KILLS; round += 1) {
      const { reached, next } = await editUntilKilled(script, path, scratch, round * 100);
      // Reading comes first: what was killed must not stand in the way of looking at the session.
      const reader = openSession(path);
      const found = readState(reader);
      expect(reader.problems()).toEqual([]);
      reader.close();
      expect([reached, next]).toContainEqual(found);
      if (next !== reached) between += 1;
      expectTidy(path);
    }
    // The test means something only where most kills hit an action.
    expect(between).toBeGreaterThan(KILLS / 2);
  }, 600_000);
});
