import { expect, test } from 'vitest';
import { groupOf } from './channel-list.ts';
import { rowsOfSegments } from './segments.ts';

test('E16: groups of channels', () => {
  expect([399, 400, 800].map((number) => groupOf('analog_in', number))).toEqual([1, 2, 3]);
  expect([511, 512].map((number) => groupOf('digital_in', number))).toEqual([1, 2]);
  expect([1, 99_999, 100_000].map((number) => groupOf('time', number))).toEqual([1, 1, 2]);
});

test('E16: samples over the border of two segments', () => {
  // NDI counts samples and rows from 1 and includes the last: 999999..1000002.
  expect(rowsOfSegments(999_998, 1_000_002, 1e6)).toEqual([
    { segment: 1, from: 999_998, to: 1_000_000 },
    { segment: 2, from: 0, to: 2 },
  ]);
  expect(rowsOfSegments(0, 3e6, 1e6).map(({ segment }) => segment)).toEqual([1, 2, 3]);
  expect(rowsOfSegments(5, 5, 1e6)).toEqual([]);
});
