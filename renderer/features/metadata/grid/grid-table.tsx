import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useVirtualRows } from '../../../components/table/use-virtual-rows.ts';
import { useCommand } from '../../../state/commands.ts';
import { t } from '../../../texts/translate.ts';
import { CellEditor } from './cell-editor.tsx';
import { parseTable, writeTable } from './clipboard-table.ts';
import classes from './grid.module.css';
import { clearChanges, fillDownChanges, pasteChanges, rectangle, type Selection } from './grid-model.ts';
import type { Grid } from './use-grid.ts';

const ROW_HEIGHT = 28;
const HEAD_HEIGHT = 28;
const NUMBER_WIDTH = 44;
const CELL_WIDTH = 150;

interface GridTableProps {
  readonly path: string;
  readonly sessionId: string | undefined;
  readonly label: string;
  readonly grid: Grid;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
}

/** Where the cursor goes at a key: rows and columns further. */
const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-20, 0],
  PageDown: [20, 0],
};

/** The cells: moved through, written into, copied and pasted as in a spreadsheet. */
export function GridTable({ path, sessionId, label, grid, selection, onSelect }: GridTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<{ readonly text: string | null } | null>(null);
  const { columns, rows } = grid;
  const virtual = useVirtualRows({ count: rows.length, scroller, rowHeight: ROW_HEIGHT, headHeight: HEAD_HEIGHT });
  const { top, bottom, left, right } = rectangle(selection);
  const problemAt = new Map(grid.problems.map((problem) => [`${problem.row} ${problem.key}`, problem]));
  const cellId = (row: number, column: number) => `cell-${label}-${row}-${column}`;

  const moveTo = (row: number, column: number, extend = false) => {
    const [toRow, toColumn] = [clamp(row, rows.length), clamp(column, columns.length)];
    onSelect(extend ? { ...selection, toRow, toColumn } : { row: toRow, column: toColumn, toRow, toColumn });
    virtual.scrollToIndex(toRow);
    requestAnimationFrame(() =>
      document.getElementById(cellId(toRow, toColumn))?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    );
  };
  const fillDown = () => grid.change(fillDownChanges(rows, columns, selection));
  useCommand('grid.fillDown', fillDown);

  const finish = (text: string | null) => {
    setEditing(null);
    const key = columns[selection.column]?.key;
    if (text !== null && key !== undefined) grid.change([{ row: selection.row, key, text }]);
    scroller.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (editing !== null || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key];
    const { toRow, toColumn } = selection;
    if (move !== undefined) moveTo(toRow + move[0], toColumn + move[1], event.shiftKey);
    else if (event.key === 'Tab') {
      const next = toColumn + (event.shiftKey ? -1 : 1);
      // At the edge of the table the focus goes on to what follows it.
      if (next < 0 || next >= columns.length) return;
      moveTo(toRow, next);
    } else if (event.key === 'Home') moveTo(toRow, 0, event.shiftKey);
    else if (event.key === 'End') moveTo(toRow, columns.length - 1, event.shiftKey);
    else if (event.key === 'Enter' || event.key === 'F2') setEditing({ text: null });
    else if (event.key === 'Delete' || event.key === 'Backspace') grid.change(clearChanges(columns, selection));
    else if (event.key.length === 1) setEditing({ text: event.key });
    else return;
    event.preventDefault();
  };
  const onCopy = (event: ClipboardEvent) => {
    if (editing !== null) return;
    event.preventDefault();
    const keys = columns.slice(left, right + 1).map(({ key }) => key);
    const copied = rows
      .slice(top, bottom + 1)
      .map((row) => keys.map((key) => grid.names.nameOf(key, row.cells[key] ?? '')));
    event.clipboardData.setData('text/plain', writeTable(copied));
  };
  const onPaste = (event: ClipboardEvent) => {
    if (editing !== null) return;
    event.preventDefault();
    const changes = pasteChanges(parseTable(event.clipboardData.getData('text/plain')), columns, selection);
    grid.change(changes);
    const last = Math.max(selection.row, ...changes.map(({ row }) => row));
    onSelect({ row: top, column: left, toRow: last, toColumn: Math.max(right, left) });
  };

  const across = {
    gridTemplateColumns: `${NUMBER_WIDTH}px repeat(${columns.length}, minmax(${CELL_WIDTH}px, 1fr))`,
    minWidth: NUMBER_WIDTH + CELL_WIDTH * columns.length,
  };
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable
      aria-activedescendant={cellId(selection.toRow, selection.toColumn)}
      tabIndex={0}
      data-region-focus
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onPaste={onPaste}
    >
      <div className={classes.head} role="row" aria-rowindex={1} style={across}>
        <span className={classes.number} role="columnheader" aria-label={t('Row')} />
        {columns.map((column) => (
          <span key={column.key} role="columnheader" className={classes.heading} title={column.key}>
            {column.label}
          </span>
        ))}
      </div>
      <div
        className={classes.body}
        style={{ height: virtual.getTotalSize(), minWidth: across.minWidth }}
        role="rowgroup"
      >
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={index}
              className={classes.row}
              role="row"
              aria-rowindex={index + 2}
              data-new={row.id === null}
              style={{ ...across, transform: `translateY(${start}px)` }}
            >
              <span className={classes.number} role="rowheader">
                {row.id === null && index === rows.length - 1 ? '*' : index + 1}
              </span>
              {columns.map((column, at) => {
                const text = row.cells[column.key] ?? '';
                const problem = problemAt.get(`${index} ${column.key}`);
                const isCursor = index === selection.row && at === selection.column;
                const isEdited = isCursor && editing !== null;
                return (
                  <div
                    key={column.key}
                    id={cellId(index, at)}
                    role="gridcell"
                    className={classes.cell}
                    aria-selected={index >= top && index <= bottom && at >= left && at <= right}
                    aria-invalid={problem?.grade === 'blocks'}
                    data-cursor={isCursor}
                    data-problem={problem?.grade}
                    title={problem?.message}
                    onMouseDown={(event) => {
                      if (!isEdited) moveTo(index, at, event.shiftKey);
                    }}
                    onMouseEnter={(event) => {
                      if (event.buttons === 1 && editing === null)
                        onSelect({ ...selection, toRow: index, toColumn: at });
                    }}
                    onDoubleClick={() => setEditing({ text: null })}
                  >
                    {isEdited ? (
                      <CellEditor
                        path={path}
                        sessionId={sessionId}
                        column={column}
                        start={editing.text ?? text}
                        onDone={finish}
                        onPicked={(changes) => {
                          setEditing(null);
                          grid.change(changes.map((change) => ({ ...change, row: index })));
                          scroller.current?.focus();
                        }}
                      />
                    ) : (
                      <span translate="no">{grid.names.nameOf(column.key, text)}</span>
                    )}
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}
