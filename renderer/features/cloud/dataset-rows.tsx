import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { DatasetList, RemoteDataset } from '../../../shared/contract/cloud.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import type { SortOrder } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { client } from '../../state/client.ts';
import { openPath } from '../../state/items.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { plural, t } from '../../texts/translate.ts';
import { datasetColumns, inOrder } from './dataset-columns.tsx';
import { RemoteDatasetDetail } from './remote-dataset-detail.tsx';
import classes from './cloud.module.css';

interface DatasetRowsProps {
  readonly list: DatasetList;
  readonly search: string;
  /** Another account sees other datasets. */
  readonly account: string;
}

/** One of the lists, sorted and narrowed down, with what is known of the chosen dataset beside it. */
export function DatasetRows({ list, search, account }: DatasetRowsProps) {
  const [selected, setSelected] = useState(0);
  const [order, setOrder] = useState<SortOrder>();
  const [asked, setAsked] = useState<string | null>(null);
  const answer = useAnswer(`cloud.datasets ${list} ${account}`, (signal) =>
    client.cloud.datasets({ list }, { signal }),
  );
  if (answer.status === 'loading') return <LoadingState what={t('Asking NDI Cloud…')} lines={6} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  const { datasets } = answer.value;
  if (datasets.length === 0) return <EmptyState title={emptyText(list)} action={<Again onClick={answer.reload} />} />;
  const licenses = [...new Set(datasets.map((one) => one.license))].filter((one) => one !== '').toSorted();
  // One that no dataset has any more, after some were deleted, narrows nothing down.
  const license = asked !== null && licenses.includes(asked) ? asked : null;
  const found = inOrder(
    datasets.filter((one) => holds(one, search) && (license === null || one.license === license)),
    order,
  );
  const dataset = found[Math.min(selected, found.length - 1)];
  return (
    <>
      <div className={classes.count}>
        <span role="status">
          {found.length === datasets.length
            ? plural(datasets.length, '{{count}} dataset', '{{count}} datasets')
            : t('{{found}} of {{all}} datasets', { found: found.length, all: datasets.length })}
        </span>
        <Again onClick={answer.reload} />
        {licenses.length > 0 && (
          <Select
            aria-label={t('License')}
            placeholder={t('Any license')}
            data={licenses}
            value={license}
            onChange={setAsked}
            clearable
            w={180}
          />
        )}
      </div>
      {dataset === undefined ? (
        <EmptyState
          title={search === '' ? t('No dataset has this license.') : t('No dataset holds “{{search}}”.', { search })}
        />
      ) : (
        <div className={classes.split}>
          <DataTable
            label={t('Datasets')}
            columns={datasetColumns(list)}
            count={found.length}
            rowAt={(index) => found[index]}
            selected={found.indexOf(dataset)}
            onSelect={setSelected}
            onOpen={({ linkedPath }) => {
              if (linkedPath !== null) void openPath(linkedPath);
            }}
            {...(order === undefined ? {} : { sort: order })}
            onSort={setOrder}
          />
          <RemoteDatasetDetail key={dataset.id} dataset={dataset} list={list} onChanged={answer.reload} />
        </div>
      )}
    </>
  );
}

function Again({ onClick }: { readonly onClick: () => void }) {
  return (
    <Tooltip label={t('Ask again')}>
      <ActionIcon variant="subtle" aria-label={t('Ask again')} onClick={onClick}>
        <IconRefresh size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function emptyText(list: DatasetList): string {
  const texts: Record<DatasetList, string> = {
    mine: t('Your organization has no datasets in the cloud yet.'),
    public: t('No dataset is published on this server.'),
    submitted: t('No dataset waits for publication.'),
    deleted: t('No deleted dataset can be had back.'),
  };
  return texts[list];
}

function holds({ id, name, abstract, authors }: RemoteDataset, search: string): boolean {
  const text = [id, name, abstract, ...authors].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
