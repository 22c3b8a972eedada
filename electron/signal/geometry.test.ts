import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeExactEnvelope } from './columns.ts';
import { blockOf, fillSamples, planSamples, readSamples, valueBytes, valuesIn } from './samples.ts';
import { cases, makeRecording, naive, naiveColumns } from './random-recording.ts';
import { sparseRecording } from './sparse-recording.ts';
import { joinViews } from './join-views.ts';
import { FIRST_BYTE, Scratch, loadKernels, sharedMemory } from './kernels.ts';
import { testContext } from './test-support.ts';
import { computeView } from './view.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-geometry-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['compiled', 'scalar'] as const)('reading any geometry with the %s kernels', (kind) => {
  const context = testContext(kind);
  const options = { numRuns: kind === 'compiled' ? 60 : 20 };

  it('gives every sample as the formula says', () => {
    fc.assert(
      fc.property(cases, fc.nat(), fc.nat(), (spec, a, b) => {
        const { recording, bytes } = makeRecording(spec, folder);
        context.files.closeAll();
        const total = recording.info.channels[0]?.samples ?? 0;
        const [from, to] = [a % total, (b % total) + 1].sort((x, y) => x - y) as [number, number];
        fc.pre(from < to);
        const { data } = readSamples(context, recording, { channels: 'all', from, to, unit: 'samples' });
        data.forEach((values, index) => {
          const expected = naive(spec, recording, bytes, index).slice(from, to);
          expect(values).toEqual(Float64Array.from(expected, ({ v }) => v));
        });
      }),
      options,
    );
  });

  it.each(['single', 'double'] as const)('fills shared memory in parts with the same values, %s', (precision) => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 5 }), fc.boolean(), (spec, of, bySeconds) => {
        const { recording } = makeRecording(spec, folder);
        context.files.closeAll();
        const range = bySeconds
          ? { from: -1, to: 9, unit: 'seconds' as const }
          : { from: 1, to: 1_000_000, unit: 'samples' as const };
        const query = { channels: 'all', ...range };
        const whole = readSamples(context, recording, query);
        const plan = planSamples(recording, query);
        const { layout } = plan;
        const at = FIRST_BYTE + 64 * Math.ceil((valueBytes[precision] * layout.values) / 64);
        const room = { at, bytes: plan.roomBytes };
        const memory = sharedMemory(at + plan.roomBytes + 64);
        const values = valuesIn(precision, memory.buffer, FIRST_BYTE, layout.values).fill(-77);
        const inPlace = { ...context, scratch: new Scratch(loadKernels(kind, memory), room) };
        for (let index = of - 1; index >= 0; index--) fillSamples(inPlace, plan, values, { index, of });
        const { channels, t0, data } = blockOf(layout, values);
        expect({ channels, t0 }).toEqual({ channels: whole.channels, t0: whole.t0 });
        const expected = whole.data.map((plane) => Array.from(plane, precision === 'single' ? Math.fround : Number));
        expect(data.map((plane) => Array.from(plane))).toEqual(expected);
      }),
      options,
    );
  });

  it('gives the minimum and maximum of every column, and NaN where there is no sample', () => {
    fc.assert(
      fc.property(
        cases,
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: -2, max: 4, noNaN: true }),
        fc.double({ min: 0.004, max: 8, noNaN: true }),
        (spec, columns, t0, span) => {
          const { recording, bytes } = makeRecording(spec, folder);
          context.files.closeAll();
          const t1 = t0 + span;
          const { values } = computeExactEnvelope(context, recording, { channels: 'all', t0, t1, columns });
          for (let index = 0; index < spec.channels; index++) {
            const { lows, highs } = naiveColumns(naive(spec, recording, bytes, index), t0, t1, columns);
            expect(values.subarray(2 * index * columns, (2 * index + 1) * columns)).toEqual(lows);
            expect(values.subarray((2 * index + 1) * columns, (2 * index + 2) * columns)).toEqual(highs);
          }
        },
      ),
      options,
    );
  });

  it('puts parts together to the whole', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 5 }), (spec, columns, of) => {
        const { recording } = makeRecording(spec, folder);
        context.files.closeAll();
        const query = { channels: 'all', t0: -1.3, t1: 4, columns };
        const whole = computeView(context, recording, query);
        const parts = Array.from({ length: of }, (_, index) => computeView(context, recording, query, { index, of }));
        const joined = joinViews(parts);
        expect(joined.body).toEqual(whole.body);
        expect(joined.header).toEqual(whole.header);
      }),
      { numRuns: 30 },
    );
  });
});

describe('very long recordings', () => {
  it('reads samples beyond 2^31 in a file beyond 4 GB', () => {
    const samples = 2 ** 31 + 1000;
    const recording = sparseRecording(join(folder, 'sparse.bin'), samples, [12_345, -12_345]);
    const context = testContext();
    const last = readSamples(context, recording, { channels: 'all', from: samples - 2, to: samples, unit: 'samples' });
    expect(last.data.map((values) => [...values])).toEqual([
      [0, 12345],
      [0, -12345],
    ]);
    const end = samples / 30_000;
    const { values } = computeExactEnvelope(context, recording, { channels: 'ai1', t0: end - 1, t1: end, columns: 4 });
    expect([...values]).toEqual([0, 0, 0, 0, 0, 0, 0, 12345]);
    context.files.closeAll();
  });
});
