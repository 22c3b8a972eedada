import { expect, it } from 'vitest';
import { placeFlags } from './flags.ts';

it('flags stand where they belong while there is room', () => {
  expect(
    placeFlags(
      [
        { x: 50, half: 20 },
        { x: 150, half: 20 },
      ],
      300,
    ),
  ).toEqual([50, 150]);
});

it('a flag goes to the nearer side of the one that is there already', () => {
  expect(
    placeFlags(
      [
        { x: 100, half: 20 },
        { x: 110, half: 10 },
      ],
      300,
    ),
  ).toEqual([100, 132]);
  expect(
    placeFlags(
      [
        { x: 100, half: 20 },
        { x: 95, half: 10 },
      ],
      300,
    ),
  ).toEqual([100, 68]);
});

it('at the border it goes to the other side, and a third finds its place too', () => {
  expect(
    placeFlags(
      [
        { x: 0, half: 20 },
        { x: 0, half: 20 },
      ],
      300,
    ),
  ).toEqual([20, 62]);
  const [a, b, c] = placeFlags(
    [
      { x: 300, half: 20 },
      { x: 299, half: 20 },
      { x: 298, half: 20 },
    ],
    300,
  );
  expect([a, b, c]).toEqual([280, 238, 196]);
});
