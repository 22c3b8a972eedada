// Bytes stream through, and of documents only what identifies them is held: memory does not grow with what travels.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, it } from 'vitest';
import { startCloudApart } from '../apart.ts';
import { Computer } from './computer.ts';

/** Gigabytes that go both ways; `NDI_CLOUD_LARGE_GB=50` for the long run. */
const GB = Number(process.env['NDI_CLOUD_LARGE_GB'] ?? 0.2);
/** Documents that go both ways; `NDI_CLOUD_MANY=100000` for the long run. */
const MANY = Number(process.env['NDI_CLOUD_MANY'] ?? 3000);
const isLong = process.env['NDI_CLOUD_LARGE_GB'] !== undefined || process.env['NDI_CLOUD_MANY'] !== undefined;
const WARM_GB = 0.2;
/** By so much more may be held after the first 0.2 GB have gone both ways. */
const GROWTH_BYTES = 50e6;
/** What is held of a document while it travels: its id, hashes and names on both sides, and its step of the plan. */
const HELD_BYTES = 2500;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const folder = mkdtempSync(join(tmpdir(), 'ndi-memory-'));
// The cloud counts what comes and keeps files of zeros: it is not what is measured.
const cloud = await startCloudApart(join(folder, 'cloud'), { discardBytes: true });
const computer = new Computer({ ...cloud, folder });
afterAll(() => {
  computer.journal.close();
  cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What this thread holds: other tests run in the same process. */
function held(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const say = (line: string) => isLong && process.stdout.write(`${line}\n`);

/** Looks at a measure while something is done; gives the most that it showed. */
async function most(measure: () => number, everyMs: number, work: () => Promise<unknown>): Promise<number> {
  let largest = measure();
  const looking = setInterval(() => (largest = Math.max(largest, measure())), everyMs);
  try {
    await work();
  } finally {
    clearInterval(looking);
  }
  return Math.max(largest, measure());
}

/** Sparse files, which take no room on the disk, of at most the 5 GiB that the service takes. */
async function madeFiles(name: string, gigabytes: number) {
  const fileBytes = Math.min(5, gigabytes / 4) * 1e9;
  const count = Math.ceil((gigabytes * 1e9) / fileBytes);
  const sizes = Array.from({ length: count }, () => 0);
  const path = computer.dataset(name, count + 1, sizes);
  for (const { path: file } of computer.filesOf(path)) truncateSync(file ?? '', fileBytes);
  const datasetId = await computer.link(path);
  return { path, datasetId, count, fileBytes };
}

/** What has been fetched is zeros: its room is given back while more comes, where the system can. */
function giveRoomBack(path: string): void {
  for (const part of [join(path, '.ndi', 'sync', 'parts'), join(path, '.ndi', 'files')]) {
    for (const name of existsSync(part) ? readdirSync(part) : []) {
      const file = join(part, name);
      const { size, blocks } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0, blocks: 0 };
      if (blocks * 512 < 200e6) continue;
      spawnSync('fallocate', ['--punch-hole', '--offset', '0', '--length', String(size - (size % 4096)), file]);
    }
  }
}
const canGiveRoomBack = spawnSync('fallocate', ['--version']).status === 0;

async function bothWays(name: string, gigabytes: number) {
  const { path, datasetId, count, fileBytes } = await madeFiles(name, gigabytes);
  const began = Date.now();
  const sent = await computer.sync(path, { mode: 'uploadNew' });
  const sec = (Date.now() - began) / 1000;
  expect([sent.success, sent.tally.sentFiles, sent.tally.sentBytes >= count * fileBytes]).toEqual([true, count, true]);
  if (gigabytes > 4 && !canGiveRoomBack) {
    say('fetched none: this system cannot give the room of zeros back');
    return { sec, fetchSec: 0 };
  }
  const { path: copy } = await computer.download(datasetId, `${name} copy`);
  const giving = gigabytes > 4 ? setInterval(() => giveRoomBack(copy), 1000) : undefined;
  const fetchBegan = Date.now();
  const fetched = await computer.sync(copy, { mode: 'downloadNew', files: true });
  clearInterval(giving);
  expect([fetched.success, fetched.tally.fetchedFiles]).toEqual([true, count]);
  for (const { path: file } of computer.filesOf(copy)) expect(statSync(file ?? '').size).toBe(fileBytes);
  return { sec, fetchSec: (Date.now() - fetchBegan) / 1000 };
}

it(`${GB} GB go both ways with little memory`, { timeout: 180_000 + GB * 60_000 }, async () => {
  // The first files fill buffers and heap; what comes after must not add to them.
  const first = await most(held, 200, () => bothWays('warm', WARM_GB));
  const all = await most(held, 200, async () => {
    const { sec, fetchSec } = await bothWays('large', GB);
    say(`${GB} GB sent in ${sec.toFixed(0)} s, fetched in ${fetchSec.toFixed(0)} s`);
  });
  say(`memory: ${(first / 1e6).toFixed(0)} MB with the first ${WARM_GB} GB, ${(all / 1e6).toFixed(0)} MB at most`);
  expect(all - first).toBeLessThan(GROWTH_BYTES);
});

it(
  `${MANY} documents go both ways, of which only what identifies them is held`,
  { timeout: 180_000 + MANY * 10 },
  async () => {
    const path = computer.dataset('many', 1);
    // As in recordings: nearly all of them depend on a few.
    const [subject = ''] = computer.demoIds(path);
    const depends_on = [{ name: 'document_id', value: subject }];
    for (let at = 0; at < MANY; at += 5000) {
      const some = Array.from({ length: Math.min(5000, MANY - at) }, (_, n) => computer.demo('many', at + n));
      computer.put(
        path,
        some.map((document) => ({ ...document, depends_on })),
      );
    }
    const datasetId = await computer.link(path);
    const before = held();
    const seconds: number[] = [];
    const timed = async (work: Promise<{ success: boolean } | { path: string }>) => {
      const began = Date.now();
      const done = await work;
      seconds.push((Date.now() - began) / 1000);
      return done;
    };
    const largest = await most(held, MANY / 10, async () => {
      expect(await timed(computer.sync(path, { mode: 'uploadNew' }))).toMatchObject({ success: true });
      await timed(computer.download(datasetId, 'many copy'));
    });
    expect(computer.ids(join(folder, 'many copy', datasetId))).toEqual(computer.ids(path));
    const [up = 0, down = 0] = seconds.map((sec) => MANY / sec);
    const each = (largest - before) / MANY;
    say(
      `${MANY} documents: ${up.toFixed(0)}/s sent, ${down.toFixed(0)}/s fetched; ${each.toFixed(0)} bytes held of each`,
    );
    // Some megabytes are one archive of 2000 on its way.
    expect(largest - before).toBeLessThan(30e6 + MANY * HELD_BYTES);
  },
);
