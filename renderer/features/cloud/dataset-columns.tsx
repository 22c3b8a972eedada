import type { DatasetList, RemoteDataset } from '../../../shared/contract/cloud.ts';
import { CopyState } from '../../components/copy-state/copy-state.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { ElidedText } from '../../components/elided-text.tsx';
import type { DataTableColumn } from '../../components/table/columns.ts';
import { formatBytes, formatDate, formatNumber, t } from '../../texts/translate.ts';

/** What a list of datasets shows of each. */
export function datasetColumns(list: DatasetList): DataTableColumn<RemoteDataset>[] {
  return [
    { id: 'name', title: t('Name'), least: 160, grow: 3, cell: ({ name }) => <ElidedText text={name} /> },
    { id: 'state', title: t('State'), least: 92, cell: (dataset) => <Publication dataset={dataset} /> },
    {
      id: 'copy',
      title: t('Copy'),
      least: 120,
      cell: ({ linkedPath }) => (linkedPath === null ? '' : <CopyState path={linkedPath} />),
    },
    {
      id: 'documents',
      title: t('Documents'),
      least: 90,
      numeric: true,
      cell: ({ documents }) => (documents === null ? '–' : formatNumber(documents)),
    },
    {
      id: 'bytes',
      title: t('Size'),
      least: 80,
      numeric: true,
      cell: ({ bytes }) => (bytes === null ? '–' : formatBytes(bytes)),
    },
    list === 'deleted'
      ? { id: 'gone', title: t('Gone for good'), least: 176, cell: ({ deletedAt }) => dateOf(deletedAt) }
      : { id: 'updated', title: t('Changed'), least: 176, cell: ({ updatedAt }) => dateOf(updatedAt) },
    {
      id: 'linked',
      title: t('On this computer'),
      least: 116,
      grow: 2,
      cell: ({ linkedPath }) => (linkedPath === null ? '' : <ElidedText text={linkedPath} />),
    },
  ];
}

function Publication({ dataset: { published, submitted } }: { readonly dataset: RemoteDataset }) {
  if (published) return <StateBadge small tone="good" text={t('published')} />;
  if (submitted) return <StateBadge small tone="warn" text={t('submitted')} />;
  return <StateBadge small tone="quiet" text={t('draft')} />;
}

function dateOf(stamp: string | null): string {
  return stamp === null ? '–' : formatDate(stamp);
}
