import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { sampledChannel, timeChannel } from '../channels.ts';
import { EventCollector } from '../event-collector.ts';
import type { BlockRun, OpenRecording, SignalStream, Sniff } from '../format.ts';
import { leaveOut, note, shouldFix } from '../problems.ts';
import { decodeWords } from '../word-decoder.ts';
import { readContinuous, RECORD_BYTES, RECORD_SAMPLES, type ContinuousFile, type LegacyRun } from './continuous.ts';
import { readMessages, readSpikes, readTtl, type LegacyEvents } from './events.ts';
import { startOf } from './header.ts';
import { listedOrder } from './structure.ts';

/** Opens all Open Ephys files of a folder as one recording. @throws NdiError format.*, path.* when none can be read */
export function openFolder(found: Sniff): OpenRecording {
  const problems: Problem[] = [];
  const faults: NdiError[] = [];
  const attempt = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      faults.push(error);
      return null;
    }
  };
  const isContinuous = (path: string) => /\.continuous$/i.test(path);
  const order = listedOrder(found.path);
  const place = (path: string) => order.get(basename(path)) ?? Infinity;
  const files = found.files
    .filter(isContinuous)
    .toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))
    .flatMap((path) => attempt(() => readContinuous(path, problems)) ?? []);
  const channels = cutToShortest(joinParts(files, problems), problems);
  const events = readEventFiles(
    found.files.filter((path) => !isContinuous(path)),
    channels,
    problems,
    attempt,
  );
  const [fault] = faults;
  if (fault !== undefined && files.length + events.sources.length === 0) throw fault;
  const unread = leaveOut(faults, problems);
  const streams = toStreams(channels);
  if (streams.length > 0 && streams.every(({ runs }) => runs.length === 0)) {
    problems.push(note('format.empty', 'Its channels hold no samples.', found.path));
  }
  const startedAt = events.startedAt ?? (files[0] ? startOf(files[0].header) : null);
  return {
    info: {
      ...describe(found, streams, events.sources, files[0]?.header.get('version') ?? '', startedAt, problems),
      ...unread,
    },
    streams,
    readEvents: (names, from, to, limit) => {
      const collector = new EventCollector(limit);
      for (const { channel, events: own } of events.sources) {
        if (!names.has(channel.name)) continue;
        for (const { time, value } of own)
          if (time >= from && time < to) collector.offer(channel.name, time, () => value);
      }
      return collector.result();
    },
  };
}

function readEventFiles(
  paths: readonly string[],
  channels: readonly LegacyChannel[],
  problems: Problem[],
  attempt: <T>(read: () => T) => T | null,
): { sources: LegacyEvents[]; startedAt: string | null } {
  const sources: LegacyEvents[] = [];
  let [markers, spikes] = [0, 0];
  let startedAt: string | null = null;
  for (const path of paths) {
    const stem = stemOf(path);
    const own = channels.find(({ stream }) => stream === stem) ?? channels[0];
    if (stem === 'messages') {
      const messages = attempt(() => readMessages(path, own?.sampleRate, problems));
      if (messages === null) continue;
      startedAt = messages.startedAt;
      if (messages.events.length > 0) sources.push(messages);
    } else {
      const isSpikes = /\.spikes$/i.test(path);
      const number = isSpikes ? ++spikes : ++markers;
      const read = isSpikes ? readSpikes : readTtl;
      const source = attempt(() => read(path, number, own?.sampleRate, problems));
      if (source !== null) sources.push(source);
    }
  }
  return { sources, startedAt };
}

function stemOf(path: string): string {
  return basename(path).replace(/\.[^.]*$/, '');
}

interface LegacyChannel extends ContinuousFile {
  /** Name of what was sampled together: what stands before the channel in the file's name. */
  readonly stream: string;
}

const PART = /_\d+$/;

/** A later recording may be kept in files of the same name with its number (`100_CH1.continuous`, `100_CH1_2.continuous`). */
function joinParts(files: readonly ContinuousFile[], problems: Problem[]): LegacyChannel[] {
  const names = new Set(files.map(({ path }) => stemOf(path)));
  const channels = new Map<string, LegacyChannel>();
  for (const file of files) {
    const name = stemOf(file.path);
    const base = names.has(name.replace(PART, '')) ? name.replace(PART, '') : name;
    const before = channels.get(base);
    if (before === undefined) {
      const cut = base.lastIndexOf('_');
      channels.set(base, { ...file, label: file.label || base, stream: cut > 0 ? base.slice(0, cut) : '' });
    } else if (before.sampleRate === file.sampleRate && before.bitVolts === file.bitVolts) {
      channels.set(base, { ...before, runs: [...before.runs, ...file.runs] });
    } else {
      const message = `${basename(file.path)} has another rate or scale than what it goes on from: it is left out.`;
      problems.push(shouldFix('format.invalid', message, file.path));
    }
  }
  return [...channels.values()];
}

/** Channels of a stream are equally long; where they are not, what all have is used. */
function cutToShortest(channels: readonly LegacyChannel[], problems: Problem[]): LegacyChannel[] {
  const lengths = new Map<string, number>();
  for (const { stream, runs } of channels) {
    const samples = samplesOf(runs);
    lengths.set(stream, Math.min(lengths.get(stream) ?? Infinity, samples));
  }
  const longer: string[] = [];
  const cut = channels.map((channel) => {
    const shortest = lengths.get(channel.stream) ?? 0;
    if (samplesOf(channel.runs) === shortest) return channel;
    longer.push(channel.label);
    let left = shortest;
    const runs = channel.runs.map((run) => {
      const samples = Math.min(run.samples, left);
      left -= samples;
      return { ...run, samples };
    });
    return { ...channel, runs: runs.filter(({ samples }) => samples > 0) };
  });
  if (longer.length > 0) {
    const message = `Not all channels are equally long: ${longer.join(', ')} are cut to what all of their stream have.`;
    problems.push(shouldFix('format.truncated', message, ...channels.slice(0, 1).map(({ path }) => path)));
  }
  return cut;
}

function samplesOf(runs: readonly LegacyRun[]): number {
  return runs.reduce((sum, run) => sum + run.samples, 0);
}

/** Headstage channels first, then the analog inputs of the board; auxiliary inputs count by themselves. */
function toStreams(channels: readonly LegacyChannel[]): SignalStream[] {
  const isBoard = ({ label }: LegacyChannel) => /^ADC/i.test(label);
  const isAuxiliary = ({ label }: LegacyChannel) => /^AUX/i.test(label);
  const rank = (channel: LegacyChannel) => (isAuxiliary(channel) ? 2 : isBoard(channel) ? 1 : 0);
  const clocks = new Map<string, number>();
  let [analog, auxiliary] = [0, 0];
  return channels
    .toSorted((a, b) => rank(a) - rank(b))
    .map((file) => {
      const { sampleRate, label, bitVolts } = file;
      const runs = toRuns(file);
      const sampling = { sampleRate, samples: samplesOf(file.runs) };
      const scale = { units: isBoard(file) ? 'V' : 'uV', gain: bitVolts, offset: 0 };
      const channel = isAuxiliary(file)
        ? sampledChannel('auxiliary_in', ++auxiliary, label, sampling, scale)
        : sampledChannel('analog_in', ++analog, label, sampling, scale);
      const clock = JSON.stringify([file.stream, sampleRate, runs.map((run) => [run.t0, run.samples])]);
      const isNew = !clocks.has(clock);
      if (isNew) clocks.set(clock, clocks.size + 1);
      const time = isNew ? [timeChannel(clocks.size, 'time', sampling)] : [];
      return {
        sampleRate,
        word: 'i16',
        channels: [{ channel, channelOffset: 0 }, ...time],
        runs,
        decode: decodeWords('i16be'),
      };
    });
}

function toRuns({ runs, sampleRate }: LegacyChannel): BlockRun[] {
  let firstSample = 0;
  return runs.map((run): BlockRun => {
    const block = {
      file: run.path,
      offset: run.offset,
      blockBytes: RECORD_BYTES,
      samplesPerBlock: RECORD_SAMPLES,
      first: 0,
      samples: run.samples,
      firstSample,
      t0: run.stamp / sampleRate,
    };
    firstSample += run.samples;
    return block;
  });
}

function describe(
  found: Sniff,
  streams: readonly SignalStream[],
  sources: readonly LegacyEvents[],
  version: string,
  startedAt: string | null,
  problems: Problem[],
): OpenRecording['info'] {
  const fastest = streams.reduce<SignalStream | null>(
    (best, stream) => (best && best.sampleRate >= stream.sampleRate ? best : stream),
    null,
  );
  const channels = streams.flatMap((stream) => stream.channels.map(({ channel }) => channel));
  return {
    kind: 'recording',
    path: found.path,
    format: 'openephys-legacy',
    formatName: 'Open Ephys (legacy)',
    version,
    files: [...found.files],
    device: 'Open Ephys',
    startedAt,
    segments: (fastest?.runs ?? []).map(({ firstSample, samples, t0 }) => ({
      start: firstSample,
      samples,
      t0,
      t1: t0 + (samples - 1) / (fastest?.sampleRate ?? 1),
    })),
    channels: [...channels, ...sources.map(({ channel }) => channel)],
    events: Object.fromEntries(sources.map(({ channel, events }) => [channel.name, events.length])),
    problems,
    why: [...found.why],
  };
}
