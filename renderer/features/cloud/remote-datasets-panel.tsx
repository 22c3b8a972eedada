import { ActionIcon, Button, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { DatasetList, RemoteDataset } from '../../../shared/contract/cloud.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { isSignedIn, useAccount } from '../../state/account.ts';
import { client } from '../../state/client.ts';
import { runCommand } from '../../state/commands.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { plural, t } from '../../texts/translate.ts';
import { datasetColumns } from './dataset-columns.tsx';
import { RemoteDatasetDetail } from './remote-dataset-detail.tsx';
import classes from './cloud.module.css';

/** Datasets in NDI Cloud: one's own, those of everybody, those that wait, and those that can be had back. */
export function RemoteDatasetsPanel() {
  const account = useAccount((state) => state.account);
  const signedIn = isSignedIn(account);
  const [asked, setAsked] = useState<DatasetList | null>(null);
  const [search, setSearch] = useState('');
  const list = asked ?? (signedIn ? 'mine' : 'public');
  const needsAccount = list !== 'public' && !signedIn;
  return (
    <div className={classes.panel}>
      <Toolbar label={t('Datasets in NDI Cloud')}>
        <SegmentedControl
          aria-label={t('Which datasets')}
          data={[
            { value: 'mine', label: t('Mine') },
            { value: 'public', label: t('Public') },
            { value: 'submitted', label: t('Submitted') },
            { value: 'deleted', label: t('Deleted') },
          ]}
          value={list}
          onChange={(value) => setAsked(value)}
        />
        <TextInput
          placeholder={t('Find a dataset')}
          aria-label={t('Find a dataset')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={240}
        />
        <ToolbarSpace />
        <span className={classes.server} translate="no">
          {account?.serverName ?? ''}
        </span>
      </Toolbar>
      {needsAccount ? (
        <EmptyState
          title={t('Sign in to see the datasets of your organization.')}
          action={<Button onClick={() => runCommand('cloud.signIn')}>{t('Sign in')}</Button>}
          link={
            <Button variant="subtle" onClick={() => setAsked('public')}>
              {t('Show the public ones')}
            </Button>
          }
        />
      ) : (
        <DatasetRows
          list={list}
          search={search}
          account={`${account?.profile ?? ''} ${account?.organization?.id ?? ''}`}
        />
      )}
    </div>
  );
}

interface DatasetRowsProps {
  readonly list: DatasetList;
  readonly search: string;
  /** Another account sees other datasets. */
  readonly account: string;
}

function DatasetRows({ list, search, account }: DatasetRowsProps) {
  const [selected, setSelected] = useState(0);
  const answer = useAnswer(`cloud.datasets ${list} ${account}`, (signal) =>
    client.cloud.datasets({ list }, { signal }),
  );
  if (answer.status === 'loading') return <LoadingState what={t('Asking NDI Cloud…')} lines={6} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  const { datasets } = answer.value;
  const found = datasets.filter((dataset) => holds(dataset, search));
  const dataset = found[Math.min(selected, found.length - 1)];
  if (datasets.length === 0) return <EmptyState title={emptyText(list)} action={<Again onClick={answer.reload} />} />;
  if (dataset === undefined) return <EmptyState title={t('No dataset holds “{{search}}”.', { search })} />;
  return (
    <>
      <div className={classes.count}>
        <span role="status">
          {found.length === datasets.length
            ? plural(datasets.length, '{{count}} dataset', '{{count}} datasets')
            : t('{{found}} of {{all}} datasets', { found: found.length, all: datasets.length })}
        </span>
        <Again onClick={answer.reload} />
      </div>
      <div className={classes.split}>
        <DataTable
          label={t('Datasets')}
          columns={datasetColumns(list)}
          count={found.length}
          rowAt={(index) => found[index]}
          selected={found.indexOf(dataset)}
          onSelect={setSelected}
        />
        <RemoteDatasetDetail key={dataset.id} dataset={dataset} />
      </div>
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
