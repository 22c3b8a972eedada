import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { writeNs5, writeRhd } from '../../bench/generate.ts';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import type { SoakReport } from './testing/soak-main.ts';

afterAll(cleanUp);

/** Rounds of opening, scrubbing and closing; NDI_SOAK=1000 for a long run. */
const ROUNDS = Number(process.env['NDI_SOAK'] ?? 60);
/** By so much memory may grow from a quarter of the rounds to the last: what stays with every round would be more. */
const HEAP_GROWTH_BYTES = 8 * 1024 * 1024;
const RSS_GROWTH_BYTES = 96 * 1024 * 1024;

const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);

it(
  'keeps its memory however often recordings are opened, looked at and closed',
  { timeout: 180_000 + ROUNDS * 2000 },
  async () => {
    const script = fileURLToPath(new URL('testing/soak-main.ts', import.meta.url));
    const folder = temporaryFolder();
    const paths = ['a.ns5', 'b.rhd', 'c.ns5'].map((name) => join(folder, name));
    writeNs5(paths[0] ?? '', 96, 40e6);
    writeRhd(paths[1] ?? '', 64, 20e6);
    writeNs5(paths[2] ?? '', 16, 4e6);
    const args = [script, join(folder, 'data'), String(ROUNDS), ...paths];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const { early, late, budget } = JSON.parse(stdout) as SoakReport;
    if (process.env['NDI_SOAK'] !== undefined) {
      const growth = (key: 'heap' | 'rss') => `${key} ${megabytes(early[key])} to ${megabytes(late[key])} MB`;
      process.stderr.write(`${ROUNDS} rounds: ${growth('heap')}, ${growth('rss')}.\n`);
    }
    expect(late.heap - early.heap).toBeLessThan(HEAP_GROWTH_BYTES);
    expect(late.rss - early.rss).toBeLessThan(RSS_GROWTH_BYTES);
    expect(late.rss).toBeLessThan(budget);
  },
);
