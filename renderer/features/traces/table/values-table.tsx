import { NativeSelect } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatNumber, t } from '../../../texts/translate.ts';
import { groupName, groupsOf, type ChannelGroup, type Grouping } from '../model/groups.ts';
import { shownTraces, unitSign } from '../model/settings.ts';
import type { TraceStore } from '../trace-store.ts';
import { readRows, type ValueRows } from './read-rows.ts';
import classes from './values-table.module.css';

const ROW_PX = 24;
/** All that a stored word of 32 bits says; what scaling it in doubles adds is no value (-10.7250000000004). */
const DIGITS = 10;

/** The text twin of the picture: the exact values of the visible range, or minimum and maximum a stretch of it. */
export function ValuesTable({ store }: { readonly store: TraceStore }) {
  const source = useStore(store, (state) => state.source);
  const range = useStore(store, (state) => state.range);
  const extent = useStore(store, (state) => state.extent);
  const info = useStore(store, (state) => state.info);
  const settings = useStore(store, (state) => state.settings);
  const traces = shownTraces(info, settings);
  const rates = [...new Set(traces.map((channel) => channel.sampleRate ?? 0))];
  const [chosenRate, setRate] = useState<number | null>(null);
  const rate = chosenRate !== null && rates.includes(chosenRate) ? chosenRate : (rates[0] ?? 0);
  const channels = traces.filter((channel) => channel.sampleRate === rate);
  const from = Math.max(range.t0, extent.t0);
  const to = Math.min(range.t1, extent.t1 + 0.5 / Math.max(rate, 1));
  const names = channels.map((channel) => channel.name).join(',');
  const answer = useAnswer(
    JSON.stringify([names, from, to]),
    (signal) => readRows({ source, names, rate, count: channels.length, from, to }, signal),
    { keepLast: true },
  );
  if (channels.length === 0) return <div className={classes.table}>{t('No channel is shown.')}</div>;
  return (
    <div className={classes.table} data-testid="values-table">
      {rates.length > 1 && (
        <NativeSelect
          className={classes.rates}
          label={t('Sampling rate')}
          value={String(rate)}
          onChange={(event) => setRate(Number(event.currentTarget.value))}
          data={rates.map((value) => ({ value: String(value), label: t('{{rate}} Hz', { rate: value }) }))}
        />
      )}
      {answer.status === 'loading' && <LoadingState lines={8} />}
      {answer.status === 'failed' && <ErrorState error={answer.error} onRetry={answer.reload} />}
      {answer.status === 'ready' && (
        <Rows
          rows={answer.value}
          groups={settings.groups.by === 'type' ? [] : groupsOf(channels, settings.groups)}
          groupedBy={settings.groups.by}
          headings={channels.map(({ name, units }) => `${name} ${unitSign(units)}`.trim())}
        />
      )}
    </div>
  );
}

interface RowsProps {
  readonly rows: ValueRows;
  readonly headings: readonly string[];
  /** Groups over the columns; empty where types are all that groups them. */
  readonly groups: readonly ChannelGroup[];
  readonly groupedBy: Grouping;
}

function Rows({ rows, headings, groups, groupedBy }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const headRows = groups.length > 0 ? 2 : 1;
  // As in the channel column.
  const virtual = useVirtualizer({
    count: rows.times.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const caption = rows.exact
    ? t('Samples of the visible range; times in seconds')
    : t('Minimum and maximum of {{count}} stretches of the visible range; times in seconds. Zoom in for the samples.', {
        count: rows.times.length,
      });
  return (
    <div ref={scroller} className={classes.scroller} tabIndex={0} role="region" aria-label={caption}>
      <table aria-rowcount={rows.times.length + headRows}>
        <caption>{caption}</caption>
        <thead>
          {groups.length > 0 && (
            <tr>
              <td />
              {groups.map(({ key, channels }) => (
                <th key={key} scope="colgroup" colSpan={channels.length}>
                  <span>{groupName(groupedBy, key)}</span>
                </th>
              ))}
            </tr>
          )}
          <tr>
            <th scope="col">{t('Time (s)')}</th>
            {headings.map((heading) => (
              <th key={heading} scope="col" translate="no">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {items.map(({ index }) => (
            <tr key={index} aria-rowindex={index + headRows + 1} style={{ height: ROW_PX }}>
              <th scope="row">{formatNumber(Number((rows.times[index] ?? NaN).toFixed(9)))}</th>
              {rows.columns.map((column, place) => (
                <td key={headings[place]}>{cell(column, index)}</td>
              ))}
            </tr>
          ))}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}

function cell({ min, max }: ValueRows['columns'][number], index: number): string {
  const low = min[index] ?? NaN;
  const high = max[index] ?? NaN;
  const text = (value: number) => formatNumber(Number(value.toPrecision(DIGITS)));
  return low === high || Number.isNaN(low) ? text(low) : `${text(low)} … ${text(high)}`;
}
