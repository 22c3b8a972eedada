import { NativeSelect } from '@mantine/core';
import { useStore } from 'zustand';
import { parseDeviceString } from '../../../../shared/model/device-string.ts';
import { useItem } from '../../../state/items.ts';
import { t } from '../../../texts/translate.ts';
import { channelSettings, isTrace } from '../model/settings.ts';
import { showOnly, type TraceStore } from '../trace-store.ts';

interface ProbeChannels {
  readonly name: string;
  readonly channels: readonly string[];
}

/** Shows the channels of one probe of the epoch, or those of all; nothing where no probe map tells them apart. */
export function ProbeChoice({ store }: { readonly store: TraceStore }) {
  const source = useStore(store, (state) => state.source);
  const info = useStore(store, (state) => state.info);
  const settings = useStore(store, (state) => state.settings);
  const item = useItem(source.path, source.sessionId);
  const epochs = item.status === 'ready' && item.info.kind === 'session' ? item.info.epochs : [];
  const epoch = epochs.find(({ epochId, device }) => epochId === source.epoch && device === source.device);
  const traces = new Set(info.channels.filter(isTrace).map(({ name }) => name));
  const probes = (epoch?.probes ?? []).flatMap(({ name, reference, deviceString }): ProbeChannels[] => {
    const channels = channelsOf(deviceString).filter((channel) => traces.has(channel));
    return channels.length === 0 ? [] : [{ name: `${name} | ${reference}`, channels }];
  });
  if (probes.length === 0) return null;
  const shown = [...traces].filter((name) => channelSettings(settings, name).visible);
  const chosen = probes.find(
    ({ channels }) => channels.length === shown.length && channels.every((name) => shown.includes(name)),
  );
  const choose = (name: string) => {
    const probe = probes.find((one) => one.name === name);
    showOnly(store, [...traces], new Set(probe?.channels ?? probes.flatMap(({ channels }) => channels)));
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

function channelsOf(deviceString: string): string[] {
  try {
    return parseDeviceString(deviceString).channels.map(({ type, number }) => `${type}${number}`);
  } catch {
    // A device string that cannot be read is a problem of the epoch, told on the session's page.
    return [];
  }
}
