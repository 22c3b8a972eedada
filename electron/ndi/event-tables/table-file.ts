import type { TextTable } from '../text-table.ts';

/** A table of trials or events; every cell as text. */
export interface EventTable extends TextTable {
  /** Sheet of a workbook or variable of a MAT file; empty for files that are one table. */
  readonly name: string;
}

export interface TableFile {
  readonly kind: 'text' | 'workbook' | 'mat';
  readonly tables: readonly EventTable[];
}

/** The columns of a first row, and the others as long as it; empty rows are left out. */
export function withHeader(cells: readonly (readonly string[])[]): TextTable {
  const [head = [], ...rest] = cells.filter((row) => row.some((cell) => cell !== ''));
  const width = head.findLastIndex((cell) => cell !== '') + 1;
  const columns = head.slice(0, width);
  return { columns, rows: rest.map((row) => row.slice(0, width)) };
}
