import { useTable } from '@tanstack/react-table';
import { useEffect, useId, useMemo, useRef, type KeyboardEvent } from 'react';
import { columnsOf, features, tracksOf, type DataTableColumn, type SortOrder, type TableRow } from './columns.ts';
import classes from './data-table.module.css';
import { HeadCell } from './head-cell.tsx';
import { stepFor } from './step-for.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

/** Height of a row and of the head in pixels: `--ndi-row` plus room to breathe. */
export const ROW_HEIGHT = 28;

interface DataTableProps<T> {
  /** Name for screen readers. */
  readonly label: string;
  readonly columns: readonly DataTableColumn<T>[];
  /** Ids of columns that do not show. */
  readonly hidden?: readonly string[];
  readonly count: number;
  /** The row at an index; undefined while it is not loaded. */
  readonly rowAt: (index: number) => T | undefined;
  /** Index of the selected row; -1 for none. Selection follows the keyboard. */
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  /** Enter or a double click on a row. */
  readonly onOpen?: (row: T) => void;
  /** Asks for the row's menu: a right click, the menu key, or Shift+F10. */
  readonly onMenu?: (row: T, at: { readonly x: number; readonly y: number }) => void;
  readonly sort?: SortOrder;
  readonly onSort?: (sort: SortOrder) => void;
  /** Told which rows are in sight, so that they can be loaded. */
  readonly onRange?: (first: number, last: number) => void;
  /** Pixels above what is in sight at first. */
  readonly startAt?: () => number;
  /** Told how many pixels are above what is in sight. */
  readonly onScrolled?: (pixels: number) => void;
}

/**
 * A table of any length: only the rows in sight are drawn. One stop of the Tab key; arrows, Page keys, Home and End
 * move, Enter opens.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, hidden = [], count, rowAt, selected, onSelect, sort, onSort, onRange } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({
    ...{ count, scroller, rowHeight: ROW_HEIGHT, headHeight: ROW_HEIGHT },
    startAt: props.startAt,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= 0) onRange?.(first, last);
  }, [first, last, onRange]);
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected);
  }, [selected, virtual]);

  const definitions = useMemo(() => columnsOf(columns), [columns]);
  const visibility = useMemo(() => Object.fromEntries(hidden.map((column) => [column, false])), [hidden]);
  const rows: TableRow<T>[] = items.map(({ index }) => ({ index, row: rowAt(index) }));
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: (row) => String(row.index),
    state: { columnVisibility: visibility },
  });
  const shown = columns.filter((column) => !hidden.includes(column.id));
  const { template, leastWidth } = tracksOf(shown);
  const tracks = { gridTemplateColumns: template };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') {
      const row = rowAt(selected);
      if (row === undefined || props.onOpen === undefined) return;
      props.onOpen(row);
    } else if (isMenuKey(event)) {
      const row = rowAt(selected);
      const box = document.getElementById(`${id}-${selected}`)?.getBoundingClientRect();
      if (row === undefined || box === undefined || props.onMenu === undefined) return;
      props.onMenu(row, { x: box.left + 24, y: box.bottom });
      // Elsewhere this key leads to the menu bar.
      event.stopPropagation();
    } else {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
      const next = stepFor(event.key, selected, count, page);
      if (next === null) return;
      onSelect(next);
    }
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={shown.length}
      aria-activedescendant={selected >= first && selected <= last ? `${id}-${selected}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => props.onScrolled?.(event.currentTarget.scrollTop)}
    >
      <div role="presentation" className={classes.inner} style={{ minWidth: leastWidth }}>
        <div role="rowgroup" className={classes.head}>
          {table.getHeaderGroups().map((group) => (
            <div role="row" aria-rowindex={1} key={group.id} className={classes.row} style={tracks}>
              {shown.map((column) => (
                <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
              ))}
            </div>
          ))}
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {table.getRowModel().rows.map((row, place) => (
            <div
              key={row.id}
              id={`${id}-${row.id}`}
              role="row"
              aria-rowindex={row.original.index + 2}
              aria-selected={row.original.index === selected}
              className={`${classes.row ?? ''} ${classes.data ?? ''}`}
              style={{ ...tracks, transform: `translateY(${items[place]?.start ?? 0}px)` }}
              onClick={() => {
                onSelect(row.original.index);
                scroller.current?.focus({ preventScroll: true });
              }}
              onDoubleClick={() => {
                if (row.original.row !== undefined) props.onOpen?.(row.original.row);
              }}
              onContextMenu={(event) => {
                if (row.original.row === undefined || props.onMenu === undefined) return;
                event.preventDefault();
                onSelect(row.original.index);
                scroller.current?.focus({ preventScroll: true });
                props.onMenu(row.original.row, { x: event.clientX, y: event.clientY });
              }}
            >
              {row.getVisibleCells().map((cell, index) => (
                <div
                  key={cell.id}
                  role="gridcell"
                  className={`${classes.cell ?? ''} ${shown[index]?.numeric === true ? (classes.numeric ?? '') : ''}`}
                >
                  <table.FlexRender cell={cell} />
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

const isMenuKey = ({ key, shiftKey }: KeyboardEvent) => key === 'ContextMenu' || (key === 'F10' && shiftKey);
