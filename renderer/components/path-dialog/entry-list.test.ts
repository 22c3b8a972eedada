import { expect, it } from 'vitest';
import { nextIndex } from './entry-list.tsx';

const entries = [{ name: 'alpha' }, { name: 'beta' }, { name: 'Bravo' }, { name: 'gamma' }];
const press = (key: string, at: number) =>
  nextIndex({ key, ctrlKey: false, metaKey: false, altKey: false }, at, entries);

it('moves by arrows and stops at the ends', () => {
  expect([press('ArrowDown', -1), press('ArrowDown', 3), press('ArrowUp', 0), press('End', 0)]).toEqual([0, 3, 0, 3]);
});

it('jumps to the next name that begins with a letter, whatever its case', () => {
  expect([press('b', 0), press('b', 1), press('b', 2), press('x', 0)]).toEqual([1, 2, 1, undefined]);
});
