import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel } from '../../../shared/contract/recordings.ts';
import { eventChannel } from '../channels.ts';
import { EventCollector } from '../event-collector.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import type { EventList } from '../format.ts';
import { readNpyHeader, readNpyNumbers, readNpyTexts } from '../npy.ts';
import { shouldFix } from '../problems.ts';
import { withClock } from './sample-clock.ts';
import type { EventsEntry, SpikesEntry } from './structure.ts';

/** Events of one folder. */
export interface EventSource {
  readonly channel: Channel;
  readonly folder: string;
  readonly rate: number;
  readonly count: number;
  /** Seconds of the first and last one; NaN where there are none. */
  readonly t0: number;
  readonly t1: number;
  /** Array of values: lines, texts or clusters; null where there is none and every value is 0. */
  readonly values: string | null;
  /** Old name of the array of sample numbers. */
  readonly olderName?: string;
}

const SLICE_EVENTS = 32 * 1024;
const SLICE_BYTES = 4 << 20;

/** TTL events become markers whose value is the line, negative where it falls; messages become texts. */
export function openEvents(
  recording: string,
  entry: EventsEntry,
  rate: number | undefined,
  numbers: { marker: number; text: number },
  problems: Problem[],
): EventSource {
  const isText = entry.type === 'string';
  // Counted before anything can fail, so that numbers do not depend on what is there.
  const number = isText ? ++numbers.text : ++numbers.marker;
  const folder = join(recording, 'events', entry.folder_name);
  const names = isText ? ['text.npy'] : ['states.npy', 'channel_states.npy'];
  const values = firstThere(folder, names);
  const label = entry.channel_name === '' ? entry.folder_name : entry.channel_name;
  return countEvents(
    { channel: eventChannel(isText ? 'text' : 'marker', number, label), folder, values },
    entry.sample_rate ?? rate,
    problems,
  );
}

/** Spikes of an electrode become events whose value is the unit, 0 where they are not sorted. */
export function openSpikes(
  recording: string,
  entry: SpikesEntry,
  rate: number | undefined,
  number: number,
  problems: Problem[],
): EventSource {
  const name = entry.folder ?? entry.folder_name ?? '';
  const folder = join(recording, 'spikes', name);
  const channel = eventChannel('event', number, entry.name === '' ? name : entry.name);
  const clusters = ['clusters.npy', 'spike_clusters.npy'].find((file) => existsSync(join(folder, file)));
  const values = clusters === undefined ? null : join(folder, clusters);
  return countEvents({ channel, folder, values, olderName: 'spike_times.npy' }, entry.sample_rate ?? rate, problems);
}

function firstThere(folder: string, names: readonly string[]): string {
  const name = names.find((file) => existsSync(join(folder, file)));
  if (name !== undefined) return join(folder, name);
  throw formatFault('format.invalid', folder, `${names.join(' or ')} is missing.`, { field: names[0] ?? '' });
}

function countEvents(
  source: Pick<EventSource, 'channel' | 'folder' | 'values' | 'olderName'>,
  rate: number | undefined,
  problems: Problem[],
): EventSource {
  const { folder, values, olderName } = source;
  if (rate === undefined)
    throw formatFault('format.invalid', folder, 'its rate is told nowhere.', { field: 'sample_rate' });
  const listed = values === null ? Infinity : countValues(source.channel, values);
  return withClock(
    folder,
    rate,
    (clock) => {
      if (clock.count === null) throw formatFault('format.invalid', folder, 'its times are missing.');
      const count = Math.min(listed, clock.count);
      if (listed !== Infinity && listed !== clock.count) {
        const message = `There are ${listed} values and ${clock.count} times: the first ${count} are used.`;
        problems.push(shouldFix('format.truncated', message, folder));
      }
      const [t0, t1] = count === 0 ? [NaN, NaN] : [clock.timeAt(0), clock.timeAt(count - 1)];
      return { ...source, rate, count, t0, t1 };
    },
    olderName,
  );
}

function countValues(channel: Channel, path: string): number {
  return withFile(path, (file) => {
    const array = readNpyHeader(file);
    const isText = array.kind === 'S' || array.kind === 'U';
    if (isText === (channel.type === 'text')) return array.stored;
    throw formatFault('format.invalid', path, `it holds ${isText ? 'texts' : 'numbers'}, which is wrong here.`, {
      field: 'descr',
      value: array.kind,
    });
  });
}

/** Events of the named channels in a time range, in order of time. */
export function readEventSources(
  sources: readonly EventSource[],
  names: ReadonlySet<string>,
  from: number,
  to: number,
  limit: number,
): EventList {
  const collector = new EventCollector(limit);
  for (const source of sources) if (names.has(source.channel.name)) offerEvents(source, from, to, collector);
  return collector.result();
}

function offerEvents(source: EventSource, from: number, to: number, collector: EventCollector): void {
  const { channel, folder, rate, count, values: path, olderName } = source;
  const visitAll = (valuesOf: (from: number, to: number) => ArrayLike<number | string>, perSlice: number) =>
    withClock(
      folder,
      rate,
      (clock) => {
        for (let start = 0; start < count; start += perSlice) {
          const end = Math.min(count, start + perSlice);
          const times = clock.timesOf(start, end);
          if (!times.some((time) => time >= from && time < to)) continue;
          const values = valuesOf(start, end);
          times.forEach((time, index) => {
            if (time >= from && time < to) collector.offer(channel.name, time, () => values[index] ?? 0);
          });
        }
      },
      olderName,
    );
  if (path === null) {
    visitAll(() => [], SLICE_EVENTS);
    return;
  }
  withFile(path, (file) => {
    const array = readNpyHeader(file);
    const perSlice = Math.max(1, Math.min(SLICE_EVENTS, Math.floor(SLICE_BYTES / array.itemBytes)));
    const read = channel.type === 'text' ? readNpyTexts : readNpyNumbers;
    visitAll((start, end) => read(file, array, start, end), perSlice);
  });
}
