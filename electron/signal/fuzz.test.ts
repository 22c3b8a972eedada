import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../build/testing/fixtures.ts';
import { writeNs5, writeRhd } from '../../bench/generate.ts';
import { NdiError, errorCodes } from '../../shared/model/errors.ts';
import { openRecording } from '../formats/registry.ts';
import { readSamples } from './samples.ts';
import { testContext } from './test-support.ts';
import { computeView } from './view.ts';

/** More: NDI_FUZZ_RUNS=5000. The same again: NDI_FUZZ_SEED as printed. */
const RUNS = Number(process.env['NDI_FUZZ_RUNS'] ?? 40);
const SEED = Number(process.env['NDI_FUZZ_SEED'] ?? Date.now() % 1e9);
/** Of the processor, whatever else the machine does. */
const MAX_MS = 3_000;
/** A damaged file of some 100 KB must never ask for more. */
const MAX_BYTES = 64 << 20;

let state = SEED >>> 0;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-fuzz-'));
  writeNs5(join(folder, 'made.ns5'), 8, 40_000);
  writeRhd(join(folder, 'made.rhd'), 8, 40_000);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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

/** Uses a file as the application would; any error must be one of ours. */
function useFile(path: string): 'read' | 'refused' {
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
    const t0 = Math.min(0, ...info.segments.map((segment) => segment.t0));
    const t1 = Math.max(1, ...info.segments.map((segment) => segment.t1));
    attempt(() => computeView(context, recording, { channels: 'all', t0, t1, columns: 50 }));
    attempt(() => computeView(context, recording, { channels: 'all', t0, t1: t0 + 0.01, columns: 5000 }));
    attempt(() => readSamples(context, recording, { channels: 'all', from: 0, to: 500, unit: 'samples' }));
    attempt(() => readSamples(context, recording, { channels: 'all', from: t0, to: t0 + 0.02, unit: 'seconds' }));
    attempt(() => recording.readEvents(new Set(names), t0 - 1, t1 + 1, 100));
    return 'read';
  } catch (error) {
    checkError(error);
    return 'refused';
  } finally {
    expect(context.scratch.kernels.memory.buffer.byteLength).toBeLessThan(MAX_BYTES);
    context.files.closeAll();
  }
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

function fuzz(bases: readonly string[]): void {
  const outcomes = { read: 0, refused: 0 };
  for (let run = 0; run < RUNS; run++) {
    const base = bases[run % bases.length] ?? '';
    const before = state;
    let bytes = Buffer.from(readFileSync(base));
    for (let count = 1 + random(3); count > 0; count--) {
      const damaged = damages[random(damages.length)]?.(bytes) ?? bytes;
      bytes = Buffer.from(damaged);
      if (bytes.length === 0) break;
    }
    const place = mkdtempSync(join(folder, 'run-'));
    const path = join(place, basename(base));
    writeFileSync(path, bytes);
    const started = process.threadCpuUsage();
    try {
      outcomes[useFile(path)] += 1;
      const { user, system } = process.threadCpuUsage(started);
      expect((user + system) / 1000).toBeLessThan(MAX_MS);
    } catch (error) {
      throw new Error(`${basename(base)}, run ${run}, NDI_FUZZ_SEED=${SEED} (state ${before})`, { cause: error });
    }
    rmSync(place, { recursive: true });
  }
  // Damage of both kinds must occur, or nothing was tried.
  expect(outcomes.read).toBeGreaterThan(0);
  expect(outcomes.refused).toBeGreaterThan(0);
}

describe(`damaged files (NDI_FUZZ_SEED=${SEED})`, () => {
  it('made Blackrock file', () => fuzz([join(folder, 'made.ns5')]), 120_000);
  it('made Intan file', () => fuzz([join(folder, 'made.rhd')]), 120_000);
  it.skipIf(!hasFixtures)(
    'recorded and synthetic files of every variant',
    () => {
      const blackrock = ['spec2.1.ns4', 'spec2.2.ns3', 'spec2.3_pauses.ns2', 'spec3.0.ns5', 'spec3.0_ptp_pause.ns2'];
      const events = ['spec2.1.nev', 'spec2.2.nev', 'spec2.3.nev', 'spec3.0_ptp.nev'];
      const intan = ['v1.0.rhd', 'v1.2_temp_adc.rhd', 'v2.0_disabled.rhd', 'v3.2_gap.rhd', 'v3.2_dig_only.rhd'];
      const of = (format: string, names: readonly string[]) =>
        names.map((name) => fixturePath('hardware', format, 'synthetic', name));
      fuzz([...of('blackrock', [...blackrock, ...events]), ...of('intan-rhd', intan)]);
    },
    120_000,
  );
});
