import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, afterAll, beforeEach, expect, it } from 'vitest';
import { writeNs5 } from '../../../bench/generate.ts';
import { startDataWorkers, type DataWorkers } from '../../workers/data-workers.ts';
import { Jobs } from '../jobs.ts';
import { OpenItems } from '../open-items.ts';
import { SignalsService } from '../signals.ts';
import { listPyramids, lockPyramid, readPyramidState, writePyramidState } from './pyramid-folder.ts';
import { fractionOf, Pyramids } from './pyramids.ts';

let folder = '';
let workers: DataWorkers;
let cacheFolder = '';
let budgetBytes = 1e9;
const recording = () => join(folder, 'long.ns5');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-pyramids-'));
  // 1.5 million samples of 32 channels: four parts.
  writeNs5(recording(), 32, 96e6);
  workers = startDataWorkers({ threads: 2 });
});
afterAll(async () => {
  await workers.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  cacheFolder = mkdtempSync(join(folder, 'cache-'));
  budgetBytes = 1e9;
});
afterEach(() => rmSync(cacheFolder, { recursive: true, force: true }));

function startPyramids() {
  const jobs = new Jobs();
  const pyramids = new Pyramids({ workers, jobs, cacheFolder, budgetBytes: () => budgetBytes });
  const signals = new SignalsService(new OpenItems(), workers, pyramids);
  return { jobs, pyramids, signals };
}

const whole = (sketch: boolean) => ({
  source: { path: recording() },
  channels: 'ai1-32',
  t0: 0,
  t1: 49,
  columns: 500,
  sketch,
});

it('answers from the samples first, builds in the background, then answers from levels: the same', async () => {
  const { pyramids, signals } = startPyramids();
  const request = whole(false);
  const plain = await signals.envelope(request);
  expect(plain.level).toBe(0);
  const sketch = await signals.view(whole(true));
  expect(sketch.header.job).toMatch(/^pyramid:/);
  await pyramids.complete(recording());
  const quick = await signals.envelope(request);
  expect(quick.level).toBeGreaterThan(0);
  expect(quick.channels).toEqual(plain.channels);
  const view = await signals.view(whole(true));
  expect(view.header).toMatchObject({ sampled: 0, level: 2 });
  expect(view.header.job).toBeUndefined();
  const one = await signals.view({ ...whole(false), channels: 'ai7' });
  const among = view.header.channels.find(({ name }) => name === 'ai7')?.runs[0];
  expect([...one.body]).toEqual([...view.body.subarray(among?.at, (among?.at ?? 0) + 2 * (among?.count ?? 0))]);
});

it('goes on where it was left, and makes nothing twice', async () => {
  const first = startPyramids();
  await first.pyramids.complete(recording());
  const [stored] = listPyramids(cacheFolder);
  const state = readPyramidState(stored?.folder ?? '');
  if (stored === undefined || state === null) throw new Error('There is no pyramid.');
  // As after a kill: the last part was not finished, and the lock of a dead process is still there.
  state.done[state.done.length - 1] = 0;
  writePyramidState(stored.folder, state);
  const second = startPyramids();
  const found = await second.pyramids.find(recording());
  expect(found === undefined ? NaN : fractionOf(found.access)).toBeCloseTo(1 - 1 / state.done.length, 9);
  const half = await second.signals.view(whole(false));
  expect(half.header.sampled).toBe(0);
  await second.pyramids.complete(recording());
  const full = await second.signals.view(whole(false));
  expect(full.body).toEqual(half.body);
  expect(readPyramidState(stored.folder)?.done.every((byte) => byte === 1)).toBe(true);
});

it('survives a kill at any moment: what is marked as built is right', async () => {
  const source = `
    import { startDataWorkers } from ${JSON.stringify(new URL('../../workers/data-workers.ts', import.meta.url).href)};
    import { Jobs } from ${JSON.stringify(new URL('../jobs.ts', import.meta.url).href)};
    import { Pyramids } from ${JSON.stringify(new URL('./pyramids.ts', import.meta.url).href)};
    const [, path, cacheFolder] = process.argv;
    const workers = startDataWorkers({ threads: 2 });
    const options = { workers, jobs: new Jobs(), cacheFolder, budgetBytes: () => 1e9 };
    setInterval(() => console.log(workers.size), 20);
    await new Pyramids(options).complete(path);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source, recording(), cacheFolder]);
  const ended = once(child, 'exit');
  // Its first breath is somewhere in the middle of the work.
  await Promise.race([once(child.stdout, 'data'), ended]);
  child.kill('SIGKILL');
  await ended;
  const { pyramids, signals } = startPyramids();
  const plain = await workers.view(recording(), { ...whole(false), timeShift: 0 });
  await pyramids.complete(recording());
  const built = await signals.view(whole(false));
  const extremes = (body: Float32Array) => [Math.min(...body), Math.max(...body)];
  expect(built.header.level).toBe(2);
  expect(extremes(built.body)).toEqual(extremes(plain.body));
  const exact = { channels: 'ai1-32', t0: 1, t1: 45, columns: 77 };
  const quick = await signals.envelope({ source: { path: recording() }, ...exact });
  expect(quick.channels).toEqual((await workers.envelope(recording(), exact)).channels);
});

it('is made anew when the recording changes, and is not believed when its files are cut off', async () => {
  const { pyramids, signals } = startPyramids();
  await pyramids.complete(recording());
  const before = await signals.view(whole(false));
  const [stored] = listPyramids(cacheFolder);
  const level = join(stored?.folder ?? '', 's0_L2.bin');
  truncateSync(level, 2000);
  await workers.clearCaches();
  const after = await signals.view(whole(false));
  expect(after.header.level).toBe(0);
  expect(existsSync(level)).toBe(false);
  await pyramids.complete(recording());
  utimesSync(recording(), new Date(1e12), new Date(1e12));
  const changed = startPyramids();
  expect(await changed.pyramids.find(recording())).toBeUndefined();
  await changed.pyramids.complete(recording());
  expect((await changed.signals.view(whole(false))).body).toEqual(before.body);
});

it('stays within the budget: what was not used for longest goes first, what is too large is not made', async () => {
  const other = join(folder, 'other.ns5');
  writeNs5(other, 32, 40e6);
  const { pyramids } = startPyramids();
  const first = await pyramids.complete(other);
  const size = await workers.planPyramid(recording());
  budgetBytes = size.bytes + 1;
  expect(first.bytes).toBeGreaterThan(1);
  await pyramids.complete(recording());
  expect(listPyramids(cacheFolder).map(({ path }) => path)).toEqual([recording()]);
  budgetBytes = 1000;
  const small = startPyramids();
  await expect(small.pyramids.complete(other)).rejects.toMatchObject({ code: 'range.tooLarge' });
  expect(readdirSync(cacheFolder).length).toBe(1);
});

it('is built by one process at a time; the lock of a dead one does not count', () => {
  const place = join(cacheFolder, 'x');
  expect(lockPyramid(place)).toBe(true);
  writeFileSync(join(place, 'building.lock'), String(process.ppid));
  expect(lockPyramid(place)).toBe(false);
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(join(place, 'building.lock'), String(pid));
  expect(lockPyramid(place)).toBe(true);
});
