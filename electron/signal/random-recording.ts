import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { BlockRun, OpenRecording, SampleWord, SignalStream, StreamChannel } from '../formats/format.ts';
import { decodeWords, type WideWord } from '../formats/word-decoder.ts';

/** A random geometry of a recording. */
export interface Case {
  word: SampleWord | WideWord;
  perBlock: number;
  channels: number;
  /** Bytes of a block before and after the samples. */
  before: number;
  after: number;
  /** Blocks, and seconds of pause before, of every run. */
  runs: { blocks: number; pause: number; cut: number }[];
  gain: number;
  offset: number;
  digital: boolean;
  seed: number;
}

export const RATE = 1000;

export const cases: fc.Arbitrary<Case> = fc.record({
  word: fc.constantFrom<SampleWord | WideWord>(
    'i16',
    'u16',
    'x16',
    'i8',
    'u8',
    'i16be',
    'i24',
    'u16be',
    'i32',
    'i32be',
    'u32',
    'u32be',
    'i64',
    'i64be',
    'u64',
    'u64be',
    'f32',
    'f32be',
    'f64',
    'f64be',
  ),
  perBlock: fc.constantFrom(1, 1, 1, 4, 15, 60, 128),
  channels: fc.integer({ min: 1, max: 40 }),
  before: fc.integer({ min: 0, max: 15 }),
  after: fc.integer({ min: 0, max: 15 }),
  runs: fc.array(
    fc.record({
      blocks: fc.integer({ min: 1, max: 40 }),
      pause: fc.constantFrom(0, 0.0105, 0.5, 3),
      cut: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  gain: fc.constantFrom(0.195, -0.25, 1),
  offset: fc.constantFrom(0, -6389.76),
  digital: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1e9 }),
});

/** Writes random bytes and describes them as a recording of the wanted geometry. */
export function makeRecording(spec: Case, folder: string): { recording: OpenRecording; bytes: Uint8Array } {
  const partBytes = wordBytes(spec.word) * spec.perBlock;
  const blockBytes = spec.before + partBytes * spec.channels + spec.after;
  const blocks = spec.runs.reduce((sum, run) => sum + run.blocks, 0);
  const bytes = new Uint8Array(100 + blocks * blockBytes);
  let state = spec.seed;
  for (let index = 0; index < bytes.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  const path = join(folder, 'case.bin');
  writeFileSync(path, bytes);
  const runs: BlockRun[] = [];
  let [block, firstSample, t0] = [0, 0, -1.25];
  for (const { blocks: count, pause, cut } of spec.runs) {
    t0 += pause;
    const skipped = Math.min(cut, count * spec.perBlock - 1);
    const samples = count * spec.perBlock - skipped;
    const first = block * spec.perBlock + skipped;
    runs.push({ file: path, offset: 100, blockBytes, samplesPerBlock: spec.perBlock, first, samples, firstSample, t0 });
    block += count;
    firstSample += samples;
    t0 += samples / RATE;
  }
  const channels = Array.from({ length: spec.channels }, (_, index): StreamChannel => {
    const bit = spec.digital && index === spec.channels - 1 ? { bit: spec.seed % 16 } : {};
    const type = 'bit' in bit ? ('digital_in' as const) : ('analog_in' as const);
    const channel = {
      name: `${type === 'analog_in' ? 'ai' : 'di'}${index + 1}`,
      type,
      number: index + 1,
      label: '',
      units: '',
      sampleRate: RATE,
      samples: firstSample,
      gain: spec.gain,
      offset: spec.offset,
    };
    return { channel, channelOffset: spec.before + index * partBytes, ...bit };
  });
  const stream: SignalStream = isKernelWord(spec.word)
    ? { sampleRate: RATE, word: spec.word, channels, runs }
    : { sampleRate: RATE, word: 'i16', channels, runs, decode: decodeWords(spec.word) };
  const info = { channels: channels.map(({ channel }) => channel) } as OpenRecording['info'];
  const recording = { info, streams: [stream], readEvents: () => ({ events: [], total: 0 }) };
  return { recording, bytes };
}

function isKernelWord(word: SampleWord | WideWord): word is SampleWord {
  return word === 'i16' || word === 'u16' || word === 'x16';
}

function wordBytes(word: SampleWord | WideWord): number {
  return Number(/\d+/.exec(word)?.[0]) / 8;
}

/** A word as its name says. */
function readWord(word: SampleWord | WideWord, data: DataView, at: number): number {
  switch (word) {
    case 'i8':
      return data.getInt8(at);
    case 'u8':
      return data.getUint8(at);
    case 'i16':
      return data.getInt16(at, true);
    case 'i16be':
      return data.getInt16(at);
    case 'u16':
      return data.getUint16(at, true);
    case 'u16be':
      return data.getUint16(at);
    case 'x16':
      return data.getUint16(at, true) ^ 0x8000;
    case 'i24':
      return data.getUint8(at) + 256 * data.getUint8(at + 1) + 65_536 * data.getInt8(at + 2);
    case 'i32':
      return data.getInt32(at, true);
    case 'i32be':
      return data.getInt32(at);
    case 'u32':
      return data.getUint32(at, true);
    case 'u32be':
      return data.getUint32(at);
    case 'i64':
      return Number(data.getBigInt64(at, true));
    case 'i64be':
      return Number(data.getBigInt64(at));
    case 'u64':
      return Number(data.getBigUint64(at, true));
    case 'u64be':
      return Number(data.getBigUint64(at));
    case 'f32':
      return data.getFloat32(at, true);
    case 'f32be':
      return data.getFloat32(at);
    case 'f64':
      return data.getFloat64(at, true);
    case 'f64be':
      return data.getFloat64(at);
  }
}

/** Time and value of every sample, by the formula of BlockRun and nothing else. */
export function naive(
  spec: Case,
  recording: OpenRecording,
  bytes: Uint8Array,
  index: number,
): { t: number; v: number }[] {
  const data = new DataView(bytes.buffer);
  const [stream] = recording.streams;
  const channel = stream?.channels[index];
  if (stream === undefined || channel === undefined) throw new Error(`There is no channel ${index}.`);
  const { channelOffset, bit } = channel;
  return stream.runs.flatMap((run) =>
    Array.from({ length: run.samples }, (_, s) => {
      const p = run.first + s;
      const at =
        run.offset +
        Math.floor(p / spec.perBlock) * run.blockBytes +
        channelOffset +
        (p % spec.perBlock) * wordBytes(spec.word);
      const word = readWord(spec.word, data, at);
      // A bit is one of the word as it lies in the file.
      const stored = spec.word === 'x16' ? word ^ 0x8000 : word;
      const v = bit === undefined ? word * spec.gain + spec.offset : (stored >> bit) & 1;
      return { t: run.t0 + s / RATE, v };
    }),
  );
}

export function naiveColumns(samples: readonly { t: number; v: number }[], t0: number, t1: number, columns: number) {
  const lows = new Float64Array(columns).fill(NaN);
  const highs = new Float64Array(columns).fill(NaN);
  const tolerance = 1.001e-6 / RATE;
  for (let column = 0; column < columns; column++) {
    const from = t0 + ((t1 - t0) * column) / columns;
    const to = column + 1 === columns ? t1 : t0 + ((t1 - t0) * (column + 1)) / columns;
    const values = samples
      .filter(({ t, v }) => t >= from - tolerance && t < to - tolerance && !Number.isNaN(v))
      .map(({ v }) => v);
    if (values.length === 0) continue;
    lows[column] = values.reduce((low, value) => Math.min(low, value));
    highs[column] = values.reduce((high, value) => Math.max(high, value));
  }
  return { lows, highs };
}
