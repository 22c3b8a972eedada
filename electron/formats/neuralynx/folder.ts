import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { sampledChannel, timeChannel } from '../channels.ts';
import { EventCollector } from '../event-collector.ts';
import type { BlockRun, OpenRecording, SignalStream, Sniff } from '../format.ts';
import { leaveOut, note, shouldFix } from '../problems.ts';
import { isSpikeName, openEvents, openSpikes, type EventSource } from './events.ts';
import { inputsOf, type NeuralynxHeader } from './header.ts';
import { measuredRate, readNcs, RECORD_BYTES, RECORD_SAMPLES, type NcsFile } from './ncs.ts';

/** Opens all Neuralynx files of a folder as one recording. @throws NdiError format.*, path.* when none can be read */
export function openFolder(found: Sniff): OpenRecording {
  const problems: Problem[] = [];
  const { continuous, sources, unread } = readFiles(found.files, problems);
  const channels = joinParts(continuous, problems);
  const firsts = channels.flatMap(({ runs }) => runs.slice(0, 1).map(({ stamp }) => stamp));
  const earliest = Math.min(...(firsts.length > 0 ? firsts : sources.map(({ records }) => records.earliest)));
  const origin = Number.isFinite(earliest) ? earliest : 0;
  const streams = toStreams(channels, origin, tetrodesByInput(sources));
  if (channels.length > 0 && firsts.length === 0) {
    problems.push(note('format.empty', 'Its channels hold no samples.', found.path));
  }
  const latest = Math.max(...sources.map(({ records }) => records.latest));
  const eventsOnly = firsts.length === 0 && Number.isFinite(latest);
  const info = { ...describe(found, streams, sources, continuous[0]?.header ?? null, problems), ...unread };
  return {
    info: eventsOnly ? { ...info, extent: { t0: 0, t1: (latest - origin) / 1e6 } } : info,
    streams,
    readEvents: (names, from, to, limit) => {
      const events = new EventCollector(limit);
      // The range of stamps is a little wider: whether an event is within is decided in seconds.
      for (const source of sources) {
        source.read(names, from * 1e6 + origin - 2, to * 1e6 + origin + 2, (channel, stamp, value) => {
          const time = (stamp - origin) / 1e6;
          if (time >= from && time < to) events.offer(channel, time, value);
        });
      }
      return events.result();
    },
  };
}

/** Reads every file; one that cannot be read is left out and said, unless none can. */
function readFiles(paths: readonly string[], problems: Problem[]) {
  const continuous: NcsFile[] = [];
  const sources: EventSource[] = [];
  const faults: NdiError[] = [];
  let cells = 0;
  for (const path of paths) {
    try {
      if (/\.ncs$/i.test(path)) continuous.push(readNcs(path, problems));
      else if (isSpikeName(path)) {
        const spikes = openSpikes(path, nameOf(path), cells + 1, problems);
        cells += spikes.channels.length;
        sources.push(spikes);
      } else if (sources.every(({ channels }) => channels.every(({ name }) => name !== 'mk1'))) {
        sources.push(openEvents(path, problems));
      } else {
        const message = `${basename(path)} is a second file of events: it is left out.`;
        problems.push(shouldFix('recording.secondEvents', message, path));
      }
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      faults.push(error);
    }
  }
  const [first] = faults;
  if (first !== undefined && continuous.length + sources.length === 0) throw first;
  return { continuous, sources, unread: leaveOut(faults, problems) };
}

function nameOf(path: string): string {
  return basename(path).replace(/\.[^.]*$/, '');
}

const PART = /_\d{4}$/;

/** A recording in parts goes on in files of the same name with a number (`CSC1.ncs`, `CSC1_0001.ncs`). */
function joinParts(files: readonly NcsFile[], problems: Problem[]): NcsFile[] {
  const names = new Set(files.map(({ path }) => nameOf(path)));
  const channels = new Map<string, NcsFile>();
  for (const file of files) {
    const name = nameOf(file.path);
    const base = PART.test(name) && names.has(name.replace(PART, '')) ? name.replace(PART, '') : name;
    const before = channels.get(base);
    if (before === undefined) channels.set(base, { ...file, label: file.label || base });
    else if (before.sampleRate === file.sampleRate && before.scale.gain === file.scale.gain) {
      channels.set(base, { ...before, runs: [...before.runs, ...file.runs.map(afterPause)] });
    } else {
      const message = `${basename(file.path)} has another rate or scale than what it goes on from: it is left out.`;
      problems.push(shouldFix('format.invalid', message, file.path));
    }
  }
  return [...channels.values()];
}

function afterPause<R extends NcsFile['runs'][number]>(run: R, index: number): R {
  return index === 0 ? { ...run, afterGap: true } : run;
}

/** Names of the tetrodes and stereotrodes that inputs are wires of; an input of several is told by the first. */
function tetrodesByInput(sources: readonly EventSource[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const { electrode } of sources) {
    if (electrode === undefined || electrode.inputs.length < 2) continue;
    for (const input of electrode.inputs) if (!names.has(input)) names.set(input, electrode.name);
  }
  return names;
}

/** One stream a channel; the first of those that were sampled together has their time channel. */
function toStreams(
  channels: readonly NcsFile[],
  origin: number,
  tetrodes: ReadonlyMap<number, string>,
): SignalStream[] {
  const clocks = new Map<string, number>();
  return channels.map((file, index) => {
    const sampleRate = measuredRate(file.runs, file.sampleRate);
    const runs = toRuns(file, sampleRate, origin);
    const samples = runs.reduce((sum, run) => sum + run.samples, 0);
    const [input = NaN] = inputsOf(file.header);
    const channel = sampledChannel('analog_in', index + 1, file.label, { sampleRate, samples }, file.scale, {
      tetrode: tetrodes.get(input),
    });
    const clock = JSON.stringify([sampleRate, runs.map((run) => [run.t0, run.samples])]);
    const isNew = !clocks.has(clock);
    if (isNew) clocks.set(clock, clocks.size + 1);
    const time = isNew ? [timeChannel(clocks.size, 'time', { sampleRate, samples })] : [];
    return { sampleRate, word: 'i16', channels: [{ channel, channelOffset: 0 }, ...time], runs };
  });
}

function toRuns({ runs }: NcsFile, sampleRate: number, origin: number): BlockRun[] {
  let firstSample = 0;
  let end = 0;
  return runs.map((run): BlockRun => {
    const t0 = run.afterGap ? (run.stamp - origin) / 1e6 : end;
    const block = {
      file: run.path,
      offset: run.offset,
      blockBytes: RECORD_BYTES,
      samplesPerBlock: RECORD_SAMPLES,
      first: 0,
      samples: run.samples,
      firstSample,
      t0,
    };
    firstSample += run.samples;
    end = t0 + run.samples / sampleRate;
    return block;
  });
}

/** Runs without a jump of time between them are one segment. */
function segmentsOf({ runs, sampleRate }: SignalStream): OpenRecording['info']['segments'] {
  const segments: OpenRecording['info']['segments'] = [];
  for (const { firstSample, samples, t0 } of runs) {
    const last = segments.at(-1);
    const isNext = last !== undefined && Math.abs(t0 - last.t1 - 1 / sampleRate) < 0.5 / sampleRate;
    if (isNext)
      segments[segments.length - 1] = { ...last, samples: last.samples + samples, t1: t0 + (samples - 1) / sampleRate };
    else segments.push({ start: firstSample, samples, t0, t1: t0 + (samples - 1) / sampleRate });
  }
  return segments;
}

function describe(
  found: Sniff,
  streams: readonly SignalStream[],
  sources: readonly EventSource[],
  header: NeuralynxHeader | null,
  problems: Problem[],
): OpenRecording['info'] {
  const fastest = streams.reduce<SignalStream | null>(
    (best, stream) => (best && best.sampleRate >= stream.sampleRate ? best : stream),
    null,
  );
  const counts = sources.flatMap(({ channels, counts }) => channels.map(({ name }) => [name, counts.get(name) ?? 0]));
  return {
    kind: 'recording',
    path: found.path,
    format: 'neuralynx',
    formatName: 'Neuralynx',
    version: header?.entries.get('fileversion') ?? '',
    files: [...found.files],
    device: 'Neuralynx',
    startedAt: header?.startedAt ?? null,
    segments: fastest ? segmentsOf(fastest) : [],
    channels: [
      ...streams.flatMap((stream) => stream.channels.map(({ channel }) => channel)),
      ...sources.flatMap(({ channels }) => channels),
    ],
    events: Object.fromEntries(counts) as Record<string, number>,
    problems,
    why: [...found.why],
  };
}
