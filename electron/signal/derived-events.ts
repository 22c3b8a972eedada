import type { SignalEvent } from '../../shared/contract/recordings.ts';
import { type DerivedChannel, derivedEvent } from '../../shared/model/derived-events.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { EventCollector } from '../formats/event-collector.ts';
import type { EventList, OpenRecording, SignalStream } from '../formats/format.ts';
import type { SignalContext } from './chunks.ts';
import { readSamples } from './samples.ts';

/** Samples looked at in one piece. */
const PIECE = 1_000_000;

/**
 * Events derived from sampled channels with from <= time < to, in order of time. A step is told by the sample before,
 * also where that one lies outside the range; the first sample of a recording has none.
 * @throws NdiError channel.notFound, app.cancelled, path.*, format.*
 */
export function readDerivedEvents(
  context: SignalContext,
  recording: OpenRecording,
  channels: readonly DerivedChannel[],
  from: number,
  to: number,
  limit: number,
): EventList {
  const collector = new EventCollector(limit);
  for (const channel of channels) {
    const stream = recording.streams.find((one) => one.channels.some((held) => held.channel.name === channel.source));
    if (stream === undefined) throw notFound(channel);
    scan(context, recording, stream, channel, from, to, collector);
  }
  return collector.result();
}

function scan(
  context: SignalContext,
  recording: OpenRecording,
  stream: SignalStream,
  channel: DerivedChannel,
  from: number,
  to: number,
  collector: EventCollector,
): void {
  for (const run of stream.runs) {
    const first = Math.max(0, Math.ceil((from - run.t0) * stream.sampleRate - 1e-6));
    const end = Math.min(run.samples, Math.ceil((to - run.t0) * stream.sampleRate - 1e-6));
    for (let at = first; at < end; at += PIECE) {
      if (context.isCancelled()) return;
      const stop = Math.min(end, at + PIECE);
      // With the sample before, of the run before at the start of a run.
      const start = Math.max(0, run.firstSample + at - 1);
      const range = { from: start, to: run.firstSample + stop, unit: 'samples' as const };
      const values = readSamples(context, recording, { channels: channel.source, ...range }).data[0];
      if (values === undefined) continue;
      for (let index = 1; index < values.length; index++) {
        const value = derivedEvent(channel, values[index - 1] ?? NaN, values[index] ?? NaN);
        if (value === null) continue;
        const time = run.t0 + (start + index - run.firstSample) / stream.sampleRate;
        if (time >= from && time < to) collector.offer(channel.name, time, () => value);
      }
    }
  }
}

/** Two lists of events in order of time, as one. */
export function mergeEvents(a: EventList, b: EventList, limit: number): EventList {
  const events: SignalEvent[] = [...a.events, ...b.events].sort((one, other) => one.time - other.time);
  return { events: events.slice(0, limit), total: a.total + b.total };
}

function notFound({ name, source }: DerivedChannel): NdiError {
  return new NdiError({
    code: 'channel.notFound',
    message: `${name} is derived from ${source}, which is not there.`,
    recovery: 'Choose one of the channels that the recording has.',
    details: { channel: source },
  });
}
