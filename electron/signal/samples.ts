import { NdiError } from '../../shared/model/errors.ts';
import type { BlockRun, OpenRecording, SignalStream } from '../formats/format.ts';
import { selectSampled, type StreamSelection } from './channel-selection.ts';
import type { SignalContext } from './chunks.ts';
import { decodeRun } from './decode.ts';
import { sampleAt, sampleTime } from './sample-times.ts';
import { checkTimeRange, shiftStreams } from './time-range.ts';
import { partColumns, wholeView, type ViewPart } from './view.ts';

export interface SamplesQuery {
  readonly channels: string;
  /** Half-open: seconds, or indices of stored samples at each channel's own rate. */
  readonly from: number;
  readonly to: number;
  readonly unit: 'seconds' | 'samples';
  readonly timeShift?: number;
}

/** Values without a gap between them: `count` of them from position `at` of the channel's data on. */
interface SampleRun {
  readonly at: number;
  readonly count: number;
  readonly t0: number;
}

export interface SampleBlock {
  readonly channels: readonly { name: string; units: string; sampleRate: number; runs: readonly SampleRun[] }[];
  /** Time of the first sample given (of the channel that begins first); `from` when there is none. */
  readonly t0: number;
  readonly data: readonly Float64Array<ArrayBuffer>[];
}

/** Values of one call over all channels. */
const MAX_VALUES = 20_000_000;

/**
 * Exact samples in physical units. By seconds, position i of a channel is at its t0 + i/rate and gaps are filled with
 * NaN; by sample number, stored samples follow each other and `runs` tells where time jumps. What lies outside the
 * recording is left out.
 *
 * @throws NdiError range.invalid, range.tooLarge, channel.notFound, app.cancelled, path.*, format.truncated
 */
export function readSamples(
  context: SignalContext,
  recording: OpenRecording,
  query: SamplesQuery,
  part: ViewPart = wholeView,
): SampleBlock {
  if (query.unit === 'seconds') checkTimeRange(query.from, query.to);
  else checkSampleRange(query);
  const streams = shiftStreams(recording.streams, query.timeShift ?? 0);
  const selections = partOf(selectSampled({ ...recording, streams }, query.channels), part);
  const plans = selections.map((selection) => planRuns(selection.stream, query));
  const values = plans.reduce((sum, plan, index) => sum + plan.length * (selections[index]?.channels.length ?? 0), 0);
  checkValueCount(values);
  const channels: SampleBlock['channels'][number][] = [];
  const data: Float64Array<ArrayBuffer>[] = [];
  selections.forEach((selection, index) => {
    const plan = plans[index] ?? { pieces: [], length: 0 };
    const decoded = decodePlan(context, selection, plan);
    selection.channels.forEach(({ channel }, k) => {
      const place = selection.places[k] ?? 0;
      const runs = plan.pieces.map(({ at, from, to, run }) => ({
        at,
        count: to - from,
        t0: run.t0 + from / selection.stream.sampleRate,
      }));
      channels[place] = { name: channel.name, units: channel.units, sampleRate: selection.stream.sampleRate, runs };
      data[place] = decoded[k] ?? new Float64Array(0);
    });
  });
  // Places of channels that this part leaves out are holes.
  const own = Object.values(channels);
  return { channels: own, t0: firstTime(own, query), data: Object.values(data) };
}

function firstTime(channels: SampleBlock['channels'], query: SamplesQuery): number {
  const starts = channels.flatMap(({ runs }) => runs.map(({ t0 }) => t0));
  return starts.length > 0 ? Math.min(...starts) : query.from;
}

/** Values that a query gives, over all channels. @throws NdiError range.tooLarge, and of `readSamples` */
export function countSamples(recording: OpenRecording, query: SamplesQuery): number {
  if (query.unit === 'seconds') checkTimeRange(query.from, query.to);
  else checkSampleRange(query);
  const streams = shiftStreams(recording.streams, query.timeShift ?? 0);
  const selections = selectSampled({ ...recording, streams }, query.channels);
  const count = selections.reduce(
    (sum, { stream, channels }) => sum + planRuns(stream, query).length * channels.length,
    0,
  );
  checkValueCount(count);
  return count;
}

/** Neighbouring channels of a request, of which one thread reads its share. */
function partOf(selections: readonly StreamSelection[], part: ViewPart): readonly StreamSelection[] {
  if (part.of === 1) return selections;
  const count = selections.reduce((sum, { channels }) => sum + channels.length, 0);
  const { from, to } = partColumns(count, part);
  return selections.flatMap((selection) => {
    const kept = selection.places.flatMap((place, index) => (place >= from && place < to ? [index] : []));
    if (kept.length === 0) return [];
    const channels = kept.flatMap((index) => selection.channels[index] ?? []);
    return [{ ...selection, channels, places: kept.map((index) => selection.places[index] ?? 0) }];
  });
}

/** Puts the parts of one request, in order, together. */
export function joinSamples(parts: readonly SampleBlock[], query: SamplesQuery): SampleBlock {
  const channels = parts.flatMap((part) => part.channels);
  return { channels, t0: firstTime(channels, query), data: parts.flatMap((part) => part.data) };
}

/** Samples [from, to) of a run go to position `at`. */
interface Piece {
  readonly run: BlockRun;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

interface Plan {
  readonly pieces: readonly Piece[];
  readonly length: number;
}

function planRuns(stream: SignalStream, { from, to, unit }: SamplesQuery): Plan {
  const pieces: Piece[] = [];
  let length = 0;
  let origin: number | null = null;
  for (const run of stream.runs) {
    const first = unit === 'samples' ? clamp(from - run.firstSample, run) : sampleAt(run, stream.sampleRate, from);
    const end = unit === 'samples' ? clamp(to - run.firstSample, run) : sampleAt(run, stream.sampleRate, to);
    if (end <= first) continue;
    const time = sampleTime(run, stream.sampleRate, first);
    origin ??= time;
    // Rounding puts a segment that begins between two places of the grid on the nearer one, never onto the one before.
    const at = unit === 'samples' ? length : Math.max(length, Math.round((time - origin) * stream.sampleRate));
    pieces.push({ run, from: first, to: end, at });
    length = at + end - first;
  }
  return { pieces, length };
}

function clamp(sample: number, run: BlockRun): number {
  return Math.min(Math.max(sample, 0), run.samples);
}

function decodePlan(context: SignalContext, { stream, channels }: StreamSelection, plan: Plan) {
  const out = channels.map(() => new Float64Array(plan.length));
  const filled = plan.pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  if (filled < plan.length) for (const values of out) values.fill(NaN);
  for (const { run, from, to, at } of plan.pieces) decodeRun(context, stream, run, channels, from, to, out, at);
  return out;
}

/** @throws NdiError range.invalid */
export function checkSampleRange({ from, to }: { from: number; to: number }): void {
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to > from) return;
  throw new NdiError({
    code: 'range.invalid',
    message: `Samples ${from} to ${to} are not a range.`,
    recovery: 'Give whole numbers from 0 on, the smaller one first.',
    details: { from: String(from), to: String(to) },
  });
}

/** @throws NdiError range.tooLarge */
export function checkValueCount(values: number): void {
  if (values <= MAX_VALUES) return;
  throw new NdiError({
    code: 'range.tooLarge',
    message: `This range has ${values} values, more than the ${MAX_VALUES} that one call gives.`,
    recovery: 'Ask for fewer channels or a shorter range, or for min/max columns.',
    details: { values, limit: MAX_VALUES },
  });
}
