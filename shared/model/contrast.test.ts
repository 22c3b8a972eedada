import { expect, it } from 'vitest';
import { autoContrast, colorMaps, colorTable, histogramOf, toLevels } from './contrast.ts';

it('limits leave the darkest and brightest hundredth to the ends, and what is no number out', () => {
  const values = Float64Array.from({ length: 1001 }, (_, at) => (at === 500 ? NaN : at));
  expect(autoContrast(values)).toEqual({ low: 10, high: 990 });
  expect(autoContrast([NaN, Infinity])).toBeNull();
  // A few bright spots in the dark are not cut away.
  expect(autoContrast([...new Array<number>(1000).fill(3), 9])).toEqual({ low: 3, high: 9 });
  expect(autoContrast([7, 7])).toEqual({ low: 7, high: 8 });
});

it('a histogram counts every finite value once', () => {
  const found = histogramOf([0, 1, 2, 3, 4, NaN, -Infinity], 2);
  expect(found).toEqual({ min: 0, max: 4, counts: [2, 3] });
  expect(histogramOf([5, 5], 4)?.counts).toEqual([2, 0, 0, 0]);
  expect(histogramOf([], 4)).toBeNull();
});

it('colours run from the first to the last of a map', () => {
  for (const map of colorMaps) expect(colorTable(map)).toHaveLength(768);
  expect([...colorTable('gray').subarray(0, 3), ...colorTable('gray').subarray(765)]).toEqual([0, 0, 0, 255, 255, 255]);
  expect([...colorTable('viridis').subarray(765)]).toEqual([0xfd, 0xe7, 0x25]);
  expect([...toLevels([-1, 0, 5, 10, 11], { low: 0, high: 10 })]).toEqual([0, 0, 128, 255, 255]);
});
