import type { RecordingInfo } from '../../shared/contract/recordings.ts';
import { resolveChannelList } from '../../shared/model/channel-list.ts';
import { isSampled } from '../../shared/model/channels.ts';
import { parseDerived } from '../../shared/model/derived-events.ts';
import { NdiError } from '../../shared/model/errors.ts';

/** A channel of regularly sampled values. */
export interface SampledChannel {
  readonly name: string;
  readonly units: string;
  readonly sampleRate: number;
  readonly samples: number;
}

export interface Range {
  readonly from: number;
  readonly to: number;
  readonly unit: 'seconds' | 'samples';
}

/** Values that one call gives at most, over all its channels. */
export const VALUES_A_CALL = 500_000;

/**
 * The sampled channels of a list; `all` means all that are sampled.
 * @throws NdiError usage.invalid, channel.notFound
 */
export function sampledChannels(info: RecordingInfo, list: string): SampledChannel[] {
  const sampled = new Map<string, SampledChannel>();
  for (const { name, type, units, sampleRate, samples } of info.channels) {
    if (isSampled(type) && sampleRate !== null) sampled.set(name, { name, units, sampleRate, samples: samples ?? 0 });
  }
  if (list.trim() === 'all') return withoutTimes(info, sampled);
  const derived = list.split(',').find((item) => parseDerived(item) !== null);
  if (derived !== undefined) return holdsEvents(derived.trim());
  return resolveChannelList(
    list,
    info.channels.map((channel) => channel.name),
  ).map((name) => sampled.get(name) ?? holdsEvents(name));
}

/** `all` leaves out channels that only tell the time of the others. */
function withoutTimes(info: RecordingInfo, sampled: ReadonlyMap<string, SampledChannel>): SampledChannel[] {
  const times = new Set(info.channels.filter((channel) => channel.type === 'time').map((channel) => channel.name));
  return [...sampled.values()].filter((channel) => !times.has(channel.name));
}

/** A range within what the recording holds, so that a far end costs nothing; outside of it, a short one. */
export function clampRange(range: Range, info: RecordingInfo, channels: readonly SampledChannel[]): Range {
  const [least, most] = extent(range.unit, info, channels);
  if (!(range.from < range.to)) return range;
  if (range.to <= least || range.from >= most) return { ...range, to: Math.min(range.to, range.from + 1) };
  return { ...range, from: Math.max(range.from, least), to: Math.min(range.to, most) };
}

function extent(unit: Range['unit'], info: RecordingInfo, channels: readonly SampledChannel[]): [number, number] {
  if (unit === 'samples') return [0, Math.max(...channels.map((channel) => channel.samples))];
  // A second on each side: what exactly lies in the range is decided where the samples are read.
  const spans = info.extent === undefined ? info.segments : [...info.segments, info.extent];
  const starts = spans.map((span) => span.t0 - 1);
  const ends = spans.map((span) => span.t1 + 1);
  return [Math.min(...starts), Math.max(...ends)];
}

/**
 * Parts of a range, in order and without gap or overlap, each of at most {@link VALUES_A_CALL} values. No part reaches
 * over the start of a segment, so that times within a part run evenly.
 */
export function splitRange(range: Range, info: RecordingInfo, channels: readonly SampledChannel[]): Range[] {
  const perUnit = range.unit === 'samples' ? channels.length : channels.reduce((sum, one) => sum + one.sampleRate, 0);
  const step = range.unit === 'samples' ? Math.max(1, Math.floor(VALUES_A_CALL / perUnit)) : VALUES_A_CALL / perUnit;
  const borders = segmentStarts(range, info, channels).filter((start) => start > range.from && start < range.to);
  const parts: Range[] = [];
  let from = range.from;
  for (const border of [...borders, range.to]) {
    const count = Math.max(1, Math.ceil((border - from) / step));
    for (let part = 0; part < count; part += 1) {
      const start = part === 0 ? from : from + part * step;
      const end = part === count - 1 ? border : from + (part + 1) * step;
      parts.push({ ...range, from: start, to: end });
    }
    from = border;
  }
  return parts;
}

function segmentStarts(range: Range, info: RecordingInfo, channels: readonly SampledChannel[]): number[] {
  if (range.unit === 'seconds') return [...new Set(info.segments.map((segment) => segment.t0))].sort((a, b) => a - b);
  // A segment's start counts at the recording's highest rate.
  const highest = Math.max(...info.channels.map((channel) => channel.sampleRate ?? 0));
  const rate = channels[0]?.sampleRate ?? highest;
  return info.segments.map((segment) => Math.round((segment.start * rate) / highest));
}

function holdsEvents(name: string): never {
  throw new NdiError({
    code: 'usage.invalid',
    message: `${name} holds events, not samples.`,
    recovery: 'Ask for it with “ndi events”.',
    details: { channel: name },
  });
}
