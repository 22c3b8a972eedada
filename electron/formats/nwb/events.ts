import { firstIndex } from '../../../shared/model/rising.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel, SignalEvent } from '../../../shared/contract/recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { eventChannel } from '../channels.ts';
import { EventCollector } from '../event-collector.ts';
import type { EventList } from '../format.ts';
import type { Hdf5File, Hdf5Object } from '../hdf5/hdf5.ts';
import type { Value } from '../hdf5/values.ts';
import { shouldFix } from '../problems.ts';
import { typeOf } from './series.ts';
import { readStamps } from './times.ts';

/** Events of one channel in order of time. */
interface EventSource {
  readonly channel: Channel;
  readonly count: number;
  time(index: number): number;
  value(index: number): SignalEvent['value'];
  duration?(index: number): number;
}

export interface NwbEvents {
  readonly channels: readonly Channel[];
  readonly counts: Readonly<Record<string, number>>;
  /** Time of the last event, or null where there is none. */
  readonly lastTime: number | null;
  readonly read: (names: ReadonlySet<string>, from: number, to: number, limit: number) => EventList;
}

/**
 * Spikes of `/units` (`e`, by the unit's id), rows of the tables in `/intervals` and IntervalSeries (`mk`), and
 * AnnotationSeries (`tx`). What cannot be read becomes a problem.
 */
export function findEvents(file: Hdf5File, series: readonly Hdf5Object[], problems: Problem[]): NwbEvents {
  const sources: EventSource[] = [];
  const attempt = (path: string, make: () => readonly EventSource[]) => {
    try {
      sources.push(...make());
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      problems.push(shouldFix(error.code, `${path} is left out: ${error.message}`, file.source.path));
    }
  };
  attempt('/units', () => readUnits(file));
  let markers = 0;
  const intervals = file.find('/intervals');
  for (const name of intervals === undefined ? [] : file.names(intervals)) {
    attempt(`/intervals/${name}`, () => readIntervals(file, intervals, name, ++markers));
  }
  let texts = 0;
  for (const object of series) {
    const type = typeOf(file, object);
    if (type === 'IntervalSeries') attempt(object.path, () => readIntervalSeries(file, object, ++markers));
    if (type === 'AnnotationSeries') attempt(object.path, () => readAnnotations(file, object, ++texts));
  }
  const lasts = sources.filter(({ count }) => count > 0).map((source) => source.time(source.count - 1));
  return {
    channels: sources.map(({ channel }) => channel),
    counts: Object.fromEntries(sources.map(({ channel, count }) => [channel.name, count])),
    lastTime: lasts.length === 0 ? null : lasts.reduce((a, b) => Math.max(a, b)),
    read: (names, from, to, limit) => {
      const collector = new EventCollector(limit);
      for (const source of sources.filter(({ channel }) => names.has(channel.name))) {
        const { name } = source.channel;
        const first = firstIndex(source.count, (index) => source.time(index) >= from);
        for (let index = first; index < source.count; index++) {
          const time = source.time(index);
          if (time >= to) break;
          collector.offer(name, time, () => source.value(index), source.duration?.(index));
        }
      }
      return collector.result();
    },
  };
}

/** A ragged column: row i is the stretch up to its entry of the index, from where the row before ended. */
function readUnits(file: Hdf5File): EventSource[] {
  const units = file.find('/units');
  const times = units && file.find('spike_times', units);
  const index = units && file.find('spike_times_index', units);
  if (units === undefined || times === undefined || index === undefined) return [];
  const all = readStamps(file, times);
  const ends = file.values(index).map(Number);
  const ids = file.find('id', units);
  const numbers = ids === undefined ? [] : file.values(ids).map(Number);
  const areNumbers = numbers.length === ends.length && new Set(numbers).size === numbers.length;
  const usable = areNumbers && numbers.every((number) => Number.isSafeInteger(number) && number >= 0);
  return ends.map((end, row) => {
    const start = row === 0 ? 0 : (ends[row - 1] ?? 0);
    const spikes = all.subarray(Math.min(start, all.length), Math.min(end, all.length)).slice().sort();
    const number = usable ? (numbers[row] ?? row) : row + 1;
    return {
      channel: eventChannel('event', number, `unit ${number}`),
      count: spikes.length,
      time: (at) => spikes[at] ?? NaN,
      value: () => 1,
    };
  });
}

/** Rows of a table of intervals: their number from 1, with their extent. */
function readIntervals(file: Hdf5File, group: Hdf5Object | undefined, name: string, number: number): EventSource[] {
  const table = group && file.find(name, group);
  const starts = table && file.find('start_time', table);
  const stops = table && file.find('stop_time', table);
  if (starts === undefined || stops === undefined) return [];
  const rows = pairUp(readStamps(file, starts), readStamps(file, stops));
  return [
    {
      channel: eventChannel('marker', number, name),
      count: rows.length,
      time: (at) => rows[at]?.start ?? NaN,
      value: (at) => rows[at]?.row ?? 0,
      duration: (at) => (rows[at]?.stop ?? NaN) - (rows[at]?.start ?? NaN),
    },
  ];
}

function pairUp(starts: Float64Array, stops: Float64Array): { row: number; start: number; stop: number }[] {
  const rows = Array.from(starts, (start, at) => ({ row: at + 1, start, stop: stops[at] ?? NaN }));
  const whole = rows.filter(({ start, stop }) => Number.isFinite(start) && Number.isFinite(stop));
  return whole.sort((a, b) => a.start - b.start);
}

/** Its values say of which interval a stamp is the start (positive) or the end (negative). */
function readIntervalSeries(file: Hdf5File, object: Hdf5Object, number: number): EventSource[] {
  return stamped(file, object, eventChannel('marker', number, lastName(object)), (value) => Number(value));
}

function readAnnotations(file: Hdf5File, object: Hdf5Object, number: number): EventSource[] {
  return stamped(file, object, eventChannel('text', number, lastName(object)), (value) =>
    typeof value === 'string' ? value : '',
  );
}

function stamped(
  file: Hdf5File,
  object: Hdf5Object,
  channel: Channel,
  toValue: (value: Value) => SignalEvent['value'],
): EventSource[] {
  const stamps = file.find('timestamps', object);
  const data = file.find('data', object);
  if (stamps === undefined || data === undefined) return [];
  const values = file.values(data);
  const events = Array.from(readStamps(file, stamps), (time, at) => ({ time, value: toValue(values[at] ?? '') }));
  const known = events.filter(({ time }) => Number.isFinite(time)).sort((a, b) => a.time - b.time);
  return [
    {
      channel,
      count: known.length,
      time: (at) => known[at]?.time ?? NaN,
      value: (at) => known[at]?.value ?? '',
    },
  ];
}

function lastName(object: Hdf5Object): string {
  return object.path.split('/').at(-1) ?? '';
}
