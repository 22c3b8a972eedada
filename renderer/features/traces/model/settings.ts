import { z } from 'zod';
import type { Channel, RecordingInfo } from '../../../../shared/contract/recordings.ts';
import { isSampled } from '../../../../shared/model/channels.ts';
import { groupedByType, groupSettingsSchema, groupsOf, type ChannelGroup } from './groups.ts';
import { noProcessing, processingSettingsSchema } from './processing.ts';
import type { Range } from './range.ts';

/** Raise it whenever the shape of what is kept changes. */
export const SETTINGS_VERSION = 2;

const channelSettingsSchema = z.object({
  visible: z.boolean(),
  /** While any channel is alone, the others are hidden. */
  solo: z.boolean(),
  /** Factor on top of the view's gain. */
  gain: z.number().positive(),
  /** Index of a data colour; the channel's own by its place in the file where it is missing. */
  color: z.number().int().min(0).optional(),
});
export type ChannelSettings = z.infer<typeof channelSettingsSchema>;

const settingsSchema = z.object({
  range: z.object({ t0: z.number(), t1: z.number() }).nullable(),
  channels: z.record(z.string(), channelSettingsSchema),
  /** Factor on all channels. */
  gain: z.number().positive(),
  /** Height of a lane as a multiple of the height at which all lanes fit. */
  spacing: z.number().min(1),
  inverted: z.boolean(),
  /** Each channel around the median of what is seen, instead of around zero. */
  centred: z.boolean(),
  /** Of the channels that are on, every so many-th is shown. */
  density: z.number().int().min(1),
  /** Names of the channels from top to bottom where that is not the order of the file. */
  order: z.object({
    by: z.enum(['file', 'depth', 'shank']),
    names: z.array(z.string()),
    /** Shank of each channel, by which they stand side by side. */
    shanks: z.record(z.string(), z.number()).default({}),
  }),
  /** By what the channels stand together, in the list and in the picture. */
  groups: groupSettingsSchema.default(groupedByType),
  /** Each channel fills its lane, instead of all of a kind by one scale. */
  ownScales: z.boolean(),
  processing: processingSettingsSchema,
  /** Sorted units: those whose spikes are shown, by id, and the panel that lists them. */
  units: z
    .object({
      shown: z.array(z.string()),
      colors: z.record(z.string(), z.number().int().min(0)),
      open: z.boolean(),
      sort: z.enum(['depth', 'rate', 'id']),
    })
    .default({ shown: [], colors: {}, open: false, sort: 'depth' }),
  /** The movie beside the traces: which one, and how its time is known (see `movie/movie-clock.ts`). */
  movie: z
    .object({
      open: z.boolean(),
      path: z.string(),
      startSec: z.number(),
      /** Channel with an event at each frame, as the list of choices names it; empty: the movie starts at `startSec`. */
      frames: z.string(),
    })
    .default({ open: false, path: '', startSec: 0, frames: '' }),
  /** Physical units that fill one lane at gain 1, by {@link scaleGroup}; found from the data where it is missing. */
  scales: z.record(z.string(), z.number().positive()),
});
export type ViewSettings = z.infer<typeof settingsSchema>;

/** Sampled channels that are shown at first: more make the first picture neither faster nor clearer. */
const FIRST_CHANNELS = 32;
/** Event channels that are shown at first. */
const FIRST_EVENT_CHANNELS = 6;

export const MOST_GAIN = 1e6;
const hiddenChannel: ChannelSettings = { visible: false, solo: false, gain: 1 };

/** What a recording looks like before a person has changed anything. */
export function defaultSettings(info: RecordingInfo): ViewSettings {
  const analog = info.channels.filter((channel) => channel.type === 'analog_in');
  const sampled = info.channels.filter(isTrace);
  const first = (analog.length > 0 ? analog : sampled).slice(0, FIRST_CHANNELS);
  const events = eventChannels(info).slice(0, FIRST_EVENT_CHANNELS);
  const shown = new Set([...first, ...events].map((channel) => channel.name));
  const channels = Object.fromEntries(
    info.channels.map(({ name }) => [name, { ...hiddenChannel, visible: shown.has(name) }]),
  );
  return {
    range: null,
    channels,
    gain: 1,
    spacing: 1,
    inverted: false,
    centred: true,
    density: 1,
    order: { by: 'file', names: [], shanks: {} },
    groups: groupedByType,
    ownScales: false,
    processing: noProcessing,
    units: { shown: [], colors: {}, open: false, sort: 'depth' },
    movie: { open: false, path: '', startSec: 0, frames: '' },
    scales: {},
  };
}

/** What was kept for this recording; undefined where it is not sound. Channels that it does not know start hidden. */
export function acceptSettings(kept: unknown, info: RecordingInfo): ViewSettings | undefined {
  const parsed = settingsSchema.safeParse(kept);
  if (!parsed.success) return undefined;
  const channels = Object.fromEntries(
    info.channels.map(({ name }) => [name, parsed.data.channels[name] ?? hiddenChannel]),
  );
  return { ...parsed.data, channels };
}

/** Bookmarks of the time when each view kept its own. */
export function keptBookmarks(kept: unknown): { time: number; note: string }[] {
  const marks = z.object({ bookmarks: z.array(z.object({ time: z.number(), note: z.string() })) });
  return marks.safeParse(kept).data?.bookmarks ?? [];
}

/** Channels drawn as traces. The time channel is the axis itself. */
export function isTrace(channel: Channel): boolean {
  return isSampled(channel.type) && channel.type !== 'time';
}

/** Channels drawn as ticks: those with events come first. */
export function eventChannels(info: RecordingInfo): Channel[] {
  const events = info.channels.filter((channel) => !isSampled(channel.type));
  const count = (channel: Channel) => info.events[channel.name] ?? 0;
  return [...events.filter((channel) => count(channel) > 0), ...events.filter((channel) => count(channel) === 0)];
}

export function channelSettings(settings: ViewSettings, name: string): ChannelSettings {
  return settings.channels[name] ?? hiddenChannel;
}

/** The traces on the screen from top to bottom; worked out once for the same settings. */
export function shownTraces(info: RecordingInfo, settings: ViewSettings): readonly Channel[] {
  const known = traces.get(settings);
  if (known?.info === info) return known.channels;
  const all = orderedGroups(info.channels.filter(isTrace), settings).flatMap((group) => group.channels);
  const channels = shown(all, settings).filter((_, index) => index % settings.density === 0);
  traces.set(settings, { info, channels });
  return channels;
}

const traces = new WeakMap<ViewSettings, { readonly info: RecordingInfo; readonly channels: readonly Channel[] }>();

/**
 * Channels group by group, and in each in the order that was chosen; those that it does not name come last, in the order
 * of the file.
 */
export function orderedGroups(
  channels: readonly Channel[],
  { order, groups }: Pick<ViewSettings, 'order' | 'groups'>,
): ChannelGroup[] {
  const places = new Map(order.names.map((name, index) => [name, index]));
  const at = ({ name }: Channel) => places.get(name) ?? order.names.length;
  return groupsOf(order.names.length === 0 ? channels : [...channels].sort((a, b) => at(a) - at(b)), groups);
}

export function shownEvents(info: RecordingInfo, settings: ViewSettings): Channel[] {
  return shown(eventChannels(info), settings);
}

function shown(channels: readonly Channel[], settings: ViewSettings): Channel[] {
  const visible = channels.filter(({ name }) => channelSettings(settings, name).visible);
  const alone = channels.filter(({ name }) => channelSettings(settings, name).solo);
  return alone.length > 0 ? alone : visible;
}

/** Channels that share one scale: same kind and same unit, unless each has its own. */
export function scaleGroup(
  channel: Pick<Channel, 'name' | 'type' | 'units'>,
  { ownScales }: Pick<ViewSettings, 'ownScales'>,
): string {
  return ownScales ? `=${channel.name}` : `${channel.type}|${channel.units}`;
}

/** From when to when a recording runs, in seconds: what it says itself, else from the first to the last sample. */
export function extentOf(info: RecordingInfo): Range {
  if (info.extent !== undefined) return info.extent;
  const starts = info.segments.map((segment) => segment.t0);
  const ends = info.segments.map((segment) => segment.t1);
  if (starts.length === 0) return { t0: 0, t1: 0 };
  return { t0: Math.min(...starts), t1: Math.max(...ends) };
}

/** A unit as people write it. */
export function unitSign(units: string): string {
  return units.replace(/^u(?=[A-Z])/, 'µ').replace(/^deg(?=[CFK]$)/, '°');
}
