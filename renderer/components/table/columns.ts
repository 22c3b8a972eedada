import { columnVisibilityFeature, tableFeatures, type ColumnDef } from '@tanstack/react-table';
import { createElement, type ReactNode } from 'react';
import classes from './data-table.module.css';

export interface DataTableColumn<T> {
  readonly id: string;
  readonly title: string;
  /** Pixels that the column has at least. */
  readonly least: number;
  /** Its share of the room that is left over; none where it is missing. */
  readonly grow?: number;
  readonly numeric?: boolean;
  readonly sortable?: boolean;
  cell(row: T): ReactNode;
}

export interface SortOrder {
  readonly column: string;
  readonly descending: boolean;
}

/** A place of the table; its row is undefined while it is not loaded. */
export interface TableRow<T> {
  readonly index: number;
  readonly row: T | undefined;
}

/** Sorting and filtering are the owner's (the services sort a hundred thousand rows): the table shows and hides. */
export const features = tableFeatures({ columnVisibilityFeature });

export function columnsOf<T>(columns: readonly DataTableColumn<T>[]): ColumnDef<typeof features, TableRow<T>>[] {
  return columns.map((column) => ({
    id: column.id,
    header: column.title,
    cell: ({ row }) => {
      const { row: loaded } = row.original;
      return loaded === undefined ? createElement('span', { className: classes.waiting }) : column.cell(loaded);
    },
  }));
}

/** The tracks of the grid that every row follows, and the width below which the table scrolls sideways. */
export function tracksOf<T>(columns: readonly DataTableColumn<T>[]): { template: string; leastWidth: number } {
  return {
    template: columns
      .map(({ least, grow = 0 }) => (grow === 0 ? `${least}px` : `minmax(${least}px, ${grow}fr)`))
      .join(' '),
    leastWidth: columns.reduce((sum, { least }) => sum + least, 0),
  };
}
