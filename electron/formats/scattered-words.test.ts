import { describe, expect, it } from 'vitest';
import type { BlockRun, StreamChannel } from './format.ts';
import { decodeScattered } from './scattered-words.ts';

const channel: StreamChannel = {
  channel: {
    name: 'ai1',
    type: 'analog_in',
    number: 1,
    label: '',
    units: 'V',
    sampleRate: 100,
    samples: 10,
    gain: 0.5,
    offset: 3,
  },
  channelOffset: 0,
};

/** The stream's ten samples are -5 to 4, in pieces of 4, 1 and 5 that lie in no order. */
const pieces = { positions: [41, 7, 20], firsts: [0, 4, 5] };
const runOf = (firstSample: number, samples: number): BlockRun => ({
  file: 'a',
  offset: 0,
  blockBytes: 2,
  samplesPerBlock: 1,
  first: 0,
  samples,
  firstSample,
  t0: 0,
});

describe.each(['i16', 'f32'] as const)('%s words in pieces', (word) => {
  const bytes = new Uint8Array(100);
  const view = new DataView(bytes.buffer);
  for (let sample = 0; sample < 10; sample++) {
    const piece = sample < 4 ? 0 : sample < 5 ? 1 : 2;
    const width = word === 'i16' ? 2 : 4;
    const at = (pieces.positions[piece] ?? 0) + width * (sample - (pieces.firsts[piece] ?? 0));
    if (word === 'i16') view.setInt16(at, sample - 5, true);
    else view.setFloat32(at, sample - 5, true);
  }
  const read = (_file: string, into: Uint8Array, position: number) =>
    into.set(bytes.subarray(position, position + into.length));
  const decode = decodeScattered(word, pieces);

  it('gives any range of any run', () => {
    for (let first = 0; first < 10; first++) {
      for (let from = first; from < 10; from++) {
        for (let to = from + 1; to <= 10; to++) {
          const out = new Float64Array(to - from);
          decode(read, runOf(first, 10 - first), [channel], from - first, to - first, [out]);
          expect([...out]).toEqual(Array.from({ length: to - from }, (_, k) => (from + k - 5) * 0.5 + 3));
        }
      }
    }
  });
});
