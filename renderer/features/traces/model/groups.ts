import { z } from 'zod';
import { channelGroupKinds, type Channel, type ChannelType } from '../../../../shared/contract/recordings.ts';
import { naturalOrder } from '../../../../shared/model/natural-order.ts';
import { t } from '../../../texts/translate.ts';

/** By what channels are put together: their type, the session's probes, or what the file tells of its device. */
export const groupings = ['type', 'probe', ...channelGroupKinds] as const;
export type Grouping = (typeof groupings)[number];

export const groupSettingsSchema = z.object({
  by: z.enum(groupings),
  /** Group of each channel by name, where the session tells it; else the file does. */
  of: z.record(z.string(), z.string()),
  /** Keys of the groups from top to bottom, where a person has moved one. */
  order: z.array(z.string()),
  /** Keys of the groups whose channels are folded away in the list. */
  closed: z.array(z.string()),
});
export type GroupSettings = z.infer<typeof groupSettingsSchema>;

export const groupedByType: GroupSettings = { by: 'type', of: {}, order: [], closed: [] };

export interface ChannelGroup {
  /** Its type or its name; empty for the channels that are in none. */
  readonly key: string;
  readonly channels: readonly Channel[];
}

/**
 * Channels by group, each in the order given. Groups stand in the order that was chosen; else types as they come in the
 * file, and all others by name, with the channels of none at the end.
 */
export function groupsOf(channels: readonly Channel[], settings: GroupSettings): ChannelGroup[] {
  const groups = new Map<string, Channel[]>();
  for (const channel of channels) {
    const key = groupKey(channel, settings);
    const list = groups.get(key) ?? [];
    groups.set(key, list);
    list.push(channel);
  }
  const places = new Map(settings.order.map((key, index) => [key, index]));
  const place = (key: string) => places.get(key) ?? settings.order.length;
  return [...groups]
    .map(([key, list]) => ({ key, channels: list }))
    .sort((a, b) => place(a.key) - place(b.key) || (settings.by === 'type' ? 0 : compareNames(a.key, b.key)));
}

function groupKey({ name, type, groups }: Channel, { by, of }: GroupSettings): string {
  if (by === 'type') return type;
  return of[name] ?? (by === 'probe' ? undefined : groups?.[by]) ?? '';
}

function compareNames(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  return naturalOrder.compare(a, b);
}

/** Only the channels whose name, label, unit or group holds every word of the filter; without times. */
export function filterGroups(groups: readonly ChannelGroup[], by: Grouping, filter: string): ChannelGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.flatMap(({ key, channels }) => {
    const group = by === 'type' ? '' : groupName(by, key);
    const found = channels.filter(({ type, name, label, units }) => {
      // The time channel is the axis itself.
      if (type === 'time') return false;
      const text = `${name} ${label} ${units} ${group}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return found.length === 0 ? [] : [{ key, channels: found }];
  });
}

/** Groups of the channels by name as the session tells them, by kind of group. */
export type SessionGroups = Readonly<Partial<Record<Grouping, Readonly<Record<string, string>>>>>;

/** The groupings that tell channels apart: by type always, by probes where there is one, by others from two groups on. */
export function offeredGroupings(channels: readonly Channel[], session: SessionGroups): Grouping[] {
  return groupings.filter((by) => {
    if (by === 'type') return true;
    const settings = { ...groupedByType, by, of: { ...session[by] } };
    const named = groupsOf(channels, settings).filter(({ key }) => key !== '');
    return named.length >= (by === 'probe' ? 1 : 2);
  });
}

export function groupingName(by: Grouping): string {
  switch (by) {
    case 'type':
      return t('By type');
    case 'probe':
      return t('By probe');
    case 'stream':
      return t('By stream');
    case 'shank':
      return t('By shank');
    case 'tetrode':
      return t('By tetrode');
    case 'nTrode':
      return t('By nTrode');
    case 'electrodeGroup':
      return t('By electrode group');
    case 'port':
      return t('By port');
    case 'bank':
      return t('By bank');
  }
}

export function groupName(by: Grouping, key: string): string {
  if (key === '') return t('Other channels');
  switch (by) {
    case 'type':
      return typeName(key as ChannelType);
    case 'probe':
    case 'stream':
    case 'electrodeGroup':
      return key;
    case 'shank':
      return t('Shank {{shank}}', { shank: key });
    case 'tetrode':
      return t('Tetrode {{name}}', { name: key });
    case 'nTrode':
      return t('nTrode {{name}}', { name: key });
    case 'port':
      return t('Port {{name}}', { name: key });
    case 'bank':
      return t('Bank {{name}}', { name: key });
  }
}

function typeName(type: ChannelType): string {
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
