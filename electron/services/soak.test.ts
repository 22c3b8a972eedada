import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { writeNs5, writeRhd } from '../../bench/generate.ts';
import { createServices } from './services.ts';

/** Rounds of opening, scrubbing and closing; NDI_SOAK=1000 for a long run. */
const ROUNDS = Number(process.env['NDI_SOAK'] ?? 60);
/** By so much memory may grow from a quarter of the rounds to the last: what stays with every round would be more. */
const HEAP_GROWTH_BYTES = 8 * 1024 * 1024;
const RSS_GROWTH_BYTES = 96 * 1024 * 1024;

const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

it(
  'keeps its memory however often recordings are opened, looked at and closed',
  { timeout: 20_000 + ROUNDS * 2000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ndi-soak-'));
    const services = createServices({ door: 'cli', dataFolder: join(folder, 'data') });
    const paths = [join(folder, 'a.ns5'), join(folder, 'b.rhd'), join(folder, 'c.ns5')];
    writeNs5(paths[0] ?? '', 96, 40e6);
    writeRhd(paths[1] ?? '', 64, 20e6);
    writeNs5(paths[2] ?? '', 16, 4e6);
    const measure = () => {
      collect();
      const { heapUsed, rss, arrayBuffers } = process.memoryUsage();
      return { heap: heapUsed + arrayBuffers, rss };
    };
    let early = measure();
    try {
      for (let round = 0; round < ROUNDS; round++) {
        for (const path of paths) await scrub(services, path, round);
        if (round % 5 === 0) await services.clearCaches();
        if (round === Math.floor(ROUNDS / 4)) early = measure();
      }
      const late = measure();
      if (process.env['NDI_SOAK'] !== undefined) {
        const growth = (key: 'heap' | 'rss') => `${key} ${megabytes(early[key])} to ${megabytes(late[key])} MB`;
        process.stderr.write(`${ROUNDS} rounds: ${growth('heap')}, ${growth('rss')}.\n`);
      }
      expect(late.heap - early.heap).toBeLessThan(HEAP_GROWTH_BYTES);
      expect(late.rss - early.rss).toBeLessThan(RSS_GROWTH_BYTES);
      expect(late.rss).toBeLessThan(services.meter().budgetBytes);
    } finally {
      await services.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

async function scrub(services: ReturnType<typeof createServices>, path: string, round: number): Promise<void> {
  const source = { path };
  const info = await services.signals.describe(source);
  const end = info.segments.at(-1)?.t1 ?? 1;
  const shown = { source, channels: 'all', columns: 600 };
  for (const share of [0, 0.3, 0.6]) {
    const t0 = share * end + (round % 7) * 0.01;
    await services.signals.view({ ...shown, t0, t1: t0 + 0.5, sketch: true });
  }
  await services.signals.view({ ...shown, t0: 0, t1: end, sketch: true });
  const processing = { low: 300, high: 6000, order: 3, phase: 'zero', reference: 'median' } as const;
  await services.signals.view({ ...shown, channels: 'ai1-4', t0: 0, t1: 0.2, processing });
  await services.signals.read({ source, channels: 'ai1-8', from: 0, to: 0.1, unit: 'seconds' });
  // Somebody turns the wheel faster than the picture can follow.
  const stop = new AbortController();
  const late = services.signals.view({ ...shown, t0: 0, t1: end, columns: 800 }, stop.signal);
  stop.abort();
  await expect(late).rejects.toMatchObject({ code: 'app.cancelled' });
}
