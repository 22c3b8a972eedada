import { expect, it } from 'vitest';
import { tellsApart } from './channels.ts';

it.each([
  [0.195, 0, true],
  [-1e-9, 5, true],
  [1e-42, 0, true],
  [0, 0, false],
  [1e-42, 2, false],
  [0.0003, -1.7e38, false],
  // The largest word would still move it, small ones would not.
  [0.0003, 8e16, false],
  [0.0003, 1e9, true],
  [NaN, 0, false],
  [1, Infinity, false],
])('a gain of %d and an offset of %d tell words apart: %s', (gain, offset, told) => {
  expect(tellsApart({ gain, offset })).toBe(told);
});
