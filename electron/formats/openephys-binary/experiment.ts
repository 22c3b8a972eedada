import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel, RecordingInfo } from '../../../shared/contract/recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { naturalOrder } from '../../../shared/model/natural-order.ts';
import { EventCollector } from '../event-collector.ts';
import { formatFault } from '../file-faults.ts';
import type { BlockRun, OpenRecording, SignalStream } from '../format.ts';
import { shouldFix } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { readStructure, type Structure } from './structure.ts';

/**
 * The folders of an experiment's recordings, in order, where each has the same streams and events: then they are parts of
 * one recording. Open Ephys begins a new one whenever recording was stopped, while the acquisition and its clock went on.
 */
export function recordingsOf(experiment: string, names: readonly string[], main: string): string[] {
  const folders = names
    .filter((name) => /^recording\d+$/.test(name))
    .sort((a, b) => naturalOrder.compare(a, b))
    .map((name) => join(experiment, name))
    .filter((folder) => existsSync(join(folder, main)));
  if (folders.length < 2) return [];
  const shapes = new Set(folders.map((folder) => shapeOf(join(folder, main))));
  return shapes.size === 1 && !shapes.has(null) ? folders : [];
}

/** What must be equal in recordings of one experiment; null where it cannot be read. */
function shapeOf(main: string): string | null {
  try {
    const { continuous, events, spikes }: Structure = readStructure(main);
    return JSON.stringify([continuous, events, spikes]);
  } catch (error) {
    if (error instanceof NdiError) return null;
    throw error;
  }
}

/**
 * Recordings of one experiment one after the other: each begins a segment.
 * @throws NdiError format.invalid where their times overlap
 */
export function joinRecordings(path: string, recordings: readonly OpenRecording[]): OpenRecording {
  const problems: Problem[] = [];
  const streams = joinStreams(path, recordings, problems);
  const infos = recordings.map(({ info }) => info);
  const fastest = streams.reduce<SignalStream | null>(
    (best, stream) => (best !== null && best.sampleRate >= stream.sampleRate ? best : stream),
    null,
  );
  return {
    info: joinInfos(path, infos, streams, fastest, problems),
    streams,
    readEvents: (names, from, to, limit) => {
      const collector = new EventCollector(limit);
      let total = 0;
      for (const recording of recordings) {
        const list = recording.readEvents(names, from, to, limit);
        total += list.total;
        for (const { channel, time, value, duration } of list.events) {
          collector.offer(channel, time, () => value, duration);
        }
      }
      return { events: collector.result().events, total };
    },
  };
}

/**
 * The streams of the first recording, gone on with by those of the same channels; one that is missing in a later one has
 * no samples there. Where it is missing, the channels of the streams after it count otherwise: those are left out.
 */
function joinStreams(path: string, recordings: readonly OpenRecording[], problems: Problem[]): SignalStream[] {
  const [first, ...others] = recordings;
  const joined = new Map((first?.streams ?? []).map((stream) => [keyOf(stream), stream]));
  for (const { streams, info } of others) {
    for (const stream of streams) {
      const key = keyOf(stream);
      const before = joined.get(key);
      if (before !== undefined) joined.set(key, { ...before, runs: append(path, before, stream.runs) });
      else problems.push(shouldFix('format.invalid', UNLIKE, info.path));
    }
  }
  return [...joined.values()].map((stream) => {
    const samples = lengthOf(stream.runs);
    return {
      ...stream,
      channels: stream.channels.map((one) => ({ ...one, channel: { ...one.channel, samples } })),
    };
  });
}

const UNLIKE = 'A stream is left out: the first recording has none of the same channels. Open the recording by itself.';

function keyOf({ sampleRate, channels }: SignalStream): string {
  return JSON.stringify([
    sampleRate,
    channels.map(({ channel: { name, label, units, gain } }) => [name, label, units, gain]),
  ]);
}

function append(path: string, { runs, sampleRate }: SignalStream, more: readonly BlockRun[]): BlockRun[] {
  const [last, first] = [runs.at(-1), more[0]];
  if (last !== undefined && first !== undefined && first.t0 < last.t0 + (last.samples - 0.5) / sampleRate) {
    const message = 'its recordings overlap in time: open each of them by itself.';
    throw formatFault('format.invalid', path, message, { field: 'time stamps', value: first.t0 });
  }
  const before = lengthOf(runs);
  return [...runs, ...more.map((run) => ({ ...run, firstSample: before + run.firstSample }))];
}

function lengthOf(runs: readonly BlockRun[]): number {
  return runs.reduce((sum, { samples }) => sum + samples, 0);
}

function joinInfos(
  path: string,
  infos: readonly RecordingInfo[],
  streams: readonly SignalStream[],
  fastest: SignalStream | null,
  problems: readonly Problem[],
): RecordingInfo {
  const [first] = infos;
  if (first === undefined) throw formatFault('format.unknown', path, 'it holds no recording.');
  const extents = infos.flatMap(({ extent }) => (extent === undefined ? [] : [extent]));
  const sampled = new Map(streams.flatMap(({ channels }) => channels.map(({ channel }) => [channel.name, channel])));
  const channels = new Map<string, Channel>(sampled);
  for (const channel of infos.flatMap((one) => one.channels)) {
    if (!channels.has(channel.name) && channel.samples === null) channels.set(channel.name, channel);
  }
  const events: Record<string, number> = {};
  for (const [name, count] of infos.flatMap((one) => Object.entries(one.events))) {
    events[name] = (events[name] ?? 0) + count;
  }
  const info: RecordingInfo = {
    ...first,
    path,
    files: infos.flatMap(({ files }) => files),
    segments: fastest === null ? [] : segmentsOf(fastest.runs, fastest.sampleRate),
    channels: [...channels.values()],
    events,
    problems: [...infos.flatMap((one) => one.problems), ...problems],
  };
  // Only events tell from when to when it runs where there are no samples.
  delete info.extent;
  if (fastest !== null || extents.length === 0) return info;
  const extent = { t0: Math.min(...extents.map(({ t0 }) => t0)), t1: Math.max(...extents.map(({ t1 }) => t1)) };
  return { ...info, extent };
}
