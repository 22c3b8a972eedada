import { expect, it } from 'vitest';
import { ReadSegments } from './read-segments.ts';

it('pieces that follow each other are one segment, of which nothing is told', () => {
  const segments = new ReadSegments(1000);
  segments.add(2, 10);
  segments.add(2.01, 0);
  segments.add(2.0102, 5);
  expect(segments.told()).toEqual({});
});

it('a jump of time begins another segment', () => {
  const segments = new ReadSegments(1000);
  segments.add(2, 10);
  segments.add(2.01, 10);
  segments.add(3, 2);
  expect(segments.told((time) => time + 100)).toEqual({
    segments: [
      { start: 0, samples: 20, t0: 102, t1: 102.019 },
      { start: 20, samples: 2, t0: 103, t1: 103.001 },
    ],
  });
});
