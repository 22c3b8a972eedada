import { expect, it } from 'vitest';
import { paintBackground } from './background.ts';

it('has grid lines from top to bottom and hatching only where nothing was recorded', () => {
  const plane = { pixels: new Uint32Array(20 * 9), width: 20, height: 9 };
  paintBackground(plane, { background: 1, grid: 2, missing: 3 }, [4, -1, 99], [{ from: 10, to: 40 }]);
  const rows = Array.from({ length: 9 }, (_, y) => [...plane.pixels.subarray(y * 20, y * 20 + 20)].join(''));
  expect(rows[0]).toBe('11112111111111113111');
  expect(rows[8]).toBe(rows[0]);
  expect(rows[1]).toBe('11112111111111131111');
  expect(rows.every((row) => row[4] === '2' && /3/.test(row.slice(10)) && !/3/.test(row.slice(0, 10)))).toBe(true);
});
