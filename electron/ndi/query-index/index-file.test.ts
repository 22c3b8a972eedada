import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { documentId } from '../../../shared/model/documents.ts';
import { DocumentDatabase } from '../database/database.ts';
import { ndiFolder } from '../folder.ts';
import { cleanUp, temporaryFolder } from '../testing/folders.ts';
import { demoDocument, madeSession } from '../testing/made-sessions.ts';
import { openIndexAt, openIndexFile, removeIndexFile } from './index-file.ts';

afterAll(cleanUp);

const script = fileURLToPath(new URL('./testing/open-at-once.ts', import.meta.url));
const PROCESSES = 4;
const ROUNDS = 60;

it('is one and the same, and laid out, for processes that make it at the same moment', async () => {
  const root = temporaryFolder();
  for (let round = 0; round < ROUNDS; round += 1) {
    mkdirSync(join(root, String(round)));
    writeFileSync(join(root, String(round), 'did-sqlite.sqlite'), '');
  }
  const children = Array.from({ length: PROCESSES }, () =>
    spawn(process.execPath, [script, root, String(ROUNDS)], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  const said = children.map(async (child) => String((await once(child.stdout, 'data'))[0]));
  const start = String(Date.now() + 100);
  for (const child of children) child.stdin.end(`${start}\n`);
  for (const one of await Promise.all(said)) expect(JSON.parse(one)).toEqual([]);
});

it('is not made by looking: one that another process has removed says nothing of the database', () => {
  const folder = temporaryFolder();
  const database = join(folder, 'did-sqlite.sqlite');
  writeFileSync(database, '');
  const index = openIndexFile(folder, database);
  index.database.close();
  openIndexAt(index.path).close();
  removeIndexFile(index.path);
  const busy = expect.objectContaining({ code: 'database.busy' }) as Error;
  expect(() => openIndexAt(index.path)).toThrow(busy);
  expect(readdirSync(folder)).toEqual(['did-sqlite.sqlite']);
});

it('stays when another database gets one', () => {
  const folder = temporaryFolder();
  const paths = ['one', 'two', 'three'].map((name) => {
    const database = join(temporaryFolder(), name);
    writeFileSync(database, '');
    const index = openIndexFile(folder, database);
    index.database.close();
    return index.path;
  });
  for (const path of paths) openIndexAt(path).close();
});

it('is made beside what a process has left that was killed while it made one, which goes after a while', () => {
  const [folder, database] = [temporaryFolder(), join(temporaryFolder(), 'did-sqlite.sqlite')];
  writeFileSync(database, '');
  const first = openIndexFile(folder, database);
  first.database.close();
  removeIndexFile(first.path);
  const left = ['.0123.tmp', '.0123.tmp-wal', '.0-0.sqlite-wal'].map((end) => first.path.replace(/\..*/, end));
  for (const path of left) writeFileSync(path, 'half of it');
  openIndexFile(folder, database).database.close();
  expect(readdirSync(folder)).toHaveLength(4);
  for (const path of left) utimesSync(path, 1_000_000, 1_000_000);
  openIndexFile(folder, database).database.close();
  openIndexFile(folder, database).database.close();
  expect(readdirSync(folder)).toHaveLength(1);
});

it('is made anew while it is used, where somebody removes it; threads that answer see the new one', async () => {
  const path = madeSession([demoDocument(1)]);
  const indexFolder = temporaryFolder();
  const database = new DocumentDatabase(ndiFolder(path), 'read', { indexFolder });
  const pattern = { query: [{ field: 'demoNDI.value', operation: 'hasfield', param1: '', param2: '' }] } as const;
  const page = { sort: 'name', descending: false, offset: 0, limit: 10 };
  const aside = async () => (await database.quick?.thread.ask({ ask: 'page', filter: pattern, request: page }))?.total;
  expect([database.count(pattern), await aside()]).toEqual([1, 1]);
  for (const name of readdirSync(indexFolder)) if (name.endsWith('.sqlite')) removeIndexFile(join(indexFolder, name));
  const writer = new DocumentDatabase(ndiFolder(path), 'write');
  const second = demoDocument(2);
  writer.add([second]);
  writer.close();
  expect(database.holds(documentId(second))).toBe(true);
  expect([database.count(pattern), await aside()]).toEqual([2, 2]);
  expect(readdirSync(indexFolder).filter((name) => name.endsWith('.sqlite'))).toHaveLength(1);
  database.close();
});
