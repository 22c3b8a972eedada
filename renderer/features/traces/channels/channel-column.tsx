import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconSquare, IconSquareCheck } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../../../texts/translate.ts';
import { channelSettings, ordered } from '../model/settings.ts';
import { changeChannels, type TraceStore } from '../trace-store.ts';
import { ChannelRow } from './channel-row.tsx';
import { ProbeChoice } from './probe-choice.tsx';
import { groupChannels, typeName, type ChannelGroup } from './groups.ts';
import classes from './channels.module.css';

const ROW_PX = 26;

/** The channels of the recording by type, each to be shown, hidden, heard alone and scaled. */
export function ChannelColumn({ store }: { readonly store: TraceStore }) {
  const info = useStore(store, (state) => state.info);
  const [filter, setFilter] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const order = useStore(store, (state) => state.settings.order);
  const groups = groupChannels(ordered(info.channels, { order }), filter);
  const rows = groups.flatMap((group) => [group, ...(closed.has(group.type) && filter === '' ? [] : group.channels)]);
  // The virtualiser gives new answers while it stays the same object; nothing here is memoised on it.
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const toggle = (type: string) => {
    const next = new Set(closed);
    if (!next.delete(type)) next.add(type);
    setClosed(next);
  };

  return (
    <section className={classes.column} aria-label={t('Channels')}>
      <div className={classes.filter}>
        <ProbeChoice store={store} />
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
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div
                key={'channels' in row ? row.type : row.name}
                className={classes.place}
                style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
              >
                {'channels' in row ? (
                  <GroupRow store={store} group={row} open={!closed.has(row.type)} onToggle={() => toggle(row.type)} />
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

interface GroupRowProps {
  readonly store: TraceStore;
  readonly group: ChannelGroup;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function GroupRow({ store, group, open, onToggle }: GroupRowProps) {
  const settings = useStore(store, (state) => state.settings);
  const names = group.channels.map((channel) => channel.name);
  const shown = names.filter((name) => channelSettings(settings, name).visible).length;
  const all = shown === names.length;
  const name = typeName(group.type);
  const what = all ? t('Hide all of {{group}}', { group: name }) : t('Show all of {{group}}', { group: name });
  return (
    <div className={classes.group}>
      <button type="button" className={classes.groupName} aria-expanded={open} onClick={onToggle}>
        {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        <span className={classes.groupType}>{name}</span>
        <span className={classes.count}>{t('{{shown}} of {{all}}', { shown, all: names.length })}</span>
      </button>
      <Tooltip label={what}>
        <ActionIcon size={20} aria-label={what} onClick={() => changeChannels(store, names, { visible: !all })}>
          {all ? <IconSquareCheck size={14} /> : <IconSquare size={14} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
