import type { SyncEdge } from '../../../shared/contract/sync.ts';
import { ElidedText } from '../../components/elided-text.tsx';
import type { DataTableColumn } from '../../components/table/columns.ts';
import { RowsTable } from '../../components/table/rows-table.tsx';
import { formatNumber, t } from '../../texts/translate.ts';
import { formula, secondsText } from './words.ts';

interface EdgeTableProps {
  readonly edges: readonly SyncEdge[];
  readonly onOpen: (edge: SyncEdge) => void;
}

/** The graph as a table, for those who would rather read than look. */
export function EdgeTable({ edges, onOpen }: EdgeTableProps) {
  return <RowsTable label={t('Links between clocks')} columns={columns()} rows={edges} onOpen={onOpen} />;
}

function columns(): DataTableColumn<SyncEdge>[] {
  return [
    { id: 'from', title: t('From'), least: 160, grow: 2, cell: ({ from }) => <ElidedText text={from} /> },
    { id: 'to', title: t('To'), least: 160, grow: 2, cell: ({ to }) => <ElidedText text={to} /> },
    { id: 'rule', title: t('By'), least: 120, grow: 1, cell: ({ rule, kind }) => <ElidedText text={rule ?? kind} /> },
    {
      id: 'mapping',
      title: t('Mapping'),
      least: 150,
      grow: 1,
      cell: ({ mapping }) => <ElidedText text={formula(mapping)} />,
    },
    {
      id: 'residual',
      title: t('Residual'),
      least: 90,
      numeric: true,
      cell: ({ residualMaxSec }) => (residualMaxSec === null ? '' : secondsText(residualMaxSec)),
    },
    {
      id: 'drift',
      title: t('Drift (ppm)'),
      least: 90,
      numeric: true,
      cell: ({ driftPpm }) => (driftPpm === null ? '' : formatNumber(Math.round(driftPpm * 100) / 100)),
    },
    { id: 'cost', title: t('Cost'), least: 60, numeric: true, cell: ({ cost }) => formatNumber(cost) },
  ];
}

/** The links as a table for other programs. */
export function edgesAsCsv(edges: readonly SyncEdge[]): string {
  const cell = (value: string | number | null) => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const rows = edges.map(({ from, to, rule, kind, cost, mapping, residualMaxSec, driftPpm, jumps }) =>
    [from, to, rule, kind, cost, mapping.at(-2) ?? 0, mapping.at(-1) ?? 0, residualMaxSec, driftPpm, jumps]
      .map(cell)
      .join(','),
  );
  return ['from,to,rule,kind,cost,scale,shift_s,residual_max_s,drift_ppm,jumps', ...rows].join('\n');
}
