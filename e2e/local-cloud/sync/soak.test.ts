// Many small syncs, as a scheduler makes them for months: nothing grows with their number.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { documentId } from '../../../shared/model/documents.ts';
import { Application } from './application.ts';
import { makeWorld } from './world.ts';

/** Syncs; `NDI_CLOUD_SOAK=1000` for the long run. */
const SYNCS = Number(process.env['NDI_CLOUD_SOAK'] ?? 60);
/** By so much may grow from the middle to the end; a thing that stays with every sync would be more. */
const HEAP_GROWTH_BYTES = 2.5e6;
const JOURNAL_GROWTH_BYTES = 300_000;
/** SQLite's own log goes up and down: it is worked in at 1,000 pages, and its file then stays as long as it was. */
const LOG_BYTES = 5e6;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const world = await makeWorld();

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) yield join(entry.parentPath, entry.name);
  }
}

it(
  `keeps its memory, its handles, its journal and its folders through ${SYNCS} syncs`,
  { timeout: 180_000 + SYNCS * 1000 },
  async () => {
    const path = world.dataset('soak', 12, [100, 200]);
    const { datasetId } = await world.upload(path);
    const app = new Application({ dataFolder: join(world.folder, 'soaking') });
    const { email, password } = world.user;
    await app.accounts.signIn({ email, password, server: world.cloud.url });
    const ids = world.demoIds(path);
    // Its journal learns what is common.
    await app.transfers.finish(await app.transfers.start({ kind: 'upload', path }));
    const measure = () => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      const kept = [...filesBelow(app.dataFolder)].map((file) => ({
        isLog: file.endsWith('-wal'),
        size: statSync(file).size,
      }));
      const logs = kept.filter(({ isLog }) => isLog).map(({ size }) => size);
      return {
        heap: heapUsed + arrayBuffers,
        handles: process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout').length,
        journal: kept.reduce((sum, { isLog, size }) => sum + (isLog ? 0 : size), 0),
        log: Math.max(0, ...logs),
        files: [...filesBelow(path), ...filesBelow(app.dataFolder)].length,
      };
    };
    let added: string | null = null;
    let middle = measure();
    for (let n = 0; n < SYNCS; n += 1) {
      // One document changes here, another there; one comes, and goes with the next sync.
      world.edit(path, ids[n % 5] ?? '', { 'demoNDI.value': 1000 + n });
      world.editThere(datasetId, ids[5 + (n % 5)] ?? '', { 'demoNDI.value': 1000 + n });
      const gone = added;
      if (gone !== null) world.copy(path, (copy) => copy.remove([gone]));
      const demo = world.demo('soak', n);
      world.put(path, [demo]);
      added = documentId(demo);
      const options = { mode: 'twoWay', deletions: true, files: true, updateEdited: true } as const;
      const approval = { yes: true, maxDeletions: 5 };
      const id = await app.transfers.start({ kind: 'sync', path, options, approval });
      const report = await app.transfers.finish(id);
      expect([report.failed, report.sent, report.updated, report.deletedThere]).toEqual([[], 1, 2, n === 0 ? 0 : 1]);
      // What the local cloud remembers of requests is not what is measured.
      world.cloud.cloud.log.length = 0;
      if (n === Math.floor(SYNCS / 2)) middle = measure();
    }
    const end = measure();
    await app.close();
    const grown = { heap: end.heap - middle.heap, journal: end.journal - middle.journal };
    if (process.env['NDI_CLOUD_SOAK'] !== undefined)
      process.stdout.write(`${JSON.stringify({ middle, end, grown })}\n`);
    expect(grown.heap).toBeLessThan(HEAP_GROWTH_BYTES);
    expect(grown.journal).toBeLessThan(JOURNAL_GROWTH_BYTES);
    expect(end.log).toBeLessThan(LOG_BYTES);
    expect(end.handles).toBeLessThanOrEqual(middle.handles + 4);
    expect(end.files).toBe(middle.files);
    expect(world.remoteIds(datasetId)).toEqual(world.ids(path));
  },
);
