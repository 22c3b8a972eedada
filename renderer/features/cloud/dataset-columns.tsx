import type { DatasetList, RemoteDataset } from '../../../shared/contract/cloud.ts';
import { CopyState } from '../../components/copy-state/copy-state.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { ElidedText } from '../../components/elided-text.tsx';
import type { DataTableColumn, SortOrder } from '../../components/table/columns.ts';
import { formatBytes, formatDate, formatNumber, t } from '../../texts/translate.ts';

/** What a list of datasets shows of each; where it lies on this computer stands beside. */
export function datasetColumns(list: DatasetList): DataTableColumn<RemoteDataset>[] {
  return [
    {
      id: 'name',
      title: t('Name'),
      least: 150,
      grow: 3,
      sortable: true,
      cell: ({ name }) => <ElidedText text={name} />,
    },
    { id: 'state', title: t('State'), least: 92, cell: (dataset) => <Publication dataset={dataset} /> },
    {
      id: 'copy',
      title: t('Copy here'),
      least: 108,
      cell: ({ linkedPath }) => (linkedPath === null ? '–' : <CopyState path={linkedPath} />),
    },
    {
      id: 'documents',
      title: t('Documents'),
      least: 112,
      numeric: true,
      sortable: true,
      cell: ({ documents }) => (documents === null ? '–' : formatNumber(documents)),
    },
    {
      id: 'bytes',
      title: t('Size'),
      least: 74,
      numeric: true,
      sortable: true,
      cell: ({ bytes }) => (bytes === null ? '–' : formatBytes(bytes)),
    },
    {
      id: 'date',
      title: list === 'deleted' ? t('Gone for good') : t('Changed'),
      least: 176,
      sortable: true,
      cell: (dataset) => {
        const stamp = stampOf(dataset);
        return stamp === null ? '–' : formatDate(stamp);
      },
    },
  ];
}

/** Datasets in an order; without one as the server lists them. What a dataset does not tell comes last. */
export function inOrder(datasets: readonly RemoteDataset[], order: SortOrder | undefined): RemoteDataset[] {
  if (order === undefined) return [...datasets];
  const sign = order.descending ? -1 : 1;
  const values: Record<string, (dataset: RemoteDataset) => string | number | null> = {
    name: ({ name }) => name,
    documents: ({ documents }) => documents,
    bytes: ({ bytes }) => bytes,
    date: stampOf,
  };
  const valueOf = values[order.column] ?? (() => null);
  return datasets.toSorted((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const difference = typeof a === 'string' ? a.localeCompare(String(b), undefined, { numeric: true }) : a - Number(b);
    return sign * difference;
  });
}

function stampOf({ deletedAt, updatedAt }: RemoteDataset): string | null {
  return deletedAt ?? updatedAt;
}

function Publication({ dataset: { published, submitted } }: { readonly dataset: RemoteDataset }) {
  if (published) return <StateBadge small tone="good" text={t('published')} />;
  if (submitted) return <StateBadge small tone="warn" text={t('submitted')} />;
  return <StateBadge small tone="quiet" text={t('draft')} />;
}
