// Bytes stream through: memory does not grow with what is sent and fetched.
import { statfsSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { makeWorld } from './world.ts';

/** Gigabytes that go both ways; `NDI_CLOUD_LARGE_GB=50` for the long run, which sends them only. */
const GB = Number(process.env['NDI_CLOUD_LARGE_GB'] ?? 0.2);
/** The service takes none above 5 GiB. */
const FILE_GB = Math.min(5, GB / 4);
const FILES = Math.ceil(GB / FILE_GB);
/** Of the client and the local cloud together, which are one process here. */
const GROWTH_BYTES = 100e6;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

// The local cloud counts what comes and keeps files of zeros: it is not what is measured.
const world = await makeWorld({ discardBytes: true });

it(`${GB} GB in ${FILES} files go with little memory`, { timeout: 60_000 + GB * 60_000 }, async () => {
  const path = world.dataset(
    'large',
    FILES + 1,
    Array.from({ length: FILES }, () => 0),
  );
  // Sparse: they take no room on the disk.
  for (const { path: file } of world.filesOf(path)) truncateSync(file ?? '', FILE_GB * 1e9);
  await world.link(path);
  collect();
  const before = process.memoryUsage().rss;
  // The first file fills buffers and heap; what comes after must not add to them.
  let [first, most] = [0, 0];
  const looking = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss - before);
    if (world.requests(/^PUT \/_s3\/files/).length === 0) first = most;
  }, 50);
  const began = Date.now();
  const { success, datasetId, tally } = await world.upload(path);
  const sec = (Date.now() - began) / 1000;
  expect(tally.failed).toEqual([]);
  expect([success, tally.sentFiles, tally.sentBytes > FILES * FILE_GB * 0.999e9]).toEqual([true, FILES, true]);
  const { bavail, bsize } = statfsSync(tmpdir());
  if (GB <= 4 && bavail * bsize > 2 * GB * 1e9) {
    const { path: copy } = await world.download(datasetId, 'large copy');
    const fetched = await world.sync(copy, { mode: 'downloadNew', files: true });
    expect([fetched.success, fetched.tally.fetchedFiles]).toEqual([true, FILES]);
    for (const { path: file } of world.filesOf(copy)) expect(statSync(file ?? '').size).toBe(FILE_GB * 1e9);
  }
  clearInterval(looking);
  if (process.env['NDI_CLOUD_LARGE_GB'] !== undefined) {
    process.stdout.write(
      `${GB} GB sent in ${sec.toFixed(0)} s; memory grew by ${(first / 1e6).toFixed(0)} MB with the first, ${(most / 1e6).toFixed(0)} MB in all\n`,
    );
  }
  expect(most - first).toBeLessThan(GROWTH_BYTES);
});
