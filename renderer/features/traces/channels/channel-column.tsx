import { TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../../../texts/translate.ts';
import { filterGroups } from '../model/groups.ts';
import { orderedGroups } from '../model/settings.ts';
import type { TraceStore } from '../trace-store.ts';
import { ChannelRow } from './channel-row.tsx';
import { GroupChoice } from './group-choice.tsx';
import { GroupRow } from './group-row.tsx';
import { ProbeChoice } from './probe-choice.tsx';
import classes from './channels.module.css';

const ROW_PX = 26;

/** The channels of the recording group by group, each to be shown, hidden, heard alone and scaled. */
export function ChannelColumn({ store }: { readonly store: TraceStore }) {
  const info = useStore(store, (state) => state.info);
  const [filter, setFilter] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const order = useStore(store, (state) => state.settings.order);
  const grouped = useStore(store, (state) => state.settings.groups);
  const groups = filterGroups(orderedGroups(info.channels, { order, groups: grouped }), grouped.by, filter);
  const rows = groups.flatMap((group) => [
    group,
    ...(grouped.closed.includes(group.key) && filter === '' ? [] : group.channels),
  ]);
  // The virtualiser gives new answers while it stays the same object; nothing here is memoised on it.
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    // A row that moves keeps the focus.
    getItemKey: (index) => keyOf(rows[index]),
    overscan: 12,
  });

  return (
    <section className={classes.column} aria-label={t('Channels')}>
      <div className={classes.filter}>
        <ProbeChoice store={store} />
        <GroupChoice store={store} />
        <TextInput
          aria-label={t('Filter the channels')}
          placeholder={t('Filter: ai3, A-0, probe…')}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      </div>
      <div ref={scroller} className={classes.scroller} tabIndex={-1}>
        {groups.length === 0 && <p className={classes.none}>{t('No channel is called so.')}</p>}
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div key={key} className={classes.place} style={{ height: ROW_PX, transform: `translateY(${start}px)` }}>
                {'channels' in row ? (
                  <GroupRow store={store} group={row} first={row === groups[0]} last={row === groups.at(-1)} />
                ) : (
                  <ChannelRow store={store} channel={row} />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function keyOf(row: { readonly key: string } | { readonly name: string } | undefined): string {
  if (row === undefined) return '';
  return 'key' in row ? `group ${row.key}` : row.name;
}
