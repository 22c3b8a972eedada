import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime, niceStep, timeAxis } from './time-axis.ts';

const labels = (t0: number, t1: number, width = 800) => timeAxis({ t0, t1 }, width).ticks.map((tick) => tick.label);

describe('timeAxis', () => {
  it('writes seconds, milliseconds and microseconds', () => {
    expect(labels(0, 10, 500)).toEqual(['0', '2', '4', '6', '8', '10']);
    expect(timeAxis({ t0: 0, t1: 0.5 }, 500)).toMatchObject({ unit: 'ms', step: 0.1 });
    expect(labels(0, 0.5, 500)).toEqual(['0', '100', '200', '300', '400', '500']);
    expect(timeAxis({ t0: 0, t1: 0.0005 }, 500).unit).toBe('µs');
  });

  it('writes minutes and hours as clocks do, in round parts', () => {
    expect(labels(0, 600, 900)).toEqual([
      '0:00',
      '1:00',
      '2:00',
      '3:00',
      '4:00',
      '5:00',
      '6:00',
      '7:00',
      '8:00',
      '9:00',
      '10:00',
    ]);
    expect(labels(3600, 7200, 500)[0]).toBe('1:00:00');
    expect(labels(119.999, 120.001, 600)).toContain('2:00.0000');
  });

  it('keeps the digits that tell neighbouring ticks apart', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 5000, noNaN: true }),
        fc.double({ min: 1e-4, max: 5000, noNaN: true }),
        fc.integer({ min: 200, max: 3000 }),
        (t0, length, width) => {
          const axis = timeAxis({ t0, t1: t0 + length }, width);
          expect(new Set(axis.ticks.map((tick) => tick.label)).size).toBe(axis.ticks.length);
          const room = (axis.step / length) * width;
          for (const tick of axis.ticks) expect(tick.label.length * 7).toBeLessThan(room + 1);
        },
      ),
    );
  });

  it('has no minus before zero', () => {
    expect(labels(-1, 1, 400)).toContain('0.0');
    expect(labels(-1, 1, 400)[0]).toBe('−1.0');
  });
});

it('niceStep', () => {
  expect([0.00031, 0.7, 3, 5.1, 12, 31, 61, 4000, 100_000].map(niceStep)).toEqual([
    0.0005, 1, 5, 10, 15, 60, 120, 7200, 172_800,
  ]);
});

it('formatTime names the unit', () => {
  expect(formatTime(1.5, { t0: 0, t1: 10 }, 1000)).toBe('1.50 s');
  expect(formatTime(0.0125, { t0: 0, t1: 0.1 }, 1000)).toBe('12.5 ms');
  expect(formatTime(125.25, { t0: 120, t1: 130 }, 1000)).toBe('2:05.25');
});
