import { describe, expect, it } from 'vitest';
import { coverWith } from './cover.ts';
import { makeFrame } from './testing.ts';

const envelope = (t0: number, t1: number, columns: number) =>
  makeFrame({ t0, t1 }, columns, { ai1: [{ t0, dt: (t1 - t0) / columns, values: [0], maxima: [1] }] });
const samples = (t0: number, t1: number, columns: number) =>
  makeFrame({ t0, t1 }, columns, { ai1: [{ t0, dt: 1, values: [0] }] });

describe('coverWith', () => {
  it('takes the frame made for the range', () => {
    const frame = envelope(0, 10, 100);
    expect(coverWith({ t0: 0, t1: 10 }, 100, [envelope(0, 100, 100), frame])).toMatchObject({
      pieces: [{ frame, from: 0, to: 10 }],
      blurred: null,
    });
  });

  it('joins neighbours of the same sharpness', () => {
    const left = envelope(0, 10, 100);
    const right = envelope(10, 20, 100);
    const cover = coverWith({ t0: 5, t1: 15 }, 100, [right, left]);
    expect(cover.pieces.map(({ from, to }) => [from, to])).toEqual([
      [5, 10],
      [10, 15],
    ]);
    expect(cover.blurred).toBeNull();
  });

  it('stretches an old picture until a sharp one is there', () => {
    const old = envelope(0, 100, 100);
    const cover = coverWith({ t0: 40, t1: 50 }, 100, [old]);
    expect(cover).toMatchObject({ pieces: [{ frame: old, from: 40, to: 50 }], blurred: { t0: 40, t1: 50 } });
  });

  it('fills only what is missing from a coarser picture', () => {
    const old = envelope(0, 100, 100);
    const sharp = envelope(0, 10, 100);
    const cover = coverWith({ t0: 4, t1: 14 }, 100, [old, sharp]);
    expect(cover.pieces.map(({ frame, from, to }) => [frame === sharp, from, to])).toEqual([
      [true, 4, 10],
      [false, 10, 14],
    ]);
    expect(cover.blurred).toEqual({ t0: 10, t1: 14 });
  });

  it('samples stay sharp however close one looks, and are not when seen from afar', () => {
    expect(coverWith({ t0: 4, t1: 5 }, 100, [samples(0, 10, 100)]).blurred).toBeNull();
    expect(coverWith({ t0: 0, t1: 10 }, 10, [samples(0, 10, 100)]).blurred).toEqual({ t0: 0, t1: 10 });
  });

  it('nothing covers nothing', () => {
    expect(coverWith({ t0: 0, t1: 1 }, 100, [envelope(5, 6, 100)])).toEqual({
      pieces: [],
      blurred: { t0: 0, t1: 1 },
    });
  });
});
