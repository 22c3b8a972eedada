import { describe, expect, it } from 'vitest';
import { rangeOfLines, timeOnLines, type ClockLine } from './clock-lines.ts';

/** From 10 s on the other clock is 5 s further; nothing is known from 20 s to 30 s. */
const lines: ClockLine[] = [
  { fromSec: 0, toSec: 10, mapping: [1, 100] },
  { fromSec: 10, toSec: 20, mapping: [1, 105] },
  { fromSec: 30, toSec: 40, mapping: [2, 200] },
];

describe('lines from clock to clock', () => {
  it('hold up to the next, and go on at both ends', () => {
    const times = [-1, 0, 9.5, 10, 20, 25, 30, 41];
    expect(times.map((time) => timeOnLines(lines, time))).toEqual([99, 100, 109.5, 115, 125, null, 260, 282]);
    expect(timeOnLines([], 1)).toBeNull();
  });

  it('tell which times lie in a range of the other clock', () => {
    expect(rangeOfLines(lines, 101, 120)).toEqual({ from: 1, to: 15 });
    expect(rangeOfLines(lines, 111, 114)).toBeNull();
    expect(rangeOfLines(lines, 112, 116)).toEqual({ from: 10, to: 11 });
    expect(rangeOfLines(lines, 90, 91)).toEqual({ from: -10, to: -9 });
    expect(rangeOfLines(lines, 290, 300)).toEqual({ from: 45, to: 50 });
  });
});
