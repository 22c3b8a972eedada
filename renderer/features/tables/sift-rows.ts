import type { TableCell, TableRow } from '../../../shared/contract/tables.ts';
import { naturalOrder } from '../../../shared/model/natural-order.ts';

/** The rows that hold every word of a text in some cell, whatever its case, in the order of a column; empty cells last. */
export function siftRows(
  rows: readonly TableRow[],
  { text, column, descending }: { readonly text: string; readonly column: number; readonly descending: boolean },
): readonly TableRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const holding = words.length === 0 ? rows : rows.filter(({ cells }) => holds(cells, words));
  if (column < 0) return holding;
  const sign = descending ? -1 : 1;
  return holding.toSorted((a, b) => {
    const [one, other] = [a.cells[column] ?? null, b.cells[column] ?? null];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return sign * compared(one, other);
  });
}

function holds(cells: readonly TableCell[], words: readonly string[]): boolean {
  const all = cells.map((cell) => (cell === null ? '' : String(cell).toLowerCase())).join('\n');
  return words.every((word) => all.includes(word));
}

function compared(one: string | number | boolean, other: string | number | boolean): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return naturalOrder.compare(String(one), String(other));
}
