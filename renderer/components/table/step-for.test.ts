import { expect, it } from 'vitest';
import { stepFor } from './step-for.ts';

it('moves within the list and never out of it', () => {
  expect(stepFor('ArrowDown', -1, 3, 10)).toBe(0);
  expect(stepFor('ArrowDown', 2, 3, 10)).toBe(2);
  expect(stepFor('ArrowUp', 0, 3, 10)).toBe(0);
  expect(stepFor('PageDown', 5, 100, 10)).toBe(15);
  expect(stepFor('PageUp', 5, 100, 10)).toBe(0);
  expect(stepFor('Home', 50, 100, 10)).toBe(0);
  expect(stepFor('End', 50, 100, 10)).toBe(99);
});

it('leaves other keys and empty lists alone', () => {
  expect(stepFor('a', 0, 3, 1)).toBeNull();
  expect(stepFor('ArrowDown', -1, 0, 1)).toBeNull();
});
