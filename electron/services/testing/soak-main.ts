import { rejects } from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createServices } from '../services.ts';

/**
 * Opens, scrubs and closes recordings again and again, in a process of its own: the memory of a process is that of all
 * who share it. Arguments: data folder, rounds, paths of the recordings. Prints the memory as JSON (`SoakReport`).
 */

/** Bytes after a quarter of the rounds and after the last. */
export interface SoakReport {
  readonly early: { readonly heap: number; readonly rss: number };
  readonly late: { readonly heap: number; readonly rss: number };
  readonly budget: number;
}

const [dataFolder = '', rounds = '', ...paths] = process.argv.slice(2);
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function measure(): SoakReport['late'] {
  collect();
  const { heapUsed, rss, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed + arrayBuffers, rss };
}

const services = createServices({ door: 'cli', dataFolder });
let early = measure();
for (let round = 0; round < Number(rounds); round++) {
  for (const path of paths) await scrub(services, path, round);
  if (round % 5 === 0) await services.clearCaches();
  if (round === Math.floor(Number(rounds) / 4)) early = measure();
}
const report: SoakReport = { early, late: measure(), budget: services.meter().budgetBytes };
process.stdout.write(JSON.stringify(report));
await services.close();

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
  await rejects(late, { code: 'app.cancelled' });
}
