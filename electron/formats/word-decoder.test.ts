import { describe, expect, it } from 'vitest';
import type { BlockRun, StreamChannel } from './format.ts';
import { decodeWords } from './word-decoder.ts';

const channel = (index: number, perBlock: number): StreamChannel => ({
  channel: {
    name: `ai${index + 1}`,
    type: 'analog_in',
    number: index + 1,
    label: '',
    units: '',
    sampleRate: 1000,
    samples: null,
    gain: 2,
    offset: 1,
  },
  channelOffset: 3 * perBlock * index,
});

describe('words of blocks too large to be read whole', () => {
  const perBlock = 20_000;
  const run: BlockRun = {
    file: 'a',
    offset: 100,
    blockBytes: 2 * 3 * perBlock,
    samplesPerBlock: perBlock,
    first: 5,
    samples: 3 * perBlock - 5,
    firstSample: 0,
    t0: 0,
  };
  const bytes = new Uint8Array(100 + 3 * run.blockBytes);
  const view = new DataView(bytes.buffer);
  /** Word k of channel c is -1000000 + c*100000 + k. */
  for (let sample = 0; sample < 3 * perBlock; sample++) {
    for (const c of [0, 1]) {
      const word = -1_000_000 + c * 100_000 + sample;
      const at = 100 + Math.floor(sample / perBlock) * run.blockBytes + 3 * (perBlock * c + (sample % perBlock));
      view.setUint16(at, word & 0xffff, true);
      view.setInt8(at + 2, word >> 16);
    }
  }

  it('reads of each block only what is wanted, and gives the right values', () => {
    let taken = 0;
    const read = (_file: string, into: Uint8Array, position: number) => {
      taken += into.length;
      into.set(bytes.subarray(position, position + into.length));
    };
    const out = [new Float64Array(perBlock), new Float64Array(perBlock)];
    decodeWords('i24')(read, run, [channel(1, perBlock), channel(0, perBlock)], 7_000, 7_000 + perBlock, out);
    expect(taken).toBe(2 * 3 * perBlock);
    for (const k of [0, 1, 12_994, 12_995, 12_996, perBlock - 1]) {
      expect(out[0]?.[k]).toBe(2 * (-900_000 + 7_005 + k) + 1);
      expect(out[1]?.[k]).toBe(2 * (-1_000_000 + 7_005 + k) + 1);
    }
  });
});
