import { NativeSelect, TextInput } from '@mantine/core';
import { IconRefresh, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { type TableRow, type TableSubject, tableSubjectSchema } from '../../../shared/contract/tables.ts';
import { CommandButton } from '../../components/command-button.tsx';
import { ElidedText } from '../../components/elided-text.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import type { DataTableColumn, SortOrder } from '../../components/table/columns.ts';
import { ColumnMenu } from '../../components/table/column-menu.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { SaveMenu } from '../../components/table/save-menu.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { client } from '../../state/client.ts';
import { useCommand } from '../../state/commands.ts';
import { useViewState } from '../../state/cache/use-view-state.ts';
import { useRevision } from '../../state/edits.ts';
import { reloadItem, useItem } from '../../state/items.ts';
import { openPanel, type PanelParams, usePanelTitle } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { formatNumber, plural, t } from '../../texts/translate.ts';
import { ClassChooser } from './class-chooser.tsx';
import { hasKinds, KindSelect } from './kind-select.tsx';
import { siftRows } from './sift-rows.ts';
import classes from './tables.module.css';

const SUBJECTS: readonly { readonly value: TableSubject; readonly label: string }[] = [
  { value: 'subject', label: 'Subjects' },
  { value: 'probe', label: 'Probes' },
  { value: 'epoch', label: 'Epochs' },
  { value: 'element', label: 'Elements' },
  { value: 'treatment', label: 'Treatments' },
  { value: 'openminds', label: 'openMINDS documents' },
  { value: 'ontologyTableRow', label: 'Ontology table rows' },
];

const FORMATS = [
  { to: 'csv', title: 'CSV' },
  { to: 'json', title: 'JSON' },
  { to: 'parquet', title: 'Parquet' },
] as const;

/** A number cut in its middle would be another number; all digits are in the tooltip and in files. */
const DIGITS_SHOWN = 8;

/** Subjects, probes or epochs as a table, with what the documents say of them. */
export function TablesPanel({ params }: { readonly params: PanelParams['tables'] }) {
  const { path, sessionId } = params;
  const [by, setBy] = useViewState<TableSubject>('tables:by', 1, 'subject', acceptSubject);
  const [chosenKind, setKind] = useState('');
  const [added, setAdded] = useState<string[]>([]);
  const [reread, setReread] = useState(0);
  const round = reread + useRevision(path);
  useCommand('item.reload', () => {
    reloadItem(path);
    setReread((before) => before + 1);
  });
  const { info } = useItem(path);
  const name = info !== undefined && 'reference' in info ? info.reference : basename(path);
  usePanelTitle(t('{{name}}: tables', { name }));
  const place = sessionId === undefined ? { path } : { path, sessionId };
  const kind = hasKinds(by) ? chosenKind : '';
  const request = { ...place, by, classes: added, ...(kind === '' ? {} : { kind }) };
  const answer = useAnswer(JSON.stringify([request, round]), (signal) => client.tables.get(request, { signal }));
  return (
    <div className={classes.panel}>
      <Toolbar label={t('Table')}>
        <NativeSelect
          aria-label={t('What the rows are')}
          value={by}
          data={SUBJECTS.map(({ value, label }) => ({ value, label: t(label) }))}
          onChange={(event) => {
            setBy(acceptSubject(event.currentTarget.value) ?? 'subject');
            setKind('');
          }}
        />
        {hasKinds(by) && <KindSelect place={place} by={by} kind={kind} round={round} onChange={setKind} />}
        <ClassChooser path={path} sessionId={sessionId} chosen={added} onChange={setAdded} />
        <ToolbarSpace />
        <SaveMenu
          label={t('Export the table')}
          heading={t('All rows and columns as a file')}
          choices={FORMATS.map(({ to, title }) => ({
            title,
            fileName: `${by}.${to}`,
            download: async () => (await client.tables.download({ ...request, to })).file,
          }))}
        />
        <CommandButton command="item.reload" icon={<IconRefresh size={16} aria-hidden />} />
      </Toolbar>
      {answer.status === 'loading' ? (
        <LoadingState what={t('Gathering what the documents say…')} lines={8} />
      ) : answer.status === 'failed' ? (
        <ErrorState error={answer.error} onRetry={answer.reload} />
      ) : answer.value.rows.length === 0 ? (
        <EmptyState title={t('No document gives a row to this table. Choose other rows above.')} />
      ) : (
        <Rows
          key={`${by} ${kind}`}
          {...answer.value}
          view={`${by}${kind === '' ? '' : `:${kind}`}`}
          onOpen={(id) => openDocument(params, id)}
        />
      )}
    </div>
  );
}

interface RowsProps {
  /** Names what the table shows: which columns are hidden is kept by it. */
  readonly view: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  readonly onOpen: (id: string) => void;
}

function Rows({ view, columns, rows, onOpen }: RowsProps) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const [sort, setSort] = useState<SortOrder>({ column: '', descending: false });
  const [selected, setSelected] = useState(-1);
  const [hidden, setHidden] = useViewState<string[]>(`tables:hidden:${view}`, 1, hiddenAtFirst(columns), acceptNames);
  const shown = useMemo(
    () => siftRows(rows, { text, column: columns.indexOf(sort.column), descending: sort.descending }),
    [rows, columns, text, sort],
  );
  const tableColumns = useMemo(() => columns.map((name, at) => columnOf(name, at, rows)), [columns, rows]);
  return (
    <>
      <Toolbar label={t('Rows')}>
        <TextInput
          className={classes.filter}
          aria-label={t('Filter the rows')}
          placeholder={t('Filter: any value')}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setSelected(-1);
          }}
        />
        <span className={classes.count} role="status">
          {shown.length === rows.length
            ? plural(rows.length, '{{count}} row', '{{count}} rows')
            : t('{{shown}} of {{all}} rows', { shown: shown.length, all: rows.length })}
        </span>
        <ToolbarSpace />
        <ColumnMenu columns={columns.map((name) => ({ id: name, title: name }))} hidden={hidden} onChange={setHidden} />
      </Toolbar>
      <div className={classes.rows}>
        {shown.length === 0 ? (
          <EmptyState title={t('No row holds “{{text}}”.', { text })} />
        ) : (
          <DataTable
            label={t('Table')}
            columns={tableColumns}
            hidden={hidden}
            count={shown.length}
            rowAt={(index) => shown[index]}
            selected={Math.min(selected, shown.length - 1)}
            onSelect={setSelected}
            onOpen={({ id }) => id !== null && onOpen(id)}
            sort={sort}
            onSort={(next) => {
              setSort(next);
              setSelected(-1);
            }}
          />
        )}
      </div>
    </>
  );
}

function columnOf(name: string, at: number, rows: readonly TableRow[]): DataTableColumn<TableRow> {
  const numeric = rows.every(({ cells }) => typeof (cells[at] ?? 0) === 'number');
  return {
    id: name,
    title: name,
    // Wide enough for its name, so that a heading can be read.
    least: Math.min(280, Math.max(110, 36 + name.length * 8)),
    grow: 1,
    numeric,
    sortable: true,
    cell: ({ cells }) => {
      const value = cells[at] ?? null;
      if (value === null) return null;
      if (typeof value !== 'number') return <ElidedText text={String(value)} />;
      return <span title={formatNumber(value)}>{formatNumber(Number(value.toPrecision(DIGITS_SHOWN)))}</span>;
    },
  };
}

/** Ids are for machines: they are there to be shown, and in files. */
function hiddenAtFirst(columns: readonly string[]): string[] {
  return columns.filter((name) => /DocumentIdentifier$|^SessionIdentifier$|_id$/.test(name) && !/^Epoch/.test(name));
}

function openDocument({ path, sessionId }: PanelParams['tables'], documentId: string): void {
  openPanel('documents', { path, documentId, ...(sessionId === undefined ? {} : { sessionId }) }, { place: 'right' });
}

function acceptSubject(kept: unknown): TableSubject | undefined {
  return tableSubjectSchema.safeParse(kept).data;
}

function acceptNames(kept: unknown): string[] | undefined {
  return Array.isArray(kept) && kept.every((name) => typeof name === 'string') ? kept : undefined;
}
