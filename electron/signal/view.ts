import type { ViewChannel, ViewFrame, ViewRun } from '../../shared/model/view-frame.ts';
import type { OpenRecording } from '../formats/format.ts';
import { selectSampled, type StreamSelection } from './channel-selection.ts';
import { rangeBytes, type SignalContext } from './chunks.ts';
import { decodeRun } from './decode.ts';
import { computeEnvelope } from './envelope.ts';
import { sampleAt } from './sample-times.ts';
import { checkTimeRange, shiftStreams } from './time-range.ts';
import { NdiError } from '../../shared/model/errors.ts';

export interface ViewQuery {
  readonly channels: string;
  /** Seconds, half-open. */
  readonly t0: number;
  readonly t1: number;
  readonly columns: number;
  readonly timeShift?: number;
}

/** One of `of` equal parts of the columns, to be computed by one worker. */
export interface ViewPart {
  readonly index: number;
  readonly of: number;
}

export const wholeView: ViewPart = { index: 0, of: 1 };

/** Below so many samples a column the samples themselves are shown. */
const SAMPLES_A_COLUMN = 2;
const MAX_COLUMNS = 65_536;

/** Columns of a part: [from, to). */
export function partColumns(columns: number, part: ViewPart): { from: number; to: number } {
  const edge = (index: number) => Math.floor((columns * index) / part.of);
  return { from: edge(part.index), to: edge(part.index + 1) };
}

/** Bytes that must be read for a query: what it costs. */
export function queryBytes(recording: OpenRecording, query: ViewQuery): number {
  let bytes = 0;
  for (const { stream } of select(recording, query)) {
    for (const run of stream.runs) {
      const samples = sampleAt(run, stream.sampleRate, query.t1) - sampleAt(run, stream.sampleRate, query.t0);
      bytes += rangeBytes(run, samples);
    }
  }
  return bytes;
}

/**
 * What a screen shows of a time range: min/max columns, or the samples (with one more on each side, so that lines reach
 * the edges) for channels with fewer than two a column. Part 0 has the samples; envelopes have the part's columns.
 *
 * @throws NdiError range.invalid, channel.notFound, app.cancelled, path.*, format.truncated
 */
export function computeView(
  context: SignalContext,
  recording: OpenRecording,
  query: ViewQuery,
  part: ViewPart = wholeView,
): ViewFrame {
  const selections = select(recording, query);
  const modes = selections.map((selection) => modeOf(selection, query));
  const { from, to } = partColumns(query.columns, part);
  const layout = new BodyLayout();
  const jobs: ((body: Float32Array<ArrayBuffer>) => void)[] = [];
  const channels: ViewChannel[] = [];
  selections.forEach((selection, index) => {
    const mode = modes[index] ?? 'envelope';
    if (mode === 'samples' && part.index > 0) return;
    const planned =
      mode === 'envelope'
        ? planEnvelope(context, selection, query, { from, to }, layout)
        : planSamples(context, selection, query, layout);
    jobs.push(planned.fill);
    selection.channels.forEach(({ channel }, k) => {
      channels[selection.places[k] ?? 0] = {
        name: channel.name,
        units: channel.units,
        mode,
        runs: planned.runs[k] ?? [],
      };
    });
  });
  const body = new Float32Array(layout.floats);
  for (const fill of jobs) fill(body);
  const rate = Math.max(0, ...selections.map(({ stream }) => stream.sampleRate));
  const raw = modes.includes('samples') && !modes.includes('envelope');
  const samplesPerColumn = raw ? 1 : Math.max(1, ((query.t1 - query.t0) * rate) / query.columns);
  const { t0, t1, columns } = query;
  // Places of channels that this part leaves out are holes.
  return { header: { t0, t1, columns, channels: Object.values(channels), samplesPerColumn }, body };
}

/** Puts parts of one view, in order, together. */
export function joinViews(parts: readonly ViewFrame[]): ViewFrame {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? emptyFrame;
  const layout = new BodyLayout();
  const copies: { from: Float32Array; to: number }[] = [];
  const channels = first.header.channels.map((channel): ViewChannel => {
    if (channel.mode === 'samples') {
      const runs = channel.runs.map((run) => {
        const at = layout.take(run.count);
        copies.push({ from: first.body.subarray(run.at, run.at + run.count), to: at });
        return { ...run, at };
      });
      return { ...channel, runs };
    }
    const count = first.header.columns;
    const at = layout.take(2 * count);
    let column = 0;
    for (const part of parts) {
      const run = part.header.channels.find(({ name }) => name === channel.name)?.runs[0];
      if (run === undefined) continue;
      copies.push({ from: part.body.subarray(run.at, run.at + run.count), to: at + column });
      copies.push({ from: part.body.subarray(run.at + run.count, run.at + 2 * run.count), to: at + count + column });
      column += run.count;
    }
    const { t0, t1 } = first.header;
    return { ...channel, runs: [{ t0, dt: (t1 - t0) / count, count, at }] };
  });
  const body = new Float32Array(layout.floats);
  for (const { from, to } of copies) body.set(from, to);
  return { header: { ...first.header, channels }, body };
}

const emptyFrame: ViewFrame = {
  header: { t0: 0, t1: 0, columns: 0, channels: [], samplesPerColumn: 1 },
  body: new Float32Array(0),
};

class BodyLayout {
  floats = 0;
  take(count: number): number {
    const at = this.floats;
    this.floats += count;
    return at;
  }
}

function select(recording: OpenRecording, query: ViewQuery): StreamSelection[] {
  checkTimeRange(query.t0, query.t1);
  if (!Number.isInteger(query.columns) || query.columns < 1 || query.columns > MAX_COLUMNS) {
    throw new NdiError({
      code: 'range.invalid',
      message: `${query.columns} columns cannot be made.`,
      recovery: `Ask for 1 to ${MAX_COLUMNS} columns.`,
      details: { columns: String(query.columns) },
    });
  }
  const streams = shiftStreams(recording.streams, query.timeShift ?? 0);
  return selectSampled({ ...recording, streams }, query.channels);
}

function modeOf({ stream }: StreamSelection, { t0, t1, columns }: ViewQuery): ViewChannel['mode'] {
  return ((t1 - t0) * stream.sampleRate) / columns < SAMPLES_A_COLUMN ? 'samples' : 'envelope';
}

interface Planned {
  /** Runs of each channel of the selection. */
  readonly runs: ViewRun[][];
  readonly fill: (body: Float32Array<ArrayBuffer>) => void;
}

function planEnvelope(
  context: SignalContext,
  { stream, channels }: StreamSelection,
  { t0, t1, columns }: ViewQuery,
  { from, to }: { from: number; to: number },
  layout: BodyLayout,
): Planned {
  const count = to - from;
  const dt = (t1 - t0) / columns;
  const start = layout.take(2 * count * channels.length);
  return {
    runs: channels.map((_, index) => [{ t0: t0 + from * dt, dt, count, at: start + 2 * count * index }]),
    fill: (body) => computeEnvelope(context, stream, channels, { t0, t1, columns, from, to }, body, start),
  };
}

function planSamples(
  context: SignalContext,
  { stream, channels }: StreamSelection,
  { t0, t1 }: ViewQuery,
  layout: BodyLayout,
): Planned {
  const dt = 1 / stream.sampleRate;
  const runs: ViewRun[][] = channels.map(() => []);
  const fills: ((body: Float32Array<ArrayBuffer>) => void)[] = [];
  for (const run of stream.runs) {
    if (run.t0 - dt > t1 || run.t0 + run.samples * dt < t0) continue;
    const first = Math.max(0, sampleAt(run, stream.sampleRate, t0) - 1);
    const end = Math.min(run.samples, sampleAt(run, stream.sampleRate, t1) + 1);
    const count = end - first;
    if (count <= 0) continue;
    const places = channels.map((_, index) => {
      const at = layout.take(count);
      runs[index]?.push({ t0: run.t0 + first * dt, dt, count, at });
      return at;
    });
    fills.push((body) => {
      const out = places.map((at) => body.subarray(at, at + count));
      decodeRun(context, stream, run, channels, first, end, out, 0);
    });
  }
  return { runs, fill: (body) => fills.forEach((fill) => fill(body)) };
}
