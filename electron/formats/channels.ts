import type { Channel, ChannelGroupKind } from '../../shared/contract/recordings.ts';
import { channelName, type ChannelTypeName } from '../../shared/model/channels.ts';
import type { StreamChannel } from './format.ts';

/** physical = word x gain + offset, in `units`. */
export interface Scale {
  readonly units: string;
  readonly gain: number;
  readonly offset: number;
}

/**
 * Whether a scale tells words of 16 bits apart, each from the next: a gain of nothing, or one that the offset swallows,
 * gives one value for many.
 */
export function tellsApart({ gain, offset }: Pick<Scale, 'gain' | 'offset'>): boolean {
  const step = Math.abs(gain);
  const largest = Math.abs(offset) + 0x8000 * step;
  // Neighbours round to one number where half a step does.
  return Number.isFinite(largest) && largest + step / 2 !== largest;
}

/** Stored words as they are: digital lines, and channels of which no scale is known. */
export const plainWords: Scale = { units: '', gain: 1, offset: 0 };

/** What channels of one stream have in common. */
export interface Sampling {
  readonly sampleRate: number;
  /** Over all segments. */
  readonly samples: number;
}

export function sampledChannel(
  type: ChannelTypeName,
  number: number,
  label: string,
  { sampleRate, samples }: Sampling,
  { units, gain, offset }: Scale,
  groups: GroupNames = {},
): Channel {
  const channel = { name: channelName(type, number), type, number, label, units, sampleRate, samples, gain, offset };
  return inGroups(channel, groups);
}

/** Names of a channel's groups by kind; empty or undefined where there is none. */
type GroupNames = Readonly<Partial<Record<ChannelGroupKind, string | undefined>>>;

/** The channel with the groups that have a name. */
export function inGroups(channel: Channel, groups: GroupNames): Channel {
  const named = Object.entries(groups).filter(([, name]) => name !== undefined && name !== '');
  return named.length === 0 ? channel : { ...channel, groups: Object.fromEntries(named) };
}

/** The channel whose values are the times of a stream's samples. */
export function timeChannel(number: number, label: string, { sampleRate, samples }: Sampling): StreamChannel {
  const name = channelName('time', number);
  const shared = { units: 's', sampleRate, samples, gain: null, offset: null };
  return { channel: { name, type: 'time', number, label, ...shared }, channelOffset: 0, time: true };
}

export function eventChannel(type: 'event' | 'marker' | 'text', number: number, label: string): Channel {
  const name = channelName(type, number);
  return { name, type, number, label, units: '', sampleRate: null, samples: null, gain: null, offset: null };
}
