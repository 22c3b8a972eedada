import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { testSeed } from './fuzz-seed.ts';
import { damaged, Dice, recordingWays } from './fuzz-damage.ts';
import { checkError, hasSignal, type Outcome, useRecording } from './fuzz-use.ts';
import { testContext } from './test-support.ts';

/** Damaged copies of a format. Millions: NDI_FUZZ_RUNS=1000000. The same again: NDI_FUZZ_SEED as printed. */
export const fuzzRuns = Number(process.env['NDI_FUZZ_RUNS'] ?? 10_000);
/** Of recorded files, which are larger: each format's own suite has the many. */
const RUNS_OF_RECORDED = Number(process.env['NDI_FUZZ_RUNS'] ?? 200);
/** Only this run of the seed, to look into it; what it damaged is left where it says. */
export const fuzzOnly = process.env['NDI_FUZZ_ONLY'];
export const fuzzSeed = testSeed;
/** How long a test of so many damaged copies may take on a busy machine, in milliseconds. */
export const fuzzMs = 180_000 * Math.max(1, fuzzRuns / 10_000);
/** Of the processor, whatever else the machine does. */
const MAX_MS = 2_000;
/** All that is allocated while a damaged file of some 100 KB is used. */
const MAX_BYTES = 128 << 20;
/** What may bring other bytes to where samples lie, zeros among them, which nobody could tell from silence. */
const moves: ReadonlySet<string> = new Set(['repeat', 'lose', 'lieInText']);
/** Memory in which no disk is waited for, where the system has such. */
export const fuzzPlace = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Of a folder, two files are damaged once in so many. */
const SECOND_ONE_IN = 4;
/** A file is cut after its headers were read, once in so many. */
const SHRINK_ONE_IN = 16;

interface BaseFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** What is damaged again and again, each time in one or two of its files. */
interface Base {
  /** Path or address by which it is opened. */
  readonly path: string;
  readonly files: readonly BaseFile[];
}

/** Compression around the bytes of a file, below which half of the damage is done. */
export interface Packing {
  /** Null where the file has no such compression. */
  readonly unpack: (stored: Buffer) => Buffer | null;
  readonly pack: (plain: Buffer) => Buffer;
}

export interface FuzzOptions {
  /** The file in each folder by which it is opened, where the folder itself is no recording. */
  readonly main?: string;
  /** Zeros stand between its samples, which a wrong number in its header may show: then only cuts must not. */
  readonly hasPadding?: boolean;
  readonly packing?: Packing;
  /** Whoever reads it looks elsewhere where it is damaged. */
  readonly neverRefused?: true;
  /** The address by which a base is opened, where that is not its path. */
  readonly addressOf?: (path: string) => string;
}

export type Outcomes = Record<Outcome, number>;

/**
 * Damages copies of recordings (files, or folders of which one file is damaged) in random ways and uses them: each is
 * read, or refused with an error of ours, in bounded time and memory, and never with zeros for what is missing.
 */
export function fuzz(bases: readonly string[], options: FuzzOptions = {}): void {
  fuzzTimes(fuzzRuns, bases, options);
}

/** The same for recorded files, less often. */
export function fuzzRecorded(bases: readonly string[]): void {
  fuzzTimes(RUNS_OF_RECORDED, bases, { hasPadding: true });
}

/** The same for files that are no recordings: `use` reads them, and throws errors of ours or nothing. */
export async function fuzzReader(
  bases: readonly string[],
  use: (path: string) => void | Promise<void>,
  options: FuzzOptions = {},
): Promise<void> {
  const outcomes: Outcomes = { read: 0, doubted: 0, refused: 0 };
  for (const damage of damages(fuzzRuns, bases, options)) {
    const check = watch(0);
    try {
      outcomes[await outcomeOf(use, damage.path)] += 1;
      check();
    } catch (error) {
      throw damage.failure(error);
    }
  }
  if (options.neverRefused === true && fuzzOnly === undefined) expect(outcomes.refused).toBe(0);
  else expectBoth(outcomes);
}

/** @param given path or text of what is damaged */
export async function outcomeOf(use: (given: string) => void | Promise<void>, given: string): Promise<Outcome> {
  try {
    await use(given);
    return 'read';
  } catch (error) {
    checkError(error);
    return 'refused';
  }
}

function fuzzTimes(runs: number, paths: readonly string[], options: FuzzOptions): void {
  const outcomes: Outcomes = { read: 0, doubted: 0, refused: 0 };
  const context = testContext();
  /** By path: zeros in its samples would be of our making. */
  const signals = new Map<string, boolean>();
  const notice = (path: string) => signals.set(path, hasSignal(context, path));
  for (const { path, ways, shrink, failure } of damages(runs, paths, options, notice, true)) {
    const mayShowZeros = ways.some((way) => moves.has(way) || (options.hasPadding === true && way !== 'cut'));
    const check = watch(context.scratch.kernels.memory.buffer.byteLength);
    try {
      outcomes[useRecording(context, path, signals.get(path) === true && !mayShowZeros, shrink)] += 1;
      check(context.scratch.kernels.memory.buffer.byteLength);
    } catch (error) {
      throw failure(error);
    }
  }
  expectBoth(outcomes);
}

/** Damage of both kinds must occur, or nothing was tried. */
export function expectBoth({ read, doubted, refused }: Outcomes): void {
  if (fuzzOnly !== undefined) return;
  expect(read + doubted).toBeGreaterThan(0);
  expect(refused + doubted).toBeGreaterThan(0);
}

interface Damage {
  /** Of the base that has a damaged file now. */
  readonly path: string;
  readonly ways: readonly string[];
  /** Cuts a file, in some of the runs; to be called when the headers were read. */
  readonly shrink: () => void;
  /** An error that tells how to have the same again. */
  readonly failure: (cause: unknown) => Error;
}

/** Damages one file of one base after the other, of a recording now and then two, and makes all whole again before the next. */
function* damages(
  runs: number,
  paths: readonly string[],
  { main = '', packing, addressOf = (path) => path }: FuzzOptions,
  notice: (path: string) => void = () => undefined,
  isRecording = false,
): Generator<Damage> {
  const folder = mkdtempSync(join(fuzzPlace, 'ndi-fuzz-'));
  try {
    const bases = paths.map((path, at) => {
      const base = prepare(path, join(folder, String(at)), main);
      return { ...base, path: addressOf(base.path) };
    });
    for (const { path } of bases) notice(path);
    const first = fuzzOnly === undefined ? 0 : Number(fuzzOnly);
    for (let run = first; run < (fuzzOnly === undefined ? runs : first + 1); run++) {
      const base = bases[run % bases.length];
      const dice = new Dice(fuzzSeed, run);
      const files = base?.files ?? [];
      const second = isRecording && files.length > 1 && dice.below(SECOND_ONE_IN) === 0;
      const chosen = new Set(
        [dice.one(files), ...(second ? [dice.one(files)] : [])].filter((one) => one !== undefined),
      );
      if (base === undefined || chosen.size === 0) throw new RangeError('Nothing is damaged.');
      const all = [...chosen].flatMap((file) =>
        damageFile(file, run % 2 === 1 ? packing : undefined, dice, isRecording),
      );
      const shrinking = isRecording && dice.below(SHRINK_ONE_IN) === 0 ? dice.one(files) : undefined;
      const shrink = () => {
        if (shrinking !== undefined) truncateSync(shrinking.path, dice.below(statSync(shrinking.path).size + 1));
      };
      const told = [...all, ...(shrinking === undefined ? [] : [`${basename(shrinking.path)} shrinks`])].join(', ');
      const names = [...chosen].map(({ path }) => basename(path)).join(' and ');
      const what = `${names}, NDI_FUZZ_SEED=${fuzzSeed} NDI_FUZZ_ONLY=${run} (${told})`;
      if (fuzzOnly !== undefined) process.stderr.write(`${base.path} is damaged: ${what}.\n`);
      yield { path: base.path, ways: all, shrink, failure: (cause) => new Error(what, { cause }) };
      if (fuzzOnly !== undefined) continue;
      for (const file of shrinking === undefined ? chosen : chosen.add(shrinking)) writeFileSync(file.path, file.bytes);
    }
  } finally {
    if (fuzzOnly === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a damaged copy in the place of a file. @returns the ways */
function damageFile(
  { path, bytes }: BaseFile,
  packing: Packing | undefined,
  dice: Dice,
  isRecording: boolean,
): readonly string[] {
  const plain = packing?.unpack(bytes) ?? null;
  const made = damaged(plain ?? bytes, dice, isRecording ? recordingWays : undefined);
  writeFileSync(path, plain === null || packing === undefined ? made.bytes : packing.pack(made.bytes));
  return made.ways;
}

function prepare(from: string, folder: string, main: string): Base {
  const copy = join(folder, basename(from));
  cpSync(from, copy, { recursive: true });
  const files = filesOf(copy).map((path) => ({ path, bytes: readFileSync(path) }));
  // Its rights may be to read only.
  for (const { path, bytes } of files) {
    rmSync(path);
    writeFileSync(path, bytes);
  }
  return { path: join(copy, main), files };
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}

/** Begins to measure; the answer, called when the work is done, tells whether it took too long or too much. */
export function watch(kernelBytesBefore: number): (kernelBytes?: number) => void {
  const started = process.threadCpuUsage();
  const before = memoryBytes() + kernelBytesBefore;
  return (kernelBytes = 0) => {
    const { user, system } = process.threadCpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(MAX_MS);
    expect(memoryBytes() + kernelBytes - before).toBeLessThan(MAX_BYTES);
  };
}

/** What was allocated and not yet cleared away: between two looks, at least what was in use at a time. */
function memoryBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
