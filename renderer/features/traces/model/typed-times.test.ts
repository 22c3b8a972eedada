import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDuration, parseTime, writeDuration } from './typed-times.ts';

it('reads what people type', () => {
  const cases: [string, number | undefined][] = [
    ['250 ms', 0.25],
    ['250ms', 0.25],
    ['2 s', 2],
    ['2', 2],
    ['1 min', 60],
    ['1 min 30 s', 90],
    ['1:30', 90],
    ['1:02:03.5', 3723.5],
    ['500 µs', 0.0005],
    ['500us', 0.0005],
    ['.5', 0.5],
    ['0,5 s', 0.5],
    ['-1.5', -1.5],
    ['−2 s', -2],
    ['', undefined],
    ['soon', undefined],
    ['1 parsec', undefined],
    ['1 2', undefined],
    ['1 s 2', undefined],
    ['1.500 s5 s', undefined],
    ['30 s 1 min', undefined],
    ['1 h 2 min 3 s 4 ms', 3723.004],
    ['1:2:3:4', undefined],
  ];
  for (const [text, seconds] of cases) {
    if (seconds === undefined) expect(parseTime(text), text).toBeUndefined();
    else expect(parseTime(text), text).toBeCloseTo(seconds, 12);
  }
});

it('a span is more than nothing', () => {
  expect(parseDuration('0')).toBeUndefined();
  expect(parseDuration('-1 s')).toBeUndefined();
  expect(parseDuration('10 ms')).toBeCloseTo(0.01, 12);
});

it('what is written can be read again', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-5, max: 1e5, noNaN: true }), (seconds) => {
      const read = parseDuration(writeDuration(seconds));
      expect(Math.abs((read ?? NaN) - seconds) / seconds).toBeLessThan(1e-3);
    }),
  );
});
