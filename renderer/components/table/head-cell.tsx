import { IconArrowDown, IconArrowUp, IconArrowsSort } from '@tabler/icons-react';
import { t } from '../../texts/translate.ts';
import type { DataTableColumn, SortOrder } from './columns.ts';
import classes from './data-table.module.css';

interface HeadCellProps<T> {
  readonly column: DataTableColumn<T>;
  readonly sort: SortOrder | undefined;
  readonly onSort: ((sort: SortOrder) => void) | undefined;
}

/** The head of a column; a button where the column can be sorted by. */
export function HeadCell<T>({ column, sort, onSort }: HeadCellProps<T>) {
  const className = `${classes.cell ?? ''} ${classes.headCell ?? ''} ${column.numeric === true ? (classes.numeric ?? '') : ''}`;
  if (column.sortable !== true || onSort === undefined) {
    return (
      <div role="columnheader" className={className}>
        {column.title}
      </div>
    );
  }
  const current = sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : 'none';
  const Icon = current === 'none' ? IconArrowsSort : current === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <div role="columnheader" aria-sort={current} className={className}>
      <button
        type="button"
        className={classes.sortButton}
        title={t('Sort by {{column}}', { column: column.title })}
        onClick={() => {
          onSort({ column: column.id, descending: current === 'ascending' });
        }}
      >
        {column.title}
        <Icon size={12} aria-hidden className={current === 'none' ? classes.unsorted : undefined} />
      </button>
    </div>
  );
}
