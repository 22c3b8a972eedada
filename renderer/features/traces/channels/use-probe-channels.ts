import { useStore } from 'zustand';
import { parseDeviceString } from '../../../../shared/model/device-string.ts';
import { useItem } from '../../../state/items.ts';
import { isTrace } from '../model/settings.ts';
import type { TraceStore } from '../trace-store.ts';

interface ProbeChannels {
  readonly name: string;
  readonly channels: readonly string[];
}

/** The probes of the epoch with the traces that they were recorded by; none where no probe map tells. */
export function useProbeChannels(store: TraceStore): ProbeChannels[] {
  const source = useStore(store, (state) => state.source);
  const info = useStore(store, (state) => state.info);
  const item = useItem(source.path, source.sessionId);
  const epochs = item.status === 'ready' && item.info.kind === 'session' ? item.info.epochs : [];
  const epoch = epochs.find(({ epochId, device }) => epochId === source.epoch && device === source.device);
  if (epoch === undefined) return [];
  const traces = new Set(info.channels.filter(isTrace).map(({ name }) => name));
  return epoch.probes.flatMap(({ name, reference, deviceString }): ProbeChannels[] => {
    const channels = channelsOf(deviceString).filter((channel) => traces.has(channel));
    return channels.length === 0 ? [] : [{ name: `${name} | ${reference}`, channels }];
  });
}

function channelsOf(deviceString: string): string[] {
  try {
    return parseDeviceString(deviceString).channels.map(({ type, number }) => `${type}${number}`);
  } catch {
    // A device string that cannot be read is a problem of the epoch, told on the session's page.
    return [];
  }
}
