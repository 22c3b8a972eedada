import type { CallOutputs } from '../../../shared/contract/contract.ts';
import type { TableMapping } from '../../../shared/contract/stimuli.ts';
import { plural, t } from '../../texts/translate.ts';
import { ElidedText } from '../elided-text.tsx';
import { RowsTable } from '../table/rows-table.tsx';
import classes from '../fields.module.css';

export type TableOfFile = CallOutputs['stimuli']['readTable'];

/** Rows that tell what a table holds. */
const SHOWN = 10;

/** The first ten rows of a table as they stand in the file. */
export function FirstRows({ table }: { readonly table: TableOfFile }) {
  return (
    <>
      <p className={classes.quiet}>
        {plural(
          table.total,
          '{{count}} row; the first ones as they stand in the file:',
          '{{count}} rows; the first ones as they stand in the file:',
        )}
      </p>
      <RowsTable
        label={t('First rows of the file')}
        columns={table.columns.map((name, at) => ({
          id: String(at),
          title: name,
          least: 96,
          grow: 1,
          cell: (row: readonly string[]) => <ElidedText text={row[at] ?? ''} />,
        }))}
        rows={table.rows.slice(0, SHOWN)}
      />
    </>
  );
}

/** Whether the onsets of a table are dates or times of day. */
export function holdsDates({ columns, rows }: TableOfFile, { onset }: TableMapping): boolean {
  const at = columns.indexOf(onset);
  return rows.some((row) => /^\d{4}-\d\d-\d\d|^\d+:\d\d:\d\d/.test(row[at] ?? ''));
}
