import type { Channel } from '../../shared/contract/recordings.ts';
import { parseDerived } from '../../shared/model/derived-events.ts';
import { EventCollector } from '../formats/event-collector.ts';
import { formatFault } from '../formats/file-faults.ts';
import type { OpenRecording } from '../formats/format.ts';
import type { StimulusFiles } from '../formats/stimulus-files/address.ts';
import { findStimulusReader } from '../formats/stimulus-files/readers.ts';
import type { ReadEdges, StimulusMark, StimulusReader } from '../formats/stimulus-files/stimulus-reader.ts';
import type { SignalContext } from './chunks.ts';
import { readDerivedEvents } from './derived-events.ts';
import { ownValue } from '../../shared/model/own-value.ts';

/** Beyond the times of any recording. */
const ALWAYS = 1e12;
const MOST_EDGES = 5_000_000;
const FORMAT = 'ndi-stimuli';

/**
 * Opens the stimuli of an epoch as a recording of event channels. Lines of the recording beside them are read when
 * somebody asks for events, once.
 * @param open opens the recording that they stand on
 * @throws NdiError format.*, path.*
 */
export function openStimuli(
  epoch: StimulusFiles,
  address: string,
  open: (path: string) => OpenRecording,
  context: () => SignalContext,
): OpenRecording {
  const reader = findStimulusReader(epoch.reader);
  const recording = epoch.recording === null ? null : open(epoch.recording);
  let known: readonly StimulusMark[] | null = null;
  const marks = () =>
    (known ??= reader.marks(epoch.files, edgesOf(epoch, recording, reader, context), recording !== null));
  const extent = recording === null ? extentOf(marks()) : recordingExtent(recording, reader);
  return {
    info: {
      kind: 'recording',
      path: address,
      format: FORMAT,
      formatName: 'Stimuli of a laboratory’s files',
      version: '',
      files: [...new Set([...epoch.files, ...(recording?.info.files ?? [])])],
      device: recording?.info.device ?? '',
      startedAt: recording?.info.startedAt ?? null,
      segments: [],
      extent,
      channels: [...reader.channels],
      events: recording === null ? counts(reader.channels, marks()) : {},
      problems: [...(recording?.info.problems ?? [])],
      why: [`The reader ${reader.id} of NDI makes events of these files.`],
    },
    streams: [],
    readEvents: (names, from, to, limit) => {
      const collector = new EventCollector(limit);
      for (const { channel, time, value } of marks()) {
        if (names.has(channel) && time >= from && time < to) collector.offer(channel, time, () => value);
      }
      return collector.result();
    },
  };
}

/** Readers that count samples begin at 0, whatever the recording's own time stamps say. */
function startOf(recording: OpenRecording, reader: StimulusReader): number {
  return reader.extent === 'counted' ? (recording.info.segments[0]?.t0 ?? 0) : 0;
}

function recordingExtent(recording: OpenRecording, reader: StimulusReader): { t0: number; t1: number } {
  const { segments, channels, extent } = recording.info;
  const last = extent?.t1 ?? segments.at(-1)?.t1 ?? 0;
  if (reader.extent === 'stated') return { t0: 0, t1: last };
  if (reader.extent === 'stamped') return { t0: segments[0]?.t0 ?? 0, t1: last };
  const samples = segments.reduce((sum, segment) => sum + segment.samples, 0);
  const rate = Math.max(0, ...channels.map((channel) => channel.sampleRate ?? 0));
  return { t0: 0, t1: samples > 0 && rate > 0 ? (samples - 1) / rate : 0 };
}

function extentOf(marks: readonly StimulusMark[]): { t0: number; t1: number } {
  let [t0, t1] = [Infinity, -Infinity];
  for (const { time } of marks) {
    if (time < t0) t0 = time;
    if (time > t1) t1 = time;
  }
  return t1 >= t0 ? { t0, t1 } : { t0: 0, t1: 0 };
}

function counts(channels: readonly Channel[], marks: readonly StimulusMark[]): Record<string, number> {
  return Object.fromEntries(
    channels.map(({ name }) => [name, marks.filter(({ channel }) => channel === name).length] as const),
  );
}

const perVolt: Readonly<Record<string, number>> = { V: 1, mV: 1e3, uV: 1e6 };

function edgesOf(
  epoch: StimulusFiles,
  recording: OpenRecording | null,
  reader: StimulusReader,
  context: () => SignalContext,
): ReadEdges {
  return (line, { thresholdV, refractorySec = 0 } = {}) => {
    const channel = recording?.info.channels.find(({ name }) => name === line);
    if (recording === null || channel === undefined) {
      const sentence = `the stimuli are marked on ${line} of the recording, which is not there.`;
      throw formatFault('format.invalid', epoch.recording ?? epoch.files[0] ?? '', sentence, { channel: line });
    }
    const number = String(channel.number);
    const name =
      thresholdV === undefined
        ? `dimp${number}`
        : `aimp${number}_t${thresholdV * (ownValue(perVolt, channel.units) ?? 1)}`;
    const derived = parseDerived(name) ?? [];
    const { events } = readDerivedEvents(context(), recording, derived, -ALWAYS, ALWAYS, MOST_EDGES);
    const start = startOf(recording, reader);
    const times = (isUp: boolean) =>
      events.filter(({ value }) => Number(value) > 0 === isUp).map(({ time }) => time - start);
    return { up: spaced(times(true), refractorySec), down: spaced(times(false), refractorySec) };
  };
}

/** Times without those that follow a kept one too soon. */
function spaced(times: readonly number[], refractorySec: number): number[] {
  const kept: number[] = [];
  for (const time of times) if (time - (kept.at(-1) ?? -Infinity) > refractorySec) kept.push(time);
  return kept;
}
