import { NativeSelect } from '@mantine/core';
import { useStore } from 'zustand';
import { t } from '../../../texts/translate.ts';
import { channelSettings, isTrace } from '../model/settings.ts';
import { showOnly, type TraceStore } from '../trace-store.ts';
import { useProbeChannels } from './use-probe-channels.ts';

/** Shows the channels of one probe of the epoch, or those of all; nothing where no probe map tells them apart. */
export function ProbeChoice({ store }: { readonly store: TraceStore }) {
  const info = useStore(store, (state) => state.info);
  const settings = useStore(store, (state) => state.settings);
  const probes = useProbeChannels(store);
  if (probes.length === 0) return null;
  const traces = info.channels.filter(isTrace).map(({ name }) => name);
  const shown = traces.filter((name) => channelSettings(settings, name).visible);
  const chosen = probes.find(
    ({ channels }) => channels.length === shown.length && channels.every((name) => shown.includes(name)),
  );
  const choose = (name: string) => {
    const probe = probes.find((one) => one.name === name);
    showOnly(store, traces, new Set(probe?.channels ?? probes.flatMap(({ channels }) => channels)));
  };
  return (
    <NativeSelect
      aria-label={t('Probe')}
      value={chosen?.name ?? ''}
      data={[
        { value: '', label: chosen === undefined ? t('Chosen channels') : t('All probes') },
        ...probes.map(({ name }) => ({ value: name, label: name })),
      ]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
