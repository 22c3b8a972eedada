import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { isSampled } from '../../../shared/model/channels.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { SignalPlace } from '../../ndi/epochs/element-signals.ts';
import type { SampleBlock } from '../../signal/samples.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { isEvent } from '../element-source.ts';

/** Values that are read at once. */
const PIECE_VALUES = 1_000_000;
/** Events of an epoch are held in memory, all at once. */
const MOST_EVENTS = 2_000_000;

/** What an element's epoch holds, as NDI gives it to its reader: times, and values of some columns at each. */
export interface RowSource {
  /** What it is in words: the element and its epoch. */
  readonly name: string;
  readonly path: string;
  readonly timeShift: number;
  readonly channels: readonly string[];
  /** Null for events. */
  readonly sampleRate: number | null;
  readonly rows: number;
  /** Of the first and last sample; of events, the ends of the epoch. Infinite where nothing tells them. */
  readonly startSec: number;
  readonly endSec: number;
  readonly units: string;
}

export interface Rows {
  readonly times: Float64Array;
  readonly columns: readonly Float64Array[];
}

/**
 * The rows of an epoch, by its headers.
 * @throws NdiError usage.invalid where its channels differ in rate or length, or hold neither samples nor plain events
 */
export function rowSource(name: string, place: SignalPlace, info: RecordingInfo): RowSource {
  const { path, timeShift } = place;
  const own = place.channels ?? info.channels.map((channel) => channel.name);
  const known = own.flatMap((one) => info.channels.filter((channel) => channel.name === one));
  const sampled = known.filter(({ type }) => isSampled(type) && type !== 'time');
  const events = own.filter((one) => isEvent(one) && !one.startsWith('tx'));
  const spans = info.extent === undefined ? info.segments : [info.extent];
  const startSec = Math.min(...spans.map(({ t0 }) => t0)) + timeShift;
  const endSec = Math.max(...spans.map(({ t1 }) => t1)) + timeShift;
  const base = { name, path, timeShift, startSec, endSec };
  const [first] = sampled;
  if (first === undefined) {
    if (events.length === 0) throw holdsNothing(name);
    const rows = Math.max(...events.map((one) => info.events[one] ?? 0));
    if (rows > MOST_EVENTS) throw tooMany(name, rows);
    return { ...base, channels: events, sampleRate: null, rows, units: '' };
  }
  const { sampleRate, samples } = first;
  if (sampled.some((one) => one.sampleRate !== sampleRate || one.samples !== samples)) throw severalRates(name);
  const units = sampled.every((one) => one.units === first.units) ? first.units : '';
  return { ...base, channels: sampled.map((one) => one.name), sampleRate, rows: samples ?? 0, units };
}

/**
 * All rows in order, in pieces; each is valid until the next is asked for.
 * @param factor only every such sample, low-passed; 1 for all
 * @throws NdiError path.*, format.*, app.cancelled
 */
export async function* readRows(
  workers: DataWorkers,
  source: RowSource,
  factor: number,
  signal: AbortSignal,
): AsyncGenerator<Rows> {
  if (source.sampleRate === null) {
    yield await readEvents(workers, source, signal);
    return;
  }
  const { path, timeShift, rows } = source;
  const channels = source.channels.join(',');
  const length = factor * Math.max(1, Math.floor(PIECE_VALUES / source.channels.length / factor));
  for (let from = 0; from < rows; from += length) {
    const query = { channels, from, to: Math.min(rows, from + length), timeShift };
    if (factor > 1) {
      yield rowsOf(await workers.decimate(path, { ...query, factor }, signal));
      continue;
    }
    const block = await workers.readArrays(path, { ...query, unit: 'samples' }, signal);
    try {
      yield rowsOf(block);
    } finally {
      // The rows are void from now on.
      block.release();
    }
  }
}

function rowsOf({ channels: [first], data }: SampleBlock): Rows {
  const times = new Float64Array(data[0]?.length ?? 0);
  for (const { at, count, t0 } of first?.runs ?? []) {
    for (let row = 0; row < count; row += 1) times[at + row] = t0 + row / (first?.sampleRate ?? 1);
  }
  return { times, columns: data };
}

async function readEvents(workers: DataWorkers, source: RowSource, signal: AbortSignal): Promise<Rows> {
  const range = { from: -Number.MAX_VALUE, to: Number.MAX_VALUE, limit: MOST_EVENTS, timeShift: source.timeShift };
  const found: Rows[] = [];
  for (const channels of source.channels) {
    const { events, total } = await workers.events(source.path, { channels, ...range }, signal);
    if (total > MOST_EVENTS) throw tooMany(source.name, total);
    found.push({
      times: Float64Array.from(events, ({ time }) => time),
      columns: [Float64Array.from(events, ({ value }) => Number(value))],
    });
  }
  const times = found[0]?.times ?? new Float64Array(0);
  const differ = found.some(
    (one) => one.times.length !== times.length || one.times.some((time, at) => time !== times[at]),
  );
  if (differ) throw severalRates(source.name);
  return { times, columns: found.flatMap(({ columns }) => columns) };
}

function severalRates(name: string): NdiError {
  return refused(`The channels of ${name} have different times: they cannot be the columns of one signal.`);
}

function holdsNothing(name: string): NdiError {
  return refused(`${name} holds neither samples nor events with values.`);
}

function tooMany(name: string, rows: number): NdiError {
  return refused(`${name} holds ${rows} events, more than the ${MOST_EVENTS} that are taken at once.`);
}

/** For an element that cannot be taken. */
export function refused(message: string): NdiError {
  return new NdiError({ code: 'usage.invalid', message, recovery: 'Choose another element. Nothing was written.' });
}
