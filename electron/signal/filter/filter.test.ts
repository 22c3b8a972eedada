import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenRecording } from '../../formats/format.ts';
import { testContext } from '../test-support.ts';
import { computeView } from '../view.ts';
import type { Processing } from './design.ts';
import { prepare, processRun } from './process.ts';

const RATE = 2000;
const SAMPLES = 6000;
const CHANNELS = 4;
const GAIN = 0.25;

let folder = '';
let recording: OpenRecording;
let words: Int16Array;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-filter-'));
  // Noise of two kinds, a slow drift, an offset of each channel and a hum that all share.
  words = new Int16Array(SAMPLES * CHANNELS);
  let state = 7;
  let walk = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    walk += Math.sin(sample / 900) * 2;
    for (let channel = 0; channel < CHANNELS; channel++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const hum = 300 * Math.sin((2 * Math.PI * 50 * sample) / RATE);
      words[sample * CHANNELS + channel] = (state >>> 22) - 512 + walk + hum + 1000 * channel;
    }
  }
  const file = join(folder, 'noise.bin');
  writeFileSync(file, new Uint8Array(words.buffer));
  const channels = Array.from({ length: CHANNELS }, (_, index) => ({
    channel: {
      name: `ai${index + 1}`,
      type: 'analog_in' as const,
      number: index + 1,
      label: '',
      units: 'uV',
      sampleRate: RATE,
      samples: SAMPLES,
      gain: GAIN,
      offset: 0,
    },
    channelOffset: 2 * index,
  }));
  const blockBytes = 2 * CHANNELS;
  const run = { file, offset: 0, blockBytes, samplesPerBlock: 1, first: 0, samples: SAMPLES, firstSample: 0, t0: 0 };
  recording = {
    info: { channels: channels.map(({ channel }) => channel) } as unknown as OpenRecording['info'],
    streams: [{ sampleRate: RATE, word: 'i16', channels, runs: [run] }],
    readEvents: () => ({ events: [], total: 0 }),
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const band = (change: Partial<Processing>): Processing => ({
  low: 40,
  high: 400,
  order: 3,
  phase: 'zero',
  reference: 'none',
  ...change,
});

function processed(kind: 'compiled' | 'scalar', processing: Processing, from = 0, to = SAMPLES): Float64Array[] {
  const context = testContext(kind);
  const [stream] = recording.streams;
  const [run] = stream?.runs ?? [];
  const preparation = stream === undefined ? null : prepare(stream, processing);
  if (stream === undefined || run === undefined || preparation === null) throw new Error('It cannot be processed.');
  const out = stream.channels.map(() => new Float64Array(to - from));
  processRun(context, stream, run, stream.channels, preparation, from, to, (index, first, values) => {
    out[index]?.set(values, first - from);
  });
  context.files.closeAll();
  return out;
}

const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

describe('bands and references', () => {
  it
    .skipIf(!hasNumpy)
    .each<Partial<Processing>>([
      {},
      { low: null, order: 4 },
      { high: null, order: 1, low: 20 },
      { order: 2, reference: 'median' },
      { reference: 'average', low: null, high: null },
      { phase: 'causal', order: 5, low: null, high: 100 },
      { phase: 'causal', low: 60, order: 2, reference: 'median' },
    ])('equal an independent computation by numpy: %o', (change) => {
    const processing = band(change);
    const signal = Array.from({ length: SAMPLES }, (_, sample) =>
      Array.from({ length: CHANNELS }, (__, c) => (words[sample * CHANNELS + c] ?? 0) * GAIN),
    );
    const input = JSON.stringify({ signal, rate: RATE, ...processing });
    const script = join(import.meta.dirname, 'oracle.py');
    const answer = spawnSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
    const expected = JSON.parse(answer.stdout) as number[][];
    // Far from the ends, which the two treat differently.
    const [from, to] = [1500, SAMPLES - 1500];
    for (const kind of ['compiled', 'scalar'] as const) {
      processed(kind, processing).forEach((values, channel) => {
        for (let at = from; at < to; at++) {
          expect(Math.abs((values[at] ?? NaN) - (expected[channel]?.[at] ?? NaN))).toBeLessThan(2e-4);
        }
      });
    }
  });

  it.each<Partial<Processing>>([{}, { phase: 'causal' }, { low: 5, reference: 'median' }])(
    'have no edges where a view ends: %o',
    (change) => {
      const whole = processed('compiled', band(change));
      const part = processed('compiled', band(change), 3000, 3040);
      part.forEach((values, channel) => {
        values.forEach((value, at) =>
          expect(Math.abs(value - (whole[channel]?.[3000 + at] ?? NaN))).toBeLessThan(1e-3),
        );
      });
    },
  );

  it('pass a constant and a ramp without a swing at the ends of the recording', () => {
    const [first] = processed('compiled', band({ low: null, high: 100 }));
    const start = Array.from({ length: 50 }, (_, at) => (words[at * CHANNELS] ?? 0) * GAIN);
    const mean = start.reduce((sum, value) => sum + value, 0) / start.length;
    for (const value of first?.subarray(0, 50) ?? []) expect(Math.abs(value - mean)).toBeLessThan(250);
  });

  it('are in the frame of a view: as samples close up, as columns further away', () => {
    const context = testContext();
    const whole = processed('compiled', band({}));
    const close = computeView(context, recording, {
      channels: 'ai2',
      t0: 1,
      t1: 1.02,
      columns: 100,
      processing: band({}),
    });
    const run = close.header.channels[0]?.runs[0];
    const first = Math.round((run?.t0 ?? 0) * RATE);
    expect(close.body.length).toBeGreaterThan(40);
    close.body.forEach((value, at) => expect(value).toBeCloseTo(whole[1]?.[first + at] ?? NaN, 2));
    const far = computeView(context, recording, { channels: 'ai2', t0: 0, t1: 3, columns: 10, processing: band({}) });
    for (let column = 0; column < 10; column++) {
      const values = whole[1]?.subarray(600 * column, 600 * (column + 1)) ?? new Float64Array(0);
      expect(far.body[column]).toBeCloseTo(Math.min(...values), 3);
      expect(far.body[10 + column]).toBeCloseTo(Math.max(...values), 3);
    }
    const impossible = band({ low: 1500 });
    const asIs = computeView(context, recording, {
      channels: 'ai2',
      t0: 0,
      t1: 3,
      columns: 10,
      processing: impossible,
    });
    expect(asIs.header.channels[0]?.asIs).toBe(true);
    context.files.closeAll();
  });
});
