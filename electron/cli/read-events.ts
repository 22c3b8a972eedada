import type { SignalEvent, SignalSource } from '../../shared/contract/recordings.ts';
import type { SignalTimes } from '../../shared/contract/sync.ts';
import { timeOnLines } from '../../shared/model/clock-lines.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { ownRange, signalTimes } from './clock-place.ts';
import type { Run } from './run.ts';

export interface EventRange {
  readonly channels: string;
  readonly from: number;
  readonly to: number;
}

/** Events asked for in one call; more are fetched in turn. */
const EVENTS_A_CALL = 100_000;

/**
 * All events of a range, in order of time: seconds of the source, or of the clock that an option names.
 * @throws NdiError channel.notFound, time.*, range.tooLarge
 */
export async function readEvents(
  run: Run,
  source: SignalSource,
  range: EventRange & { readonly clock?: string },
): Promise<SignalEvent[]> {
  const times = await signalTimes(run, source, range.clock);
  return times === null ? ownEvents(run, source, range) : eventsOnClock(run, source, times, range);
}

/** Events in a range of another clock, in order of its time. */
async function eventsOnClock(
  run: Run,
  source: SignalSource,
  times: SignalTimes,
  { channels, from, to }: EventRange,
): Promise<SignalEvent[]> {
  const found = await ownEvents(run, source, { channels, ...ownRange(times, from, to) });
  const there = found.flatMap((event) => {
    const time = timeOnLines(times.lines, event.time);
    if (time === null || time < from || time >= to) return [];
    if (event.duration === undefined) return [{ ...event, time }];
    const end = timeOnLines(times.lines, event.time + event.duration);
    return [{ ...event, time, duration: end === null ? event.duration : end - time }];
  });
  return there.sort((a, b) => a.time - b.time);
}

async function ownEvents(run: Run, source: SignalSource, { channels, from, to }: EventRange): Promise<SignalEvent[]> {
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
