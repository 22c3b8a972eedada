import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewFrame } from '../../../shared/model/view-frame.ts';
import type { OpenRecording } from '../../formats/format.ts';
import { computeExactEnvelope } from '../columns.ts';
import { joinViews } from '../join-views.ts';
import { cases, makeRecording, naive, RATE } from '../random-recording.ts';
import { sparseRecording } from '../sparse-recording.ts';
import { testContext } from '../test-support.ts';
import { computeView } from '../view.ts';
import type { OpenPyramid } from './access.ts';
import { evenOrder } from './aligned-columns.ts';
import { buildPart, createLevelFiles } from './build.ts';
import { partAt, planPyramid, type PyramidScale } from './plan.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-pyramid-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Levels so fine that small random files have several, in many parts. */
const small: PyramidScale = { factors: [3, 6, 30], partBytes: 600, leastSamples: 1 };

/** Builds the parts that `wanted` says, so that any mixture of built and missing ones is met. */
function build(
  context: ReturnType<typeof testContext>,
  recording: OpenRecording,
  wanted: (part: number) => boolean,
): OpenPyramid {
  const plan = planPyramid(recording, small);
  createLevelFiles(plan, folder);
  const ready = new Uint8Array(plan.parts);
  for (let number = 0; number < plan.parts; number++) {
    const part = partAt(plan, number);
    if (part === undefined) throw new Error(`There is no part ${number}.`);
    if (!wanted(number)) continue;
    buildPart(context, plan, folder, part);
    ready[number] = 1;
  }
  context.files.closeAll();
  return { folder, plan, ready };
}

/** Which parts there are: all, none, or a random half. */
const presence = fc.oneof(fc.constant(0), fc.constant(0xffff_ffff), fc.integer({ min: 1, max: 0x7fff_ffff }));
const isThere = (mask: number) => (part: number) => ((mask >>> (part % 32)) & 1) === 1;

describe.each(['compiled', 'scalar'] as const)('a pyramid made with the %s kernels', (kind) => {
  const context = testContext(kind);
  const options = { numRuns: kind === 'compiled' ? 30 : 15 };
  const spans = fc.double({ min: 0.02, max: 8, noNaN: true });

  it('gives the same columns as the samples do, whichever parts are there', () => {
    fc.assert(
      fc.property(
        cases,
        presence,
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: -2, max: 4, noNaN: true }),
        spans,
        (spec, mask, columns, t0, span) => {
          const { recording } = makeRecording(spec, folder);
          context.files.closeAll();
          const pyramid = build(context, recording, isThere(mask));
          const query = { channels: 'all', t0, t1: t0 + span, columns };
          const plain = computeExactEnvelope(context, recording, query);
          const quick = computeExactEnvelope(context, recording, query, undefined, pyramid);
          expect(quick.values).toEqual(plain.values);
          expect(plain.level).toBe(0);
        },
      ),
      options,
    );
  });

  it('shows on the screen what the samples of each column are, in parts and as a whole', () => {
    fc.assert(
      fc.property(
        cases,
        presence,
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: -2, max: 4, noNaN: true }),
        spans,
        fc.integer({ min: 1, max: 4 }),
        (spec, mask, columns, t0, span, of) => {
          const { recording, bytes } = makeRecording(spec, folder);
          context.files.closeAll();
          const pyramid = build(context, recording, isThere(mask));
          const query = { channels: 'all', t0, t1: t0 + span, columns };
          const whole = computeView(context, recording, query, undefined, pyramid);
          const parts = Array.from({ length: of }, (_, index) =>
            computeView(context, recording, query, { index, of }, pyramid),
          );
          expect(whole.header.sampled).toBe(0);
          const runs = recording.streams[0]?.runs ?? [];
          whole.header.channels.forEach((_, index) => {
            const samples = naive(spec, recording, bytes, index);
            expectColumns(whole, index, samples, [t0, t0 + span], runs);
            expectColumns(joinViews(parts), index, samples, [t0, t0 + span], runs);
          });
        },
      ),
      options,
    );
  });
});

/** Every column holds the extremes of the samples between its edges, and the columns cover the range. */
function expectColumns(
  { header, body }: ViewFrame,
  index: number,
  samples: readonly { t: number; v: number }[],
  [t0, t1]: [number, number],
  runs: readonly { t0: number; samples: number }[],
): void {
  const channel = header.channels[index];
  if (channel === undefined || channel.mode === 'samples') return;
  const tolerance = 1e-5 / RATE;
  const within = samples.filter(({ t }) => t >= t0 + tolerance && t < t1 - tolerance);
  for (const { t } of within) {
    const covered = channel.runs.some((run) => t >= run.t0 - tolerance && t < run.t0 + run.dt * run.count + tolerance);
    expect(covered).toBe(true);
  }
  for (const [place, run] of channel.runs.entries()) {
    // The last column of a run of the recording ends with its samples; columns of equal time go on over gaps.
    const isEqualTime = run.t0 === t0 && run.dt === (t1 - t0) / header.columns;
    const own = runs.findLast((one) => one.t0 <= run.t0 + tolerance);
    const end = isEqualTime || own === undefined ? Infinity : own.t0 + own.samples / RATE;
    const next = Math.min(end, channel.runs[place + 1]?.t0 ?? Infinity);
    for (let column = 0; column < run.count; column++) {
      const from = run.t0 + run.dt * column - tolerance;
      const to = Math.min(run.t0 + run.dt * (column + 1), next) - tolerance;
      const values = samples.filter(({ t, v }) => t >= from && t < to && !Number.isNaN(v)).map(({ v }) => v);
      const [low, high] = [body[run.at + column], body[run.at + run.count + column]];
      if (values.length === 0) expect([low, high]).toEqual([NaN, NaN]);
      else expect([low, high]).toEqual([Math.fround(Math.min(...values)), Math.fround(Math.max(...values))]);
    }
  }
}

it('looks at columns in an order that is even at any moment', () => {
  expect([...evenOrder(7)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect([...evenOrder(8)].slice(0, 4)).toEqual([0, 4, 2, 6]);
  expect([...evenOrder(1)]).toEqual([0]);
});

it('finds its place in a recording of more than 2^31 samples and 4 GB', () => {
  const samples = 2 ** 31 + 100_000;
  const recording = sparseRecording(join(folder, 'sparse.bin'), samples, [12_345, 0]);
  const context = testContext();
  const plan = planPyramid(recording);
  const last = partAt(plan, plan.parts - 1);
  if (last === undefined) throw new Error('There is no last part.');
  createLevelFiles(plan, folder);
  buildPart(context, plan, folder, last);
  const ready = new Uint8Array(plan.parts);
  ready[plan.parts - 1] = 1;
  const end = samples / 30_000;
  const query = { channels: 'ai1', t0: end - 1, t1: end, columns: 10 };
  const { values, level } = computeExactEnvelope(context, recording, query, undefined, { folder, plan, ready });
  expect([...values].slice(10)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 12_345]);
  expect(level).toBeGreaterThan(0);
  context.files.closeAll();
});
