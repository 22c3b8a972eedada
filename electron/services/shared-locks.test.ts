import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFile } from '../../shared/model/document-files.ts';
import { compareFiles } from '../ndi/compare/compare-files.ts';
import { copyItem } from '../ndi/copy-session.ts';
import { createSession } from '../ndi/create-session.ts';
import { openConnection } from '../ndi/database/connection.ts';
import { newDocument } from '../ndi/documents/build.ts';
import { readTableFile } from '../ndi/event-tables/read-table.ts';
import { ndiFolder } from '../ndi/folder.ts';
import { backUp } from '../ndi/maintenance/backup.ts';
import { check } from '../ndi/maintenance/check.ts';
import { sizes } from '../ndi/maintenance/sizes.ts';
import { AskThread } from '../ndi/query-index/ask-thread.ts';
import { openSession } from '../ndi/session.ts';
import { readTextTable } from '../ndi/text-table.ts';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import { startDataWorkers } from '../workers/data-workers.ts';
import { recordCreation } from './imports/creations.ts';
import { OpenItems } from './open-items.ts';

/** Another program, which at every line that it is sent tries to write, and says whether it could. */
const OTHER = `
const { DatabaseSync } = require('node:sqlite');
require('node:readline').createInterface({ input: process.stdin }).on('line', () => {
  const database = new DatabaseSync(process.argv[1], { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE; UPDATE branches SET timestamp = timestamp; COMMIT");
    console.log('wrote');
  } catch (error) {
    console.log(error.errcode === 5 ? 'busy' : String(error));
  }
  database.close();
});`;

let path: string;
let database: string;
let other: ChildProcess;

beforeEach(() => {
  path = temporaryFolder();
  createSession({ path, reference: 'shared' }).close();
  database = join(path, '.ndi', 'did-sqlite.sqlite');
  other = spawn(process.execPath, ['-e', OTHER, database], { stdio: ['pipe', 'pipe', 'inherit'] });
});
afterEach(async () => {
  other.stdin?.end();
  if (other.exitCode === null) await once(other, 'close');
});
afterAll(cleanUp);

async function othersTry(): Promise<string> {
  const said = once(other.stdout ?? other, 'data');
  other.stdin?.write('\n');
  return String((await said)[0]).trim();
}

/** What this process has open of the session's database; nothing where the system does not tell. */
function descriptors(): string[] {
  const folder = '/proc/self/fd';
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => {
    try {
      return readlinkSync(join(folder, name)) === database;
    } catch {
      return false;
    }
  });
}

const demo = () => newDocument('demoNDI', { 'demoNDI.value': 1 });

const uses: Record<string, () => unknown> = {
  'opens another connection': () => openConnection(database, 'read').close(),
  'reads the session': () => {
    const session = openSession(path);
    expect(session.documents()).toHaveLength(1);
    session.close();
  },
  'finds the item again and again': () => {
    const items = new OpenItems({ indexFolder: temporaryFolder() });
    for (let time = 0; time < 3; time += 1) {
      expect(items.session(path).documents({ class: 'session' })).toHaveLength(1);
      items.close(path);
    }
  },
  'checks it': async () => expect(await check(path)).toEqual([]),
  'measures it': () => expect(sizes(path).databaseBytes).toBeGreaterThan(0),
  'backs it up': async () => expect((await backUp(path, null)).databaseBytes).toBeGreaterThan(0),
  'copies it': async () => copyItem(path, join(temporaryFolder(), 'copy')),
  'asks it in a thread': async () => {
    const thread = new AskThread(database, () => '');
    expect(await thread.ask({ ask: 'summaries' })).toBeDefined();
    thread.close();
  },
  'builds its index': async () => {
    const items = new OpenItems({ indexFolder: temporaryFolder() });
    await items.session(path).quick?.build(() => undefined);
    items.closeAll();
  },
  'compares it with a backup byte by byte': async () => {
    const { path: place } = await backUp(path, null);
    expect(await compareFiles(database, join(place, 'did-sqlite.sqlite'))).toMatchObject({
      sizeB: expect.any(Number) as number,
    });
  },
  'notes how it was made': () => recordCreation(temporaryFolder(), path, [ndiFolder(path)]),
  'takes it for a recording, a table, a file of a document': async () => {
    const workers = startDataWorkers({ threads: 1 });
    await expect(workers.describe(database)).rejects.toMatchObject({ code: 'format.unknown' });
    expect(await workers.recognise(database)).toEqual([]);
    expect((await workers.scanFolder(ndiFolder(path))).recordings).toEqual([]);
    expect((await workers.scanFolder(path)).recordings).toEqual([]);
    await workers.close();
    await expect(readTableFile(database)).rejects.toMatchObject({ code: 'format.invalid' });
    expect(() => readTextTable(database)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
    const elsewhere = temporaryFolder();
    const session = createSession({ path: elsewhere, reference: 'another' });
    expect(() => session.addDocuments([withFile(demo(), 'filename1.ext', database)])).toThrow(
      expect.objectContaining({ code: 'document.invalid' }),
    );
    session.close();
  },
};

describe('while one connection of this process reads a database, other programs cannot write to it, though this process', () => {
  it.each(Object.keys(uses))('%s', async (name) => {
    const reader = openConnection(database, 'read');
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM docs').get();
    expect(await othersTry()).toBe('busy');
    await uses[name]?.();
    expect(await othersTry()).toBe('busy');
    reader.exec('ROLLBACK');
    reader.close();
    // What was closed with the last connection is closed: the next one keeps its locks.
    const next = openConnection(database, 'read');
    next.exec('BEGIN');
    next.prepare('SELECT count(*) FROM docs').get();
    expect(await othersTry()).toBe('busy');
    next.exec('ROLLBACK');
    next.close();
    await expect.poll(descriptors, { timeout: 20_000 }).toEqual([]);
    expect(await othersTry()).toBe('wrote');
  });

  it('opens it beside a thread of its own', async () => {
    const thread = new AskThread(database, () => '');
    await thread.ask({ ask: 'summaries' });
    // In the place of the thread, in the middle of a question: its locks are the process's.
    const reader = new DatabaseSync(database, { readOnly: true });
    reader.exec('BEGIN; SELECT count(*) FROM docs');
    openConnection(database, 'read').close();
    expect(await othersTry()).toBe('busy');
    reader.close();
    thread.close();
    await expect.poll(descriptors, { timeout: 20_000 }).toEqual([]);
    expect(await othersTry()).toBe('wrote');
  });
});
