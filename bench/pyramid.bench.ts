// Overviews of a long recording (min/max pyramids), as ratios in one run: against `cat FILE > /dev/null`, against
// numpy making the same levels, and views with the pyramid against the same views without. Size: NDI_BENCH_MB (1000).
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDataWorkers } from '../electron/workers/data-workers.ts';
import { writeNs5 } from './generate.ts';

const MEGABYTES = Number(process.env['NDI_BENCH_MB'] ?? 1000);
const RUNS = Number(process.env['NDI_BENCH_RUNS'] ?? 5);
const COLUMNS = 2000;

const folder = mkdtempSync(join(tmpdir(), 'ndi-bench-'));

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function time(task: (run: number) => unknown, runs = RUNS): Promise<number> {
  const taken: number[] = [];
  for (let run = -1; run < runs; run++) {
    const started = performance.now();
    await task(run);
    if (run >= 0) taken.push(performance.now() - started);
  }
  return median(taken);
}

function row(name: string, milliseconds: number, ...ratios: [string, number][]): void {
  const texts = ratios
    .filter(([, value]) => Number.isFinite(value))
    .map(([to, value]) => `${value.toFixed(3)} x ${to}`);
  process.stdout.write(`  ${name.padEnd(52)} ${milliseconds.toFixed(1).padStart(9)} ms   ${texts.join(', ')}\n`);
}

/** Milliseconds that numpy needs for the same levels of interleaved words; NaN where it is not installed. */
function numpyMilliseconds(path: string, channels: number, offset: number): number {
  const script = `
import sys, time
import numpy as np
path, channels, offset = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
started = time.perf_counter()
words = np.memmap(path, np.int16, "r", offset=offset)
words = words[: len(words) // channels * channels].reshape(-1, channels)
low = high = None
for step in (100, 10, 10, 10):
    a, b = (words, words) if low is None else (low, high)
    n = len(a) // step
    low = a[: n * step].reshape(n, step, channels).min(axis=1)
    high = b[: n * step].reshape(n, step, channels).max(axis=1)
print((time.perf_counter() - started) * 1e3)
`;
  const result = spawnSync('python3', ['-c', script, path, String(channels), String(offset)], { encoding: 'utf8' });
  return result.status === 0 ? Number(result.stdout) : NaN;
}

async function bench(channels: number): Promise<void> {
  const path = join(folder, `big-${channels}.ns5`);
  writeNs5(path, channels, MEGABYTES * 1e6);
  const cat = await time(() => execFileSync('sh', ['-c', 'cat "$0" > /dev/null', path]));
  const bytes = statSync(path).size;
  process.stdout.write(
    `\n${channels} channels, ${(bytes / 1e6).toFixed(0)} MB; cat > /dev/null ${cat.toFixed(0)} ms\n`,
  );
  const workers = startDataWorkers();
  try {
    const { parts, stamp, bytes: levelBytes } = await workers.planPyramid(path);
    const end = (await workers.describe(path)).segments.at(-1)?.t1 ?? 0;
    let access = { folder: '', stamp, ready: new SharedArrayBuffer(parts) };
    const build = await time(
      async (run) => {
        access = { folder: join(folder, `levels-${channels}-${run}`), stamp, ready: new SharedArrayBuffer(parts) };
        const options = { isNew: true, onPart: () => undefined, onSynced: () => undefined };
        await workers.buildPyramid(path, access, { ...options, signal: new AbortController().signal });
      },
      Math.min(3, RUNS),
    );
    const numpy = numpyMilliseconds(path, channels, 314 + 66 * channels + 9);
    row(
      `build all levels (${(levelBytes / 1e6).toFixed(0)} MB)`,
      build,
      ['cat', build / cat],
      ['numpy', build / numpy],
    );
    const view = (t0: number, t1: number, names: string, pyramid?: typeof access) => () =>
      workers.view(path, { channels: names, t0, t1, columns: COLUMNS }, undefined, pyramid);
    for (const [name, share, names] of [
      ['the whole file', 1, 'all'],
      ['a tenth of it', 0.1, 'all'],
      ['a hundredth of it', 0.01, 'all'],
      ['one channel of the whole file', 1, 'ai5'],
    ] as const) {
      const [t0, t1] = [0.3 * end * (1 - share), 0.3 * end * (1 - share) + share * end];
      const raw = await time(view(t0, t1, names));
      const quick = await time(view(t0, t1, names, access));
      row(`view of ${name}`, quick, ['without levels', quick / raw], ['cat', quick / cat]);
    }
    const none = { ...access, ready: new SharedArrayBuffer(parts) };
    const query = { channels: 'all', t0: 0, t1: end, columns: COLUMNS, sketch: true };
    row('first stripes of the whole file', await time(() => workers.view(path, query, undefined, none)));
  } finally {
    await workers.close();
    rmSync(path);
  }
}

try {
  process.stdout.write(`Overviews (median of ${RUNS}, page cache warm)\n`);
  await bench(96);
  await bench(384);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
