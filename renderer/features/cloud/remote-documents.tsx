import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RemoteDataset, RemoteDocuments } from '../../../shared/contract/cloud.ts';
import { ElidedText } from '../../components/elided-text.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { modals } from '../../components/modals.ts';
import type { DataTableColumn } from '../../components/table/columns.ts';
import { RowsTable } from '../../components/table/rows-table.tsx';
import { client } from '../../state/client.ts';
import { openPanel } from '../../state/panels.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import classes from './cloud.module.css';

type Row = RemoteDocuments['documents'][number];

/** More are counted and can be narrowed down by class, but not all drawn. */
const MOST = 20_000;

/** Shows the documents of a dataset in the cloud, without fetching it. */
export function showRemoteDocuments({ id, name }: RemoteDataset): void {
  const modal = modals.open({
    title: t('Documents of “{{name}}”', { name }),
    size: 'xl',
    closeButtonProps: { 'aria-label': t('Close') },
    children: <DocumentList datasetId={id} onClose={() => modals.close(modal)} />,
  });
}

interface DocumentListProps {
  readonly datasetId: string;
  readonly onClose: () => void;
}

function DocumentList({ datasetId, onClose }: DocumentListProps) {
  const [className, setClassName] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const answer = useAnswer(`cloud.documents ${datasetId}`, (signal) =>
    client.cloud.documents({ datasetId, limit: MOST }, { signal }),
  );
  if (answer.status === 'loading') return <LoadingState what={t('Asking NDI Cloud…')} lines={6} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} inline />;
  const { documents, total } = answer.value;
  const open = ({ cloudId }: Row) => {
    onClose();
    openPanel('remoteDocument', { datasetId, cloudId }, { place: 'right' });
  };
  if (total === 0) return <EmptyState title={t('It has no documents.')} />;
  const found = documents.filter((row) => {
    const text = `${row.name} ${row.class} ${row.id}`.toLowerCase();
    return (className === null || row.class === className) && text.includes(search.trim().toLowerCase());
  });
  return (
    <>
      <div className={classes.filters}>
        <Select
          label={t('Class')}
          placeholder={t('All classes')}
          data={classChoices(documents)}
          value={className}
          onChange={setClassName}
          clearable
          searchable
        />
        <TextInput
          label={t('Name, class or id')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          data-autofocus
        />
        <span role="status">
          {t('{{found}} of {{all}} documents', { found: formatNumber(found.length), all: formatNumber(total) })}
        </span>
      </div>
      <p>{t('Enter or a double click shows a document.')}</p>
      {found.length > 0 && <RowsTable label={t('Documents')} columns={columns()} rows={found} onOpen={open} />}
    </>
  );
}

function classChoices(documents: readonly Row[]): { value: string; label: string }[] {
  const counts = new Map<string, number>();
  for (const row of documents) counts.set(row.class, (counts.get(row.class) ?? 0) + 1);
  return [...counts]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([value, count]) => ({ value, label: `${value} (${formatNumber(count)})` }));
}

function columns(): DataTableColumn<Row>[] {
  return [
    { id: 'class', title: t('Class'), least: 160, grow: 1, cell: (row) => <ElidedText text={row.class} /> },
    { id: 'name', title: t('Name'), least: 160, grow: 2, cell: ({ name }) => <ElidedText text={name} /> },
    { id: 'id', title: t('ID'), least: 290, cell: ({ id, cloudId }) => <ElidedText text={id || cloudId} mono /> },
  ];
}
