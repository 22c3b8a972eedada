import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { NdiError, errorCodes } from '../../shared/model/errors.ts';
import type { OpenRecording } from '../formats/format.ts';
import { openRecording } from '../formats/registry.ts';
import { readSamples } from './samples.ts';
import { testContext } from './test-support.ts';
import { computeView } from './view.ts';

/** Mutations of a format: few where somebody waits. More: NDI_FUZZ_RUNS=10000. The same again: NDI_FUZZ_SEED as printed. */
const RUNS = Number(process.env['NDI_FUZZ_RUNS'] ?? (process.env['CI'] === undefined ? 40 : 300));
/** Continuous integration damages alike in every run: what it finds is of the change that it looks at. */
export const fuzzSeed = Number(
  process.env['NDI_FUZZ_SEED'] ?? (process.env['CI'] === undefined ? Date.now() % 1e9 : 1),
);
/** Of the processor, whatever else the machine does. */
const MAX_MS = 3_000;
/** A damaged file of some 100 KB must never ask for more. */
const MAX_BYTES = 64 << 20;

let state = fuzzSeed >>> 0;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

/** One kind of damage each: flipped bits, a cut, a repeated piece, a number that lies, a lost piece. */
const damages: ((bytes: Buffer) => Buffer)[] = [
  (bytes) => {
    for (let count = 1 + random(8); count > 0; count--) {
      const at = random(2) ? random(bytes.length) : random(Math.min(bytes.length, 1000));
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    }
    return bytes;
  },
  (bytes) => bytes.subarray(0, random(bytes.length)),
  (bytes) => {
    const from = random(bytes.length);
    const piece = bytes.subarray(from, from + random(2000));
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
  (bytes) => {
    const lies = [0, 1, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
    const at = random(Math.max(1, Math.min(bytes.length - 4, 1500)));
    const lie = lies[random(lies.length)] ?? 0;
    if (bytes.length < 8) return bytes;
    if (random(2)) bytes.writeUInt32LE(lie, at);
    else bytes.writeUInt16LE(lie & 0xffff, at);
    return bytes;
  },
  (bytes) => {
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random(500))]);
  },
];

function damage(path: string): void {
  let bytes = Buffer.from(readFileSync(path));
  for (let count = 1 + random(3); count > 0 && bytes.length > 0; count--) {
    bytes = Buffer.from(damages[random(damages.length)]?.(bytes) ?? bytes);
  }
  writeFileSync(path, bytes);
}

type Outcome = 'read' | 'doubted' | 'refused';

/** Uses a recording as the application would; any error must be one of ours. */
function useRecording(path: string): Outcome {
  const context = testContext();
  try {
    const recording = openRecording(path);
    const { info } = recording;
    const names = info.channels.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { t0, t1, samples } of info.segments) {
      expect(Number.isFinite(t0) && Number.isFinite(t1)).toBe(true);
      expect(samples).toBeGreaterThan(0);
    }
    const t0 = info.segments.reduce((first, segment) => Math.min(first, segment.t0), 0);
    const t1 = info.segments.reduce((last, segment) => Math.max(last, segment.t1), 1);
    attempt(() => computeView(context, recording, { channels: 'all', t0, t1, columns: 50 }));
    attempt(() => computeView(context, recording, { channels: 'all', t0, t1: t0 + 0.01, columns: 5000 }));
    attempt(() => readSamples(context, recording, { channels: 'all', from: 0, to: 500, unit: 'samples' }));
    attempt(() => readSamples(context, recording, { channels: 'all', from: t0, to: t0 + 0.02, unit: 'seconds' }));
    attempt(() => checkEvents(recording, new Set(names), t0 - 1, t1 + 1));
    return info.problems.length > 0 ? 'doubted' : 'read';
  } catch (error) {
    checkError(error);
    return 'refused';
  } finally {
    expect(context.scratch.kernels.memory.buffer.byteLength).toBeLessThan(MAX_BYTES);
    context.files.closeAll();
  }
}

function checkEvents(recording: OpenRecording, names: ReadonlySet<string>, from: number, to: number): void {
  const { events, total } = recording.readEvents(names, from, to, 100);
  expect(events.length).toBe(Math.min(total, 100));
  for (const { time } of events) expect(time >= from && time < to).toBe(true);
}

function attempt(task: () => unknown): void {
  try {
    task();
  } catch (error) {
    checkError(error);
  }
}

function checkError(error: unknown): void {
  if (!(error instanceof NdiError)) throw error;
  expect(error.code in errorCodes).toBe(true);
  expect(error.code).not.toBe('app.unexpected');
  expect(error.message.length).toBeGreaterThan(10);
}

/**
 * Damages copies of recordings (files, or folders of which one file is damaged) in random ways and uses them: each is
 * read, or refused with an error of ours, in bounded time and memory.
 *
 * @param main the file in each folder by which it is opened, where the folder itself is no recording
 */
export function fuzz(bases: readonly string[], main = ''): void {
  const outcomes: Record<Outcome, number> = { read: 0, doubted: 0, refused: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'ndi-fuzz-'));
  try {
    for (let run = 0; run < RUNS; run++) outcomes[fuzzOnce(bases[run % bases.length] ?? '', main, folder, run)] += 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  // Damage of both kinds must occur, or nothing was tried.
  expect(outcomes.read + outcomes.doubted).toBeGreaterThan(0);
  expect(outcomes.refused + outcomes.doubted).toBeGreaterThan(0);
}

/** Copies a file or folder without its rights, which may be to read only. Gives the copied files. */
function copy(from: string, to: string): string[] {
  if (!statSync(from).isDirectory()) {
    writeFileSync(to, readFileSync(from));
    return [to];
  }
  mkdirSync(to);
  return readdirSync(from).flatMap((name) => copy(join(from, name), join(to, name)));
}

function fuzzOnce(base: string, main: string, folder: string, run: number): Outcome {
  const before = state;
  const place = mkdtempSync(join(folder, 'run-'));
  const path = join(place, basename(base));
  const files = copy(base, path);
  damage(files[random(files.length)] ?? path);
  const started = process.threadCpuUsage();
  try {
    const outcome = useRecording(join(path, main));
    const { user, system } = process.threadCpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(MAX_MS);
    return outcome;
  } catch (error) {
    throw new Error(`${basename(base)}, run ${run}, NDI_FUZZ_SEED=${fuzzSeed} (state ${before})`, { cause: error });
  } finally {
    rmSync(place, { recursive: true });
  }
}
