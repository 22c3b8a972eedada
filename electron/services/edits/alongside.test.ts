import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { createSession } from '../../ndi/create-session.ts';
import { inDatabase } from '../../ndi/testing/database-file.ts';
import { cleanUp, temporaryFolder } from '../../ndi/testing/folders.ts';
import { hasPython } from '../../ndi/testing/python.ts';
import { openSession } from '../../ndi/session.ts';

afterAll(cleanUp);

const source = fileURLToPath(new URL('./testing/write-alongside.ts', import.meta.url));
const ROUNDS = 25;
const WINDOWS = ['one', 'two', 'three'];

/** Python writes documents in its own way, a commit each, and holds the database for a moment now and then. */
const PYTHON = `
import json, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=30)
for number in range(${2 * ROUNDS}):
    ident = "%016x_%016x" % (0x0006450000000000 + number, number)
    document = {"base": {"session_id": sys.argv[2], "id": ident, "name": "python", "datestamp": "2025-12-12T12:15:04.583Z"},
                "document_class": {"class_name": "demoNDI", "superclasses": [{"definition": "$NDIDOCUMENTPATH/base.json"}]},
                "demoNDI": {"value": number}}
    db.execute("BEGIN IMMEDIATE")
    index = db.execute("INSERT INTO docs (doc_id, json_code, timestamp) VALUES (?, ?, 739963.5)", (ident, json.dumps(document))).lastrowid
    db.execute("INSERT INTO branch_docs VALUES ('a', ?, 739963.5)", (index,))
    if number % 10 == 5: time.sleep(0.4)
    db.commit()
print(json.dumps({"busy": 0, "left": []}))`;

interface Told {
  readonly busy: number;
  readonly left: readonly (readonly [id: string, value: number])[];
}

async function outcomeOf(command: string, ...args: string[]): Promise<Told> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  expect((await once(child, 'close'))[0]).toBe(0);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Told;
}

/** Looks at the session again and again while others write: it is busy, or whole. @returns how often it was whole */
async function watch(path: string, signal: AbortSignal): Promise<number> {
  let whole = 0;
  while (!signal.aborted) {
    try {
      const reader = openSession(path);
      expect(reader.problems()).toEqual([]);
      // Each action adds three documents of a window and takes one of its own away.
      const counts = WINDOWS.map(
        (name) => reader.documents({ class: 'demoNDI' }).filter((one) => one.name === name).length,
      );
      for (const count of counts) expect(count === 0 || count % 2 === 1).toBe(true);
      reader.close();
      whole += 1;
    } catch (error) {
      if (!(error instanceof NdiError) || error.code !== 'database.busy') throw error;
    }
    await wait(20);
  }
  return whole;
}

describe.skipIf(!hasPython)('several windows and Python that write at the same time', () => {
  it('lose nothing, and whoever looks meanwhile sees whole actions', async () => {
    const [path, scratch] = [temporaryFolder(), temporaryFolder()];
    const session = createSession({ path, reference: 'shared' });
    session.close();
    const script = join(scratch, 'write-alongside.mjs');
    await build({
      entryPoints: [source],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outfile: script,
    });
    const over = new AbortController();
    const seen = watch(path, over.signal);
    const windows = WINDOWS.map((name) => outcomeOf(process.execPath, script, path, scratch, name, String(ROUNDS)));
    const python = outcomeOf('python3', '-c', PYTHON, join(path, '.ndi', 'did-sqlite.sqlite'), session.id);
    const told = await Promise.all([...windows, python]).finally(() => over.abort());
    expect(await seen).toBeGreaterThan(0);

    const reader = openSession(path);
    const entries = reader.documents({ class: 'demoNDI' });
    for (const [id, value] of told.flatMap(({ left }) => left)) {
      expect(valueAt(reader.document(id), 'demoNDI.value')).toBe(value);
    }
    for (const [at, name] of WINDOWS.entries()) {
      const own = entries.filter((one) => one.name === name);
      expect(own).toHaveLength(told[at]?.left.length ?? 0);
      for (const { id } of own) expect(readFileSync(reader.binaryFile(id, 'filename1.ext'), 'utf8')).toBe(name);
    }
    expect(entries.filter((one) => one.name === 'python')).toHaveLength(2 * ROUNDS);
    reader.close();

    const ndi = join(path, '.ndi');
    const [integrity, uids] = inDatabase(path, (database) => [
      database.prepare('PRAGMA integrity_check').all(),
      database
        .prepare('SELECT uid FROM files ORDER BY 1')
        .all()
        .map((row) => row['uid']),
    ]);
    expect(integrity).toEqual([{ integrity_check: 'ok' }]);
    expect(readdirSync(join(ndi, 'files')).sort()).toEqual(uids);
    expect(readdirSync(ndi).filter((name) => /^ndi-desktop-|-(?:journal|wal|shm)$/.test(name))).toEqual([]);
  });
});
