import { useState } from 'react';
import type { DataTableColumn } from './columns.ts';
import { DataTable, ROW_HEIGHT } from './data-table.tsx';
import classes from './data-table.module.css';

/** Taller tables scroll in themselves. */
const MOST_ROWS_IN_SIGHT = 12;
/** Of the frame, and beneath the head. */
const LINES_PX = 3;

interface RowsTableProps<T> {
  readonly label: string;
  readonly columns: readonly DataTableColumn<T>[];
  readonly rows: readonly T[];
  readonly onOpen?: (row: T) => void;
  readonly onMenu?: (row: T, at: { readonly x: number; readonly y: number }) => void;
}

/** A table of rows that are all there, as tall as they need up to a dozen. */
export function RowsTable<T>({ label, columns, rows, onOpen, onMenu }: RowsTableProps<T>) {
  const [selected, setSelected] = useState(-1);
  return (
    <div
      className={classes.frame}
      style={{ height: (Math.min(rows.length, MOST_ROWS_IN_SIGHT) + 1) * ROW_HEIGHT + LINES_PX }}
    >
      <DataTable
        label={label}
        columns={columns}
        count={rows.length}
        rowAt={(index) => rows[index]}
        selected={Math.min(selected, rows.length - 1)}
        onSelect={setSelected}
        {...(onOpen === undefined ? {} : { onOpen })}
        {...(onMenu === undefined ? {} : { onMenu })}
      />
    </div>
  );
}
