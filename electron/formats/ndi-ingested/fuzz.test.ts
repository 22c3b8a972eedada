import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { ingestedAddress } from './address.ts';
import { formatChannelList, type IngestedChannel } from './channel-list.ts';
import { encodeDigital, encodeSamples, encodeTimes } from './nbf.ts';
import { notesFile, type EpochNotes } from './notes.ts';
import { predictedSegment } from './testing/made-segment.ts';

const SAMPLES = 300;
const SEGMENT = 200;
const RATE = 1000;
const root = temporaryFolder('ndi-ingested-fuzz');

const wave = (channel: number) =>
  Float64Array.from({ length: SAMPLES }, (_, s) => 40 + channel + Math.round(30 * Math.sin(s / 5)));
const analog = (number: number): IngestedChannel => ({
  ...{ name: `ai${number}`, type: 'analog_in', number, timeChannel: 1, sampleRate: RATE, offset: 0, scale: 0.5 },
  ...{ group: 1, dataClass: 'float64' },
});
const channels: IngestedChannel[] = [
  analog(1),
  analog(2),
  { ...analog(1), name: 'di1', type: 'digital_in', scale: 1 },
  { ...analog(1), name: 't1', type: 'time', scale: 1 },
  { ...analog(1), name: 'mk1', type: 'marker', sampleRate: NaN, scale: 1 },
];
const notes: EpochNotes = {
  ...{ version: 1, startedAt: null, device: 'made', channels: { ai1: { label: 'one', units: 'uV' } } },
  runs: { ai_1: [[0, 250, 0] as const, [250, 50, 3] as const].map(([first, held, t0]) => [first, held, t0]) },
  events: [
    { channel: 'mk1', time: 0.1, value: 3 },
    { channel: 'mk1', time: 0.2, value: 'text' },
  ],
};

/** An epoch of two segments of each kind, as floats or as predicted words of 16 bits. */
async function write(name: string, isPredicted: boolean): Promise<string> {
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'channel_list.bin'), formatChannelList(channels));
  const pieces = [0, SEGMENT].map((from) => (values: Float64Array) => values.slice(from, from + SEGMENT));
  for (const [at, part] of pieces.entries()) {
    const columns = [1, 2].map((channel) => part(wave(channel)));
    const samples = isPredicted
      ? predictedSegment(
          columns.map((column) => [...column]),
          [1, -1, 0.5, 0, 0],
        )
      : await encodeSamples(columns, 'a');
    const put = (kind: string, bytes: Buffer) => writeFileSync(join(folder, `${kind}_group1_seg.nbf_${at + 1}`), bytes);
    put('ai', samples);
    put('di', await encodeDigital([part(wave(1).map((value) => (value > 40 ? 1 : 0)))], 'a'));
    put('ti', await encodeTimes([part(wave(1).map((_, s) => s / RATE))], 'a'));
  }
  if (!isPredicted) writeFileSync(join(folder, notesFile), JSON.stringify(notes));
  return folder;
}

const addressOf = (folder: string) =>
  ingestedAddress({
    ...{ epochId: 'epoch', t0: 0, t1: (SAMPLES - 1) / RATE, analogSegment: SEGMENT, digitalSegment: SEGMENT },
    files: Object.fromEntries(readdirSync(folder).map((name) => [basename(name), join(folder, name)])),
  });

let bases: string[];
beforeAll(async () => {
  bases = [await write('floats', false), await write('predicted', true)];
});

it(
  `damaged ingested epochs are read or refused (NDI_FUZZ_SEED=${fuzzSeed})`,
  () => {
    const packing = {
      unpack: (stored: Buffer) => (stored[0] === 0x1f ? gunzipSync(stored) : null),
      pack: (plain: Buffer) => gzipSync(plain, { level: 1 }),
    };
    fuzz(bases, { addressOf, packing, hasPadding: true });
  },
  fuzzMs,
);
