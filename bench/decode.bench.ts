// Reading of long recordings, as ratios in one run: beside python3-neo where it is installed, and beside the physical
// limits: `pread` of the file into one place, and where there is `cc` a plain C loop that sets the words apart by channel
// and does nothing else. Sizes: NDI_BENCH_MB (1000), repetitions: NDI_BENCH_RUNS (5), only some formats: NDI_BENCH_ONLY
// (the beginning of a name).
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openRecording } from '../electron/formats/registry.ts';
import { startDataWorkers, type DataWorkers } from '../electron/workers/data-workers.ts';
import { writeNs5, writeRhd, writeSpikeGlx } from './generate.ts';
import { measureDecode } from './full-decode.ts';
import { compilePlainLoop, runPlainLoop, type Limits } from './plain-loop.ts';

const MEGABYTES = Number(process.env['NDI_BENCH_MB'] ?? 1000);
const RUNS = Number(process.env['NDI_BENCH_RUNS'] ?? 5);
const COLUMNS = 2000;
/** Seconds at random, by us, by neo and by the C loop the same ones. */
const SECONDS = 100;
/** Unmeasured ones before: neo and C have no code to warm up. */
const WARM_UP = 20;
const CHANNEL_STEP = 7;

const folder = mkdtempSync(join(tmpdir(), 'ndi-bench-'));
const print = (line: string) => process.stdout.write(`${line}\n`);

/** NaN of nothing. */
function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;
}

const median = (values: readonly number[]) => quantile(values, 0.5);

/** Milliseconds of each run of a task after those that warm it up. */
async function times(task: (run: number) => unknown, runs = RUNS, warmUp = 1): Promise<number[]> {
  const taken: number[] = [];
  for (let run = -warmUp; run < runs; run++) {
    const started = performance.now();
    await task(run + warmUp);
    if (run >= 0) taken.push(performance.now() - started);
  }
  return taken;
}

function row(name: string, milliseconds: number, ...ratios: [string, number][]): void {
  const texts = ratios
    .filter(([, value]) => Number.isFinite(value))
    .map(([to, value]) => `${(milliseconds / value).toFixed(2)} x ${to}`);
  print(`  ${name.padEnd(50)} ${milliseconds.toFixed(2).padStart(8)} ms   ${texts.join(', ')}`);
}

const tasks = ['open', 'second', 'channel', 'channelAnew', 'decode', 'envelope'] as const;
type NeoTimes = Readonly<Record<(typeof tasks)[number], readonly number[]>>;

/** The same tasks by neo, in milliseconds of each run; nothing where it is not installed. */
function neoTimes(reader: string, path: string): NeoTimes {
  // The distribution's Python has the distribution's neo, whatever other Python comes first.
  for (const python of ['python3', '/usr/bin/python3']) {
    const script = join(import.meta.dirname, 'neo_peer.py');
    const result = spawnSync(python, [script, reader, path, String(RUNS)], { encoding: 'utf8' });
    if (result.status === 0) return JSON.parse(result.stdout) as NeoTimes;
  }
  print('  (python3-neo is not installed: nothing to compare with)');
  return Object.fromEntries(tasks.map((task) => [task, []])) as unknown as NeoTimes;
}

/** The whole file into one place. */
function readThrough(path: string): void {
  const file = openSync(path, 'r');
  const place = new Uint8Array(1 << 19);
  while (readSync(file, place) > 0);
  closeSync(file);
}

interface Bench {
  readonly path: string;
  /** How many channels neo gives too. */
  readonly analog: number;
  readonly end: number;
  readonly neo: NeoTimes;
  readonly limits: Limits | null;
}

const allOf = (analog: number) => `ai1-${analog}`;

/** Where the n-th second at random begins. */
const placeOf = (run: number, end: number) => ((run * 0.618_034) % 1) * (end - 1);

async function benchSeconds(workers: DataWorkers, { path, analog, end, neo, limits }: Bench): Promise<void> {
  const channels = allOf(analog);
  const query = (run: number) => {
    const from = placeOf(run, end);
    return { channels, from, to: from + 1, unit: 'seconds' as const };
  };
  const plain = limits?.second ?? [];
  const rows = (name: string, taken: readonly number[], peer: string) => {
    row(`${name}, median`, median(taken), [peer, median(neo.second)], ['C loop', median(plain)]);
    row(`${name}, 95 %`, quantile(taken, 0.95), [peer, quantile(neo.second, 0.95)], ['C loop', quantile(plain, 0.95)]);
  };
  const singles = async (run: number) => (await workers.readSingles(path, query(run))).release();
  rows('1 s of all channels, float32', await times(singles, SECONDS, WARM_UP), 'neo');
  const doubles = async (run: number) => (await workers.readArrays(path, query(run))).release();
  rows('1 s of all channels, doubles', await times(doubles, SECONDS, WARM_UP), 'neo to float32');
  const view = (run: number) => {
    const t0 = placeOf(run, end);
    return workers.view(path, { channels, t0, t1: t0 + 1, columns: COLUMNS });
  };
  rows('view of 1 s of all channels', await times(view, SECONDS, WARM_UP), 'neo reading it');
}

/** One channel from one end to the other: every sample, from the samples, and from the built pyramid. */
async function benchChannel(workers: DataWorkers, { path, analog, end, neo, limits }: Bench): Promise<void> {
  // Each run another, as in neo_peer.py: what was read for the last would still be in the processor's cache.
  const channelOf = (run: number) => `ai${1 + ((CHANNEL_STEP * run) % analog)}`;
  const [chunks, pieces] = [median(limits?.channel ?? []), median(limits?.channelPieces ?? [])];
  const peers: [string, number][] = [
    ['neo', median(neo.channel)],
    ['neo just opened', median(neo.channelAnew)],
    ['pread in C', pieces < chunks ? pieces : chunks],
    ['memory map in C', median(limits?.channelMap ?? [])],
  ];
  const all = { from: 0, to: Number.MAX_SAFE_INTEGER, unit: 'samples' as const };
  const read = async (run: number) => (await workers.readSingles(path, { channels: channelOf(run), ...all })).release();
  row('one channel of the whole file, float32', median(await times(read)), ...peers);
  const viewOf = (run: number) => ({ channels: channelOf(run), t0: 0, t1: end, columns: COLUMNS });
  row(`the same in ${COLUMNS} columns`, median(await times((run) => workers.view(path, viewOf(run)))), ...peers);
  const { parts, stamp } = await workers.planPyramid(path);
  const access = { folder: join(folder, 'levels'), stamp, ready: new SharedArrayBuffer(parts) };
  const options = { isNew: true, onPart: () => undefined, onSynced: () => undefined };
  await workers.buildPyramid(path, access, { ...options, signal: new AbortController().signal });
  const quick = await times((run) => workers.view(path, viewOf(run), undefined, access));
  row(`the same in ${COLUMNS} columns from the pyramid`, median(quick), ...peers);
  rmSync(access.folder, { recursive: true });
}

async function bench(
  title: string,
  reader: string,
  program: string | null,
  write: (path: string, bytes: number) => void,
  name: string,
): Promise<void> {
  const path = join(folder, 'big', name);
  const small = join(folder, 'small', name);
  write(path, MEGABYTES * 1e6);
  write(small, 1e6);
  const pread = median(await times(() => readThrough(path)));
  print(`\n${title}, ${(statSync(path).size / 1e6).toFixed(0)} MB; pread of it all takes ${pread.toFixed(0)} ms`);
  const neo = neoTimes(reader, path);
  const limits = program === null ? null : runPlainLoop(program, path, RUNS);

  const openSmall = median(await times(() => openRecording(small), SECONDS, WARM_UP));
  const openBig = median(await times(() => openRecording(path), SECONDS, WARM_UP));
  row('open and header', openBig, ['a file of 1 MB', openSmall], ['neo', median(neo.open)]);

  const workers = startDataWorkers();
  try {
    const info = await workers.describe(path);
    const analog = info.channels.filter(({ type }) => type === 'analog_in').length;
    const end = info.segments.at(-1)?.t1 ?? 0;
    const one = { path, analog, end, neo, limits };
    await benchSeconds(workers, one);
    await benchChannel(workers, one);
    const whole = await times(() => workers.view(path, { channels: allOf(analog), t0: 0, t1: end, columns: COLUMNS }));
    row(`all channels in ${COLUMNS} columns`, median(whole), ['neo and numpy', median(neo.envelope)], ['pread', pread]);
  } finally {
    await workers.close();
  }
  for (const threads of [1, 2]) {
    const decode = await measureDecode(path, threads, RUNS);
    const peers: [string, number][] = [
      ['neo', median(neo.decode)],
      ['C loop', median(limits?.decode ?? [])],
      ['pread', pread],
    ];
    row(`decode all to float32, ${threads === 1 ? '1 thread' : `${threads} threads`}`, decode, ...peers);
  }
  for (const made of [path, small]) rmSync(dirname(made), { recursive: true });
}

try {
  print(`Reading recordings (median of ${RUNS}, seconds at random of ${SECONDS}; page cache warm)`);
  const program = compilePlainLoop(folder);
  if (program === null) print('(No cc on this machine: nothing beside the plain C loop)');
  const formats = [
    [
      'Blackrock .ns5, 96 channels',
      'BlackrockRawIO',
      'a.ns5',
      (path: string, bytes: number) => writeNs5(path, 96, bytes),
    ],
    ['Intan .rhd 3.0, 64 channels', 'IntanRawIO', 'a.rhd', (path: string, bytes: number) => writeRhd(path, 64, bytes)],
    ['SpikeGLX, 384 channels', 'SpikeGLXRawIO', 'a_g0_t0.imec0.ap.bin', writeSpikeGlx],
  ] as const;
  for (const [title, reader, name, write] of formats) {
    if (!title.startsWith(process.env['NDI_BENCH_ONLY'] ?? '')) continue;
    for (const part of ['big', 'small']) mkdirSync(join(folder, part));
    await bench(title, reader, program, write, name);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
