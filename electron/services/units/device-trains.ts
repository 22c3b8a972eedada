import type { Channel, RecordingInfo } from '../../../shared/contract/recordings.ts';
import { isSortedUnit, spikeChannel } from '../../../shared/model/spike-channels.ts';
import { readPhyPlaces } from '../../formats/phy/places.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { risingTimes, type Trains, type UnitTrain } from './train.ts';

/** Beyond the times of any recording. */
const ALWAYS = 1e12;
/** Spikes of a recording that are read: about an hour of a thousand electrodes. */
const MOST_SPIKES = 2_000_000;

/** Units that the device itself sorted while it recorded, or that a sorter's folder holds as a recording. */
export async function deviceTrains(
  workers: DataWorkers,
  path: string,
  timeShift: number,
  signal?: AbortSignal,
): Promise<Trains> {
  const info = await workers.describe(path, signal);
  const found = info.channels.flatMap((channel) => {
    const spikes = spikeChannel(info.format, channel);
    return spikes === null ? [] : [{ channel, ...spikes }];
  });
  if (found.length === 0) return { trains: [], problems: [] };
  const channels = found.map(({ channel }) => channel.name).join(',');
  const query = { channels, from: -ALWAYS, to: ALWAYS, limit: MOST_SPIKES, timeShift };
  const { events, total } = await workers.events(path, query, signal);
  const rules = new Map(found.map((one) => [one.channel.name, one]));
  const timesOf = new Map<string, { channel: Channel; value: number | null; times: number[] }>();
  for (const { channel: name, value, time } of events) {
    const rule = rules.get(name);
    if (rule === undefined || (rule.by === 'value' && !isSortedUnit(info.format, value))) continue;
    const unit = rule.by === 'value' ? Number(value) : null;
    const key = `${name}/${unit ?? ''}`;
    const entry = timesOf.get(key) ?? { channel: rule.channel, value: unit, times: [] };
    timesOf.set(key, entry);
    entry.times.push(time);
  }
  const places = info.format === 'phy' ? readPhyPlaces(info.path) : new Map<number, never>();
  const order = new Map(info.channels.map(({ name }, index) => [name, index]));
  const rank = (channel: Channel, value: number | null) => [order.get(channel.name) ?? 0, value ?? 0] as const;
  const sorted = [...timesOf].sort(([, a], [, b]) => {
    const [x, y] = [rank(a.channel, a.value), rank(b.channel, b.value)];
    return x[0] - y[0] || x[1] - y[1];
  });
  const trains = sorted.map(([key, { channel, value, times }]): UnitTrain => {
    const own = risingTimes(Float64Array.from(times));
    const place = places.get(channel.number);
    const isFolder = info.format === 'phy';
    return {
      id: `device:${key}`,
      ...nameOf(channel, value),
      origin: isFolder ? 'folder' : 'device',
      probe: '',
      channels: isFolder ? channelsOf(info, place?.channels ?? []) : signalOf(info, channel),
      depth: place?.depth ?? null,
      spikes: own.length,
      times: () => own,
    };
  });
  if (total <= events.length) return { trains, problems: [] };
  const message = `${total} spikes are more than can be shown: those of the first ${MOST_SPIKES} are.`;
  return { trains, problems: [{ grade: 'note', code: 'range.tooLarge', message, paths: [path] }] };
}

/** `unit 7 (good)` tells its quality; the units of a channel are told by their numbers. */
function nameOf(channel: Channel, value: number | null): Pick<UnitTrain, 'name' | 'quality'> {
  if (value !== null) return { name: `${channel.label || channel.name} unit ${value}`, quality: '' };
  const [, name = channel.label, quality = ''] = /^(.*?) \(([^)]*)\)$/.exec(channel.label) ?? [];
  return { name, quality: quality === 'unsorted' ? '' : quality };
}

function signalOf(info: RecordingInfo, channel: Channel): string[] {
  const signal = spikeChannel(info.format, channel)?.signal ?? null;
  return signal !== null && info.channels.some(({ name }) => name === signal) ? [signal] : [];
}

function channelsOf(info: RecordingInfo, rawChannels: readonly number[]): string[] {
  const names = new Set(info.channels.map(({ name }) => name));
  return rawChannels.map((channel) => `ai${channel + 1}`).filter((name) => names.has(name));
}
