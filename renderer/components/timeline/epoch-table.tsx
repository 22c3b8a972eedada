import { useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import { formatNumber, formatSeconds, plural, t } from '../../texts/translate.ts';
import { ElidedText } from '../elided-text.tsx';
import type { DataTableColumn } from '../table/columns.ts';
import { RowsTable } from '../table/rows-table.tsx';
import { epochKey, type TimelineEpoch } from './model/epochs.ts';
import type { Bar, Lane } from './model/layout.ts';
import { showStretch } from './model/timeline-window.ts';
import { barsIn } from './model/view.ts';
import type { TimelineStore } from './timeline-store.ts';
import classes from './timeline.module.css';

interface EpochRow {
  readonly epoch: TimelineEpoch;
  readonly bar: Bar | null;
  readonly notes: string;
}

interface EpochTableProps {
  readonly store: TimelineStore;
  readonly whyUnplaced: (epoch: TimelineEpoch) => string | null;
  readonly onOpen: (epoch: TimelineEpoch) => void;
}

/** The epochs in sight as a table: what the picture shows, in words. */
export function EpochTable({ store, whyUnplaced, onOpen }: EpochTableProps) {
  const lanes = useStore(store, (state) => state.timeline.lanes);
  const window = useDeferredValue(useStore(store, (state) => state.window));
  const rows = useMemo(
    () =>
      lanes.flatMap((lane): EpochRow[] => [
        ...barsIn(lane, window).map((bar) => ({ epoch: bar.epoch, bar, notes: notesOf(lane, bar) })),
        ...lane.unplaced.map((epoch) => ({
          ...{ epoch, bar: null },
          notes: whyUnplaced(epoch) ?? t('It has no times on the clock that is shown.'),
        })),
      ]),
    [lanes, window, whyUnplaced],
  );
  return (
    <div className={classes.table}>
      <p className={classes.quiet}>{plural(rows.length, '{{count}} epoch in sight', '{{count}} epochs in sight')}</p>
      <RowsTable
        label={t('Epochs in sight')}
        columns={columns()}
        rows={rows}
        onOpen={({ epoch, bar }) => {
          if (bar !== null) {
            const now = store.getState().window;
            store.setState({ cursor: epochKey(epoch), window: showStretch(now, bar.from, bar.to) });
          }
          onOpen(epoch);
        }}
      />
    </div>
  );
}

function columns(): readonly DataTableColumn<EpochRow>[] {
  const time = (value: number | undefined) => (value === undefined ? '' : formatNumber(Number(value.toFixed(6))));
  return [
    { id: 'lane', title: t('Lane'), least: 90, grow: 1, cell: ({ epoch }) => <ElidedText text={epoch.lane} /> },
    { id: 'number', title: t('No.'), least: 48, numeric: true, cell: ({ epoch }) => formatNumber(epoch.number) },
    { id: 'id', title: t('Epoch'), least: 110, grow: 1.5, cell: ({ epoch }) => <ElidedText text={epoch.epochId} /> },
    { id: 'from', title: t('From (s)'), least: 90, numeric: true, cell: ({ bar }) => time(bar?.t0) },
    { id: 'to', title: t('To (s)'), least: 90, numeric: true, cell: ({ bar }) => time(bar?.t1) },
    {
      ...{ id: 'length', title: t('Length'), least: 80, numeric: true },
      cell: ({ bar }) => (bar === null ? '' : formatSeconds(bar.t1 - bar.t0)),
    },
    { id: 'notes', title: t('Notes'), least: 140, grow: 2, cell: ({ notes }) => <span title={notes}>{notes}</span> },
  ];
}

function notesOf({ gaps, overlaps }: Lane, { from, to, t0, t1 }: Bar): string {
  const perShare = to > from ? (t1 - t0) / (to - from) : 0;
  const gap = gaps.find((one) => one.to === from);
  const overlap = overlaps.find((one) => one.from < to && one.to > from);
  return [
    gap === undefined || perShare === 0
      ? ''
      : t('{{length}} without a recording before it', { length: formatSeconds((gap.to - gap.from) * perShare) }),
    overlap === undefined ? '' : t('runs at the same time as another of this lane'),
  ]
    .filter((note) => note !== '')
    .join('; ');
}
