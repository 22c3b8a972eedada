import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import type { SignalContext } from './chunks.ts';
import { damaged, Dice } from './fuzz-damage.ts';
import { hasSignal, type Outcome, useRecording } from './fuzz-use.ts';
import { testContext } from './test-support.ts';

/** Damaged copies of a format. Millions: NDI_FUZZ_RUNS=1000000. The same again: NDI_FUZZ_SEED as printed. */
const RUNS = Number(process.env['NDI_FUZZ_RUNS'] ?? 10_000);
/** Of recorded files, which are larger: each format's own suite has the many. */
const RUNS_OF_RECORDED = Number(process.env['NDI_FUZZ_RUNS'] ?? 200);
/** Only this run of the seed, to look into it; what it damaged is left where it says. */
const ONLY = process.env['NDI_FUZZ_ONLY'];
/** Continuous integration damages alike in every run: what it finds is of the change that it looks at. */
export const fuzzSeed = Number(
  process.env['NDI_FUZZ_SEED'] ?? (process.env['CI'] === undefined ? Date.now() % 1e9 : 1),
);
/** Of the processor, whatever else the machine does. */
const MAX_MS = 2_000;
/** All that is allocated while a damaged file of some 100 KB is used. */
const MAX_BYTES = 128 << 20;
/** What may bring other bytes to where samples lie, zeros among them, which nobody could tell from silence. */
const moves: ReadonlySet<string> = new Set(['repeat', 'lose', 'lieInText']);
/** Memory in which no disk is waited for, where the system has such. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A sound recording that is damaged again and again, each time in one of its files. */
interface Base {
  /** By which it is opened. */
  readonly path: string;
  readonly files: readonly { readonly path: string; readonly bytes: Buffer }[];
  /** Zeros in its samples would be of our making. */
  readonly isSignal: boolean;
}

export interface FuzzOptions {
  /** The file in each folder by which it is opened, where the folder itself is no recording. */
  readonly main?: string;
  /** Zeros stand between its samples, which a wrong number in its header may show: then only cuts must not. */
  readonly hasPadding?: boolean;
}

/**
 * Damages copies of recordings (files, or folders of which one file is damaged) in random ways and uses them: each is
 * read, or refused with an error of ours, in bounded time and memory, and never with zeros for what is missing.
 */
export function fuzz(bases: readonly string[], options: FuzzOptions = {}): void {
  fuzzTimes(RUNS, bases, options);
}

/** The same for recorded files, less often. */
export function fuzzRecorded(bases: readonly string[]): void {
  fuzzTimes(RUNS_OF_RECORDED, bases, { hasPadding: true });
}

function fuzzTimes(runs: number, paths: readonly string[], { main = '', hasPadding = false }: FuzzOptions): void {
  const outcomes: Record<Outcome, number> = { read: 0, doubted: 0, refused: 0 };
  const folder = mkdtempSync(join(PLACE, 'ndi-fuzz-'));
  try {
    const context = testContext();
    const bases = paths.map((path, at) => prepare(context, path, join(folder, String(at)), main));
    const first = ONLY === undefined ? 0 : Number(ONLY);
    for (let run = first; run < (ONLY === undefined ? runs : first + 1); run++) {
      const base = bases[run % bases.length];
      if (base !== undefined) outcomes[fuzzOnce(context, base, run, hasPadding)] += 1;
    }
  } finally {
    if (ONLY === undefined) rmSync(folder, { recursive: true, force: true });
  }
  if (ONLY !== undefined) return;
  // Damage of both kinds must occur, or nothing was tried.
  expect(outcomes.read + outcomes.doubted).toBeGreaterThan(0);
  expect(outcomes.refused + outcomes.doubted).toBeGreaterThan(0);
}

function prepare(context: SignalContext, from: string, folder: string, main: string): Base {
  const copy = join(folder, basename(from));
  cpSync(from, copy, { recursive: true });
  const files = filesOf(copy).map((path) => ({ path, bytes: readFileSync(path) }));
  // Its rights may be to read only.
  for (const { path, bytes } of files) {
    rmSync(path);
    writeFileSync(path, bytes);
  }
  const path = join(copy, main);
  return { path, files, isSignal: hasSignal(context, path) };
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}

function fuzzOnce(context: SignalContext, { path, files, isSignal }: Base, run: number, hasPadding: boolean): Outcome {
  const dice = new Dice(fuzzSeed, run);
  const file = dice.one(files);
  if (file === undefined) throw new RangeError('Nothing is damaged.');
  const { bytes, ways } = damaged(file.bytes, dice);
  writeFileSync(file.path, bytes);
  const started = process.threadCpuUsage();
  const before = memoryBytes(context);
  try {
    const mayShowZeros = ways.some((way) => moves.has(way) || (hasPadding && way !== 'cut'));
    const outcome = useRecording(context, path, isSignal && !mayShowZeros);
    const { user, system } = process.threadCpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(MAX_MS);
    expect(memoryBytes(context) - before).toBeLessThan(MAX_BYTES);
    return outcome;
  } catch (error) {
    throw new Error(`${basename(path)}, NDI_FUZZ_SEED=${fuzzSeed} NDI_FUZZ_ONLY=${run} (${ways.join(', ')})`, {
      cause: error,
    });
  } finally {
    if (ONLY === undefined) writeFileSync(file.path, file.bytes);
    else process.stderr.write(`${file.path} was damaged: ${ways.join(', ')}.\n`);
  }
}

/** What was allocated and not yet cleared away: between two looks, at least what was in use at a time. */
function memoryBytes({ scratch }: SignalContext): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers + scratch.kernels.memory.buffer.byteLength;
}
