// Reading of long recordings, as ratios in one run: against `cat FILE > /dev/null` (what the disk cache gives) and,
// where python3-neo is installed, against neo. Sizes: NDI_BENCH_MB (1000), repetitions: NDI_BENCH_RUNS (5).
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecording } from '../electron/formats/registry.ts';
import { startDataWorkers } from '../electron/workers/data-workers.ts';
import { writeNs5, writeRhd } from './generate.ts';
import { measureDecode } from './full-decode.ts';

const MEGABYTES = Number(process.env['NDI_BENCH_MB'] ?? 1000);
const RUNS = Number(process.env['NDI_BENCH_RUNS'] ?? 5);
const COLUMNS = 2000;

const folder = mkdtempSync(join(tmpdir(), 'ndi-bench-'));
const print = (line: string) => process.stdout.write(`${line}\n`);

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function quantile(values: number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;
}

/** Median milliseconds of a task, after one run to warm up. */
async function time(task: () => unknown, runs = RUNS): Promise<number> {
  await task();
  const taken: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await task();
    taken.push(performance.now() - started);
  }
  return median(taken);
}

function row(name: string, milliseconds: number, ...ratios: [string, number][]): void {
  const texts = ratios
    .filter(([, value]) => Number.isFinite(value))
    .map(([to, value]) => `${value.toFixed(2)} x ${to}`);
  print(`  ${name.padEnd(46)} ${milliseconds.toFixed(2).padStart(10)} ms   ${texts.join(', ')}`);
}

interface NeoTimes {
  open: number;
  second: number;
  decode: number;
  envelope: number;
}

/** The same tasks by neo, or NaN where it is not installed. */
function neoTimes(reader: string, path: string): NeoTimes {
  const none = { open: NaN, second: NaN, decode: NaN, envelope: NaN };
  // The distribution's Python has the distribution's neo, whatever other Python comes first.
  for (const python of ['python3', '/usr/bin/python3']) {
    const script = join(import.meta.dirname, 'neo_peer.py');
    const result = spawnSync(python, [script, reader, path, String(RUNS)], { encoding: 'utf8' });
    if (result.status === 0) return JSON.parse(result.stdout) as NeoTimes;
  }
  print('  (python3-neo is not installed: nothing to compare with)');
  return none;
}

async function bench(title: string, reader: string, big: string, small: string): Promise<void> {
  const bytes = statSync(big).size;
  const cat = await time(() => execFileSync('sh', ['-c', 'cat "$0" > /dev/null', big]));
  print(`\n${title}, ${(bytes / 1e6).toFixed(0)} MB; cat > /dev/null takes ${cat.toFixed(0)} ms`);
  const neo = neoTimes(reader, big);

  const openBig = await time(() => openRecording(big), 20);
  const openSmall = await time(() => openRecording(small), 20);
  row('open and header', openBig, ['a file of 1 MB', openBig / openSmall], ['neo', openBig / neo.open]);

  const workers = startDataWorkers();
  try {
    const info = await workers.describe(big);
    const end = info.segments.at(-1)?.t1 ?? 0;
    const seconds: number[] = [];
    for (let index = 0; index < 40; index++) {
      const from = ((index * 0.618_034) % 1) * (end - 1);
      const started = performance.now();
      await workers.readArrays(big, { channels: 'all', from, to: from + 1, unit: 'seconds' });
      seconds.push(performance.now() - started);
    }
    row('1 s of all channels as doubles, median', median(seconds), ['neo', median(seconds) / neo.second]);
    row('1 s of all channels as doubles, 95 %', quantile(seconds, 0.95));
    const views: number[] = [];
    for (let index = 0; index < 40; index++) {
      const t0 = ((index * 0.618_034) % 1) * (end - 1);
      const started = performance.now();
      await workers.view(big, { channels: 'all', t0, t1: t0 + 1, columns: COLUMNS });
      views.push(performance.now() - started);
    }
    row('view of 1 s of all channels, median', median(views), ['neo reading it', median(views) / neo.second]);
    row('view of 1 s of all channels, 95 %', quantile(views, 0.95));
    const whole = await time(() => workers.view(big, { channels: 'all', t0: 0, t1: end, columns: COLUMNS }));
    const ratios = [['cat', whole / cat] as [string, number], ['neo', whole / neo.envelope] as [string, number]];
    row(`view of the whole file, ${COLUMNS} columns`, whole, ...ratios);
    const one = await time(() => workers.view(big, { channels: 'ai5', t0: 0, t1: end, columns: COLUMNS }));
    row('the same of one channel', one, ['cat', one / cat]);
  } finally {
    await workers.close();
  }
  for (const threads of [1, 2]) {
    const decode = await measureDecode(big, threads, RUNS);
    row(`decode all to float32, ${threads} threads`, decode, ['cat', decode / cat], ['neo', decode / neo.decode]);
  }
}

try {
  print(`Reading recordings (median of ${RUNS}, page cache warm)`);
  const path = (name: string) => join(folder, name);
  writeNs5(path('big.ns5'), 96, MEGABYTES * 1e6);
  writeNs5(path('small.ns5'), 96, 1e6);
  await bench('Blackrock .ns5, 96 channels', 'BlackrockRawIO', path('big.ns5'), path('small.ns5'));
  rmSync(path('big.ns5'));
  writeRhd(path('big.rhd'), 64, MEGABYTES * 1e6);
  writeRhd(path('small.rhd'), 64, 1e6);
  await bench('Intan .rhd 3.0, 64 channels', 'IntanRawIO', path('big.rhd'), path('small.rhd'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
