import { NativeSelect } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useCommand } from '../../../state/commands.ts';
import { t } from '../../../texts/translate.ts';
import { groupingName, groupings, offeredGroupings, type Grouping, type SessionGroups } from '../model/groups.ts';
import { shanksByChannel } from '../model/sites.ts';
import { change, type TraceStore } from '../trace-store.ts';
import { useSites } from '../use-sites.ts';
import { groupBy } from './group-actions.ts';
import { useProbeChannels } from './use-probe-channels.ts';

/** By what the channels are grouped; nothing where only their types tell them apart. */
export function GroupChoice({ store }: { readonly store: TraceStore }) {
  const channels = useStore(store, (state) => state.info.channels);
  const settings = useStore(store, (state) => state.settings.groups);
  const session = useSessionGroups(store);
  const offered = offeredGroupings(channels, session);
  // What was chosen stays so, even where the documents that told it are gone.
  const listed = groupings.filter((by) => by === settings.by || offered.includes(by));
  const choose = (by: Grouping) => groupBy(store, by, session[by]);
  useCommand('traces.group', () => choose(listed[(listed.indexOf(settings.by) + 1) % listed.length] ?? 'type'), {
    enabled: listed.length > 1,
    reason: t('Only their types tell the channels apart'),
  });
  useEffect(() => {
    // Documents and probe maps may have changed since.
    const now = session[settings.by];
    if (now === undefined || JSON.stringify(now) === JSON.stringify(settings.of)) return;
    change(store, { groups: { ...settings, of: { ...now } } });
  }, [store, session, settings]);
  if (listed.length < 2) return null;
  return (
    <NativeSelect
      aria-label={t('Group the channels')}
      value={settings.by}
      data={listed.map((by) => ({ value: by, label: groupingName(by) }))}
      onChange={(event) => choose(event.currentTarget.value as Grouping)}
    />
  );
}

/** What the session tells of the groups: probe maps, and documents of where contacts lie. */
function useSessionGroups(store: TraceStore): SessionGroups {
  const probes = useProbeChannels(store);
  const sites = useSites(useStore(store, (state) => state.source));
  const told = JSON.stringify([probes, [...sites]]);
  return useMemo(() => {
    const probe = Object.fromEntries(probes.flatMap(({ name, channels }) => channels.map((one) => [one, name])));
    return {
      ...(probes.length === 0 ? {} : { probe }),
      ...(sites.size === 0 ? {} : { shank: shanksByChannel(sites) }),
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- both are made anew at every rendering
  }, [told]);
}
