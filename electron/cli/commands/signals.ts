import type { SignalEvent, SignalSource } from '../../../shared/contract/recordings.ts';
import type { SignalTimes } from '../../../shared/contract/sync.ts';
import { timeOnLines } from '../../../shared/model/clock-lines.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { ownRange, signalTimes } from '../clock-place.ts';
import type { Client, Command, Run } from '../run.ts';
import { sourceOf, type SourceOptions } from '../source.ts';
import { table } from '../tables.ts';

interface RangeOptions extends SourceOptions {
  readonly channels: string;
  readonly from: number;
  readonly to: number;
}

/** Events asked for in one call; more are fetched in turn. */
const EVENTS_A_CALL = 100_000;

export const events: Command<RangeOptions & { readonly clock?: string }> = async (run, [path = ''], options) => {
  const source = sourceOf(run, path, options);
  const times = await signalTimes(run, source, options.clock);
  const value =
    times === null ? await readEvents(run, source, options) : await eventsOnClock(run, source, times, options);
  return {
    value,
    text: () =>
      value.length === 0
        ? 'There are no events in this range.'
        : table(
            ['Time (s)', 'Channel', 'Value'],
            value.map((event) => [event.time, event.channel, event.value]),
          ),
  };
};

/** Events in a range of another clock, in order of its time. */
async function eventsOnClock(
  run: Run,
  source: SignalSource,
  times: SignalTimes,
  { channels, from, to }: RangeOptions,
): Promise<SignalEvent[]> {
  const found = await readEvents(run, source, { channels, ...ownRange(times, from, to) });
  const there = found.flatMap((event) => {
    const time = timeOnLines(times.lines, event.time);
    if (time === null || time < from || time >= to) return [];
    if (event.duration === undefined) return [{ ...event, time }];
    const end = timeOnLines(times.lines, event.time + event.duration);
    return [{ ...event, time, duration: end === null ? event.duration : end - time }];
  });
  return there.sort((a, b) => a.time - b.time);
}

async function readEvents(
  run: Run,
  source: SignalSource,
  { channels, from, to }: RangeOptions,
): Promise<SignalEvent[]> {
  const all: SignalEvent[] = [];
  for (let start = from; ;) {
    const request = { source, channels, from: start, to, limit: EVENTS_A_CALL };
    const { events: found, total } = await run.call((client, signal) => client.signals.events(request, { signal }));
    if (total <= found.length) return all.concat(found);
    // More than one answer holds: go on at the last time given, whose events may not all be there.
    const next = found.at(-1)?.time ?? to;
    const whole = found.filter((event) => event.time < next);
    if (whole.length === 0) throw tooMany(next);
    all.push(...whole);
    start = next;
  }
}

function tooMany(time: number): NdiError {
  return new NdiError({
    code: 'range.tooLarge',
    message: `More than ${EVENTS_A_CALL} events lie at ${time} s.`,
    recovery: 'Ask for fewer channels at a time.',
  });
}

export const envelope: Command<RangeOptions & { readonly columns: number }> = async (run, [path = ''], options) => {
  const { channels, from: t0, to: t1, columns } = options;
  const request = { source: sourceOf(run, path, options), channels, t0, t1, columns };
  const value = await run.callLong('Reducing', (client, signal) => client.signals.envelope(request, { signal }));
  const step = (value.t1 - value.t0) / value.columns;
  return {
    value,
    text: () =>
      table(
        ['Time (s)', ...value.channels.flatMap(({ name }) => [`${name} min`, `${name} max`])],
        Array.from({ length: value.columns }, (_, column) => [
          value.t0 + column * step,
          ...value.channels.flatMap(({ min, max }) => [min[column] ?? '', max[column] ?? '']),
        ]),
      ),
  };
};

export const overview: Command<SourceOptions & { readonly store?: true }> = async (run, [path = ''], options) => {
  const request = { source: sourceOf(run, path, options), store: options.store === true };
  const call = (client: Client, signal: AbortSignal) => client.signals.buildOverview(request, { signal });
  const value = await run.callLong('Building the overview', call);
  return {
    value,
    text: () =>
      value.parts === 0
        ? `${value.path} is seen as quickly without an overview.`
        : `The overview of ${value.path} is built: ${Math.ceil(value.bytes / 1e6)} MB.${
            value.documents.length === 0 ? '' : ` Stored as ${value.documents.join(', ')}.`
          }`,
  };
};
