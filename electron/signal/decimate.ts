import type { BlockRun, OpenRecording, SignalStream, StreamChannel } from '../formats/format.ts';
import { selectSampled } from './channel-selection.ts';
import type { SignalContext } from './chunks.ts';
import { decodeRun } from './decode.ts';
import { sampleTime } from './sample-times.ts';
import { checkSampleRange, checkValueCount, type SampleBlock, type SamplesQuery } from './samples.ts';
import { shiftStreams } from './time-range.ts';
import { turnEnds } from './turned-ends.ts';

/**
 * Every `factor`-th sample of each run, from its first on, after a low-pass that takes away what the lower rate cannot
 * hold. `from` and `to` are sample indices of the recording: the samples kept are those that lie between them.
 */
export type DecimateQuery = Omit<SamplesQuery, 'unit'> & { readonly factor: number };

/** Of the low-pass, on each side of its middle, a step of the lower rate. */
const TAPS_A_STEP = 10;

/**
 * A windowed sinc (Hamming) that cuts at half of the lower rate, its sum 1. NDI-matlab filters with 31 coefficients
 * whatever the factor, which lets the more through that then appears at other frequencies the larger the factor is; so
 * the length follows the factor here.
 */
export function lowPass(factor: number): Float64Array {
  const half = TAPS_A_STEP * factor;
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, at) => {
    const x = (at - half) / factor;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return sinc * (0.54 - 0.46 * Math.cos((Math.PI * at) / half));
  });
  const sum = taps.reduce((all, tap) => all + tap, 0);
  return taps.map((tap) => tap / sum);
}

/** @throws NdiError range.invalid | tooLarge, channel.notFound, app.cancelled, path.*, format.truncated */
export function decimateSamples(context: SignalContext, recording: OpenRecording, query: DecimateQuery): SampleBlock {
  checkSampleRange(query);
  const taps = lowPass(query.factor);
  const streams = shiftStreams(recording.streams, query.timeShift ?? 0);
  const channels: SampleBlock['channels'][number][] = [];
  const data: Float64Array<ArrayBuffer>[] = [];
  for (const { stream, channels: chosen, places } of selectSampled({ ...recording, streams }, query.channels)) {
    const pieces = stream.runs.flatMap((run) => pieceOf(run, query));
    const length = pieces.reduce((sum, { from, to }) => sum + to - from, 0);
    checkValueCount(length * query.factor * chosen.length);
    const out = chosen.map(() => new Float64Array(length));
    let at = 0;
    const runs = pieces.map(({ run, from, to }) => {
      decimateRun(context, stream, run, chosen, { from, to, factor: query.factor, taps }, out, at);
      const placed = { at, count: to - from, t0: sampleTime(run, stream.sampleRate, from * query.factor) };
      at += to - from;
      return placed;
    });
    chosen.forEach(({ channel: { name, units } }, index) => {
      const place = places[index] ?? 0;
      channels[place] = { name, units, sampleRate: stream.sampleRate / query.factor, runs };
      data[place] = out[index] ?? new Float64Array(0);
    });
  }
  const starts = channels.flatMap(({ runs }) => runs.map(({ t0 }) => t0));
  return { channels, t0: starts.length > 0 ? Math.min(...starts) : query.from, data };
}

/** The samples of a run that are kept: numbers [from, to) of them. */
function pieceOf(run: BlockRun, { from, to, factor }: DecimateQuery) {
  const kept = (sample: number) => Math.ceil(Math.min(Math.max(sample - run.firstSample, 0), run.samples) / factor);
  return kept(to) > kept(from) ? [{ run, from: kept(from), to: kept(to) }] : [];
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly factor: number;
  readonly taps: Float64Array;
}

/** Beyond the ends of a run the signal is continued as NDI-matlab continues it. */
function decimateRun(
  context: SignalContext,
  stream: SignalStream,
  run: BlockRun,
  channels: readonly StreamChannel[],
  { from, to, factor, taps }: Piece,
  out: readonly Float64Array[],
  at: number,
): void {
  const half = taps.length >> 1;
  const [first, last] = [from * factor - half, (to - 1) * factor + half];
  const [readFrom, readTo] = [Math.max(0, first), Math.min(run.samples, last + 1)];
  const planes = channels.map(() => new Float64Array(readTo - readFrom));
  decodeRun(context, stream, run, channels, readFrom, readTo, planes, 0);
  planes.forEach((plane, index) => {
    const signal = continued(plane, readFrom - first, last + 1 - readTo);
    const target = out[index];
    for (let kept = 0; kept < to - from; kept += 1) {
      if (target !== undefined) target[at + kept] = weighted(signal, taps, kept * factor);
    }
  });
}

function continued(values: Float64Array<ArrayBuffer>, before: number, after: number): Float64Array<ArrayBuffer> {
  if (before === 0 && after === 0) return values;
  const whole = new Float64Array(before + values.length + after);
  whole.set(values, before);
  turnEnds(whole, before, values.length);
  return whole;
}

/** The taps are the same on both sides of their middle. */
function weighted(signal: Float64Array, taps: Float64Array, at: number): number {
  const half = taps.length >> 1;
  let sum = (taps[half] ?? 0) * (signal[at + half] ?? 0);
  for (let k = 0; k < half; k += 1) {
    sum += (taps[k] ?? 0) * ((signal[at + k] ?? 0) + (signal[at + 2 * half - k] ?? 0));
  }
  return sum;
}
