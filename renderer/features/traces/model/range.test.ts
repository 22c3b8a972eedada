import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, clamped, firstRange, fitted, panned, SHORTEST_SPAN, span, withSpan, zoomed } from './range.ts';

const extent = { t0: 0, t1: 100 };

describe('zoomed', () => {
  it('keeps the time under the pointer', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 20, max: 70, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 1.5, noNaN: true }),
        (t0, share, factor) => {
          const range = { t0, t1: t0 + 10 };
          const at = t0 + share * 10;
          const next = zoomed(range, factor, at, extent);
          expect((at - next.t0) / span(next)).toBeCloseTo(share, 6);
          expect(span(next)).toBeCloseTo(10 * factor, 6);
        },
      ),
    );
  });

  it('never shows less than the shortest span nor more than everything', () => {
    expect(span(zoomed({ t0: 10, t1: 11 }, 1e-9, 10.5, extent))).toBeCloseTo(SHORTEST_SPAN, 12);
    expect(zoomed({ t0: 10, t1: 11 }, 1e9, 10.5, extent)).toEqual(fitted(extent));
  });
});

describe('panned', () => {
  it('moves and stops at the ends', () => {
    expect(panned({ t0: 10, t1: 20 }, 5, extent)).toEqual({ t0: 15, t1: 25 });
    expect(panned({ t0: 10, t1: 20 }, -50, extent)).toEqual({ t0: -2, t1: 8 });
    expect(panned({ t0: 10, t1: 20 }, 500, extent)).toEqual({ t0: 92, t1: 102 });
  });
});

it('any range is brought into the extent and keeps its order', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: -10, max: 1e6, noNaN: true }),
      (t0, length) => {
        const range = clamped({ t0, t1: t0 + length }, extent);
        expect(range.t1).toBeGreaterThan(range.t0);
        expect(range.t0).toBeGreaterThanOrEqual(-2);
        expect(range.t1).toBeLessThanOrEqual(102 + 1e-9);
      },
    ),
  );
});

it('a span is set around the middle, a box in any direction', () => {
  expect(withSpan({ t0: 10, t1: 20 }, 4, extent)).toEqual({ t0: 13, t1: 17 });
  expect(between(30, 20, extent)).toEqual({ t0: 20, t1: 30 });
});

it('an empty extent still has a range', () => {
  expect(span(firstRange({ t0: 5, t1: 5 }))).toBeGreaterThan(0);
});

it('long recordings start with their beginning, short ones whole', () => {
  expect(firstRange({ t0: 3, t1: 5000 })).toEqual({ t0: 3, t1: 7 });
  expect(firstRange({ t0: 0, t1: 10 })).toEqual(fitted({ t0: 0, t1: 10 }));
});
