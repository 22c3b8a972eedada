import { expect, it } from 'vitest';
import type { TableCell } from '../../../shared/contract/tables.ts';
import { siftRows } from './sift-rows.ts';

const rows = (
  [
    ['b', 10],
    ['a', 9],
    ['C', null],
    ['unit10', 1],
    ['unit9', 2],
  ] as TableCell[][]
).map((cells) => ({
  id: null,
  cells,
}));
const first = (text: string, column: number, descending = false) =>
  siftRows(rows, { text, column, descending }).map(({ cells }) => cells[0]);

it('sorts numbers as numbers and leaves the empty ones last, both ways', () => {
  expect(first('', 1)).toEqual(['unit10', 'unit9', 'a', 'b', 'C']);
  expect(first('', 1, true)).toEqual(['b', 'a', 'unit9', 'unit10', 'C']);
  expect(first('', 0)).toEqual(['a', 'b', 'C', 'unit9', 'unit10']);
});

it('keeps the rows that hold every word, whatever its case', () => {
  expect(first('UNIT 1', -1)).toEqual(['unit10']);
  expect(first('', -1)).toEqual(['b', 'a', 'C', 'unit10', 'unit9']);
  expect(first('nowhere', 0)).toEqual([]);
});
