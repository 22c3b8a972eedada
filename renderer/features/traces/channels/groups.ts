import type { Channel, ChannelType } from '../../../../shared/contract/recordings.ts';
import { t } from '../../../texts/translate.ts';

export interface ChannelGroup {
  readonly type: ChannelType;
  readonly channels: readonly Channel[];
}

/** Channels by type in the order given; only those whose name, label or unit holds every word of the filter. */
export function groupChannels(channels: readonly Channel[], filter: string): ChannelGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<ChannelType, Channel[]>();
  for (const channel of channels) {
    // The time channel is the axis itself.
    if (channel.type === 'time') continue;
    const text = `${channel.name} ${channel.label} ${channel.units}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const list = groups.get(channel.type) ?? [];
    groups.set(channel.type, list);
    list.push(channel);
  }
  return [...groups].map(([type, list]) => ({ type, channels: list }));
}

export function typeName(type: ChannelType): string {
  switch (type) {
    case 'analog_in':
      return t('Analog inputs');
    case 'analog_out':
      return t('Analog outputs');
    case 'auxiliary_in':
      return t('Auxiliary inputs');
    case 'digital_in':
      return t('Digital inputs');
    case 'digital_out':
      return t('Digital outputs');
    case 'time':
      return t('Times');
    case 'event':
      return t('Events');
    case 'marker':
      return t('Markers');
    case 'text':
      return t('Comments');
  }
}
