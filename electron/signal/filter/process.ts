import type { BlockRun, SignalStream, StreamChannel } from '../../formats/format.ts';
import type { SignalContext } from '../chunks.ts';
import { decodeRun, forEachDecodedChunk } from '../decode.ts';
import { turnEnds } from '../turned-ends.ts';
import { designSections, settlingSamples, type Processing, type Section } from './design.ts';

/** Samples of one channel that are filtered at once, beside what lies around them. */
const BLOCK_SAMPLES = 1 << 20;
/** Longer memories than this (a high-pass far below 0.1 Hz) are cut off: the rest is below what can be seen. */
const MOST_PADDING = 1 << 19;
const GROUP_BYTES = 32 * 1024 * 1024;

/** Channels that bands and references are meant for. */
export function isProcessed({ channel, bit, time }: StreamChannel): boolean {
  return channel.type === 'analog_in' && bit === undefined && time === undefined;
}

/** Prepared processing of a stream; null where its sample rate is too low for the band. */
export interface Preparation {
  readonly processing: Processing;
  readonly sections: readonly Section[];
  /** Samples on either side that are taken along, so that neither edge can be seen in the result. */
  readonly padding: number;
  /** Channels whose median or average is taken away. */
  readonly common: readonly StreamChannel[];
}

export function prepare(stream: SignalStream, processing: Processing): Preparation | null {
  const sections = designSections(processing, stream.sampleRate);
  if (sections === null) return null;
  const common = processing.reference === 'none' ? [] : stream.channels.filter(isProcessed);
  return { processing, sections, padding: Math.min(MOST_PADDING, settlingSamples(sections)), common };
}

/**
 * Processed values of the samples [from, to) of a run: `visit` gets the place of the channel, the first sample and the
 * values, block by block; they are void after the visit.
 *
 * Beyond the ends of a run the signal goes on turned around its last sample, as is the custom for zero-phase filters.
 */
export function processRun(
  context: SignalContext,
  stream: SignalStream,
  run: BlockRun,
  channels: readonly StreamChannel[],
  { processing, sections, padding, common }: Preparation,
  from: number,
  to: number,
  visit: (index: number, first: number, values: Float64Array) => void,
): void {
  for (let first = from; first < to; first += BLOCK_SAMPLES) {
    const end = Math.min(to, first + BLOCK_SAMPLES);
    const readFrom = Math.max(0, first - padding);
    const readTo = Math.min(run.samples, end + (processing.phase === 'zero' ? padding : 0));
    const count = readTo - readFrom;
    const reference =
      common.length === 0 ? null : referenceOf(context, stream, run, common, processing, readFrom, readTo);
    const group = Math.max(1, Math.floor(GROUP_BYTES / (8 * count)));
    for (let index = 0; index < channels.length; index += group) {
      const some = channels.slice(index, index + group);
      const planes = some.map(() => new Float64Array(count));
      decodeRun(context, stream, run, some, readFrom, readTo, planes, 0);
      planes.forEach((plane, place) => {
        if (reference !== null) for (let at = 0; at < count; at++) plane[at] = (plane[at] ?? 0) - (reference[at] ?? 0);
        const before = readFrom === 0 ? padding : 0;
        const after = readTo === run.samples && processing.phase === 'zero' ? padding : 0;
        filterPlane(context, plane, sections, processing.phase, before, after);
        visit(index + place, first, plane.subarray(first - readFrom, end - readFrom));
      });
    }
  }
}

function referenceOf(
  context: SignalContext,
  stream: SignalStream,
  run: BlockRun,
  common: readonly StreamChannel[],
  { reference }: Processing,
  from: number,
  to: number,
): Float64Array {
  const result = new Float64Array(to - from);
  const { kernels } = context.scratch;
  forEachDecodedChunk(context, stream, run, common, from, to, 8, (first, planes) => {
    const { scratch } = context;
    const count = planes[0]?.length ?? 0;
    // Copied before room is taken, which may move the planes. What is no number has no say.
    const copies = planes.map((plane) => (stream.decode === undefined ? plane.slice() : plane.map(numberOrZero)));
    const mark = scratch.mark();
    const room = scratch.take(8 * common.length * (count + 1));
    const out = scratch.take(8 * count);
    copies.forEach((plane, index) => scratch.f64(room + 8 * index * count, count).set(plane));
    const buffer = room + 8 * common.length * count;
    if (reference === 'median') kernels.medianOfPlanes(room, common.length, count, buffer, out);
    else kernels.meanOfPlanes(room, common.length, count, out);
    result.set(scratch.f64(out, count), first - from);
    scratch.release(mark);
  });
  return result;
}

function numberOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

/**
 * Filters values in place. `before` and `after`: samples by which the signal is continued, turned around its ends.
 * Values that are not numbers stay so and count as zero for those around them.
 */
export function filterPlane(
  context: SignalContext,
  values: Float64Array<ArrayBuffer>,
  sections: readonly Section[],
  phase: Processing['phase'],
  before: number,
  after: number,
): void {
  const count = values.length;
  if (sections.length === 0 || count === 0) return;
  const missing: number[] = [];
  for (let at = 0; at < count; at++) {
    if (Number.isFinite(values[at])) continue;
    missing.push(at);
    values[at] = 0;
  }
  const { scratch } = context;
  scratch.reset();
  const total = before + count + after;
  const plane = scratch.take(8 * total);
  const chain = scratch.take(8 * 5 * sections.length);
  const state = scratch.take(8 * 2 * sections.length);
  const whole = scratch.f64(plane, total);
  whole.set(values, before);
  turnEnds(whole, before, count);
  scratch.f64(chain, 5 * sections.length).set(sections.flatMap(({ a, b }) => [...b, ...a]));
  const settle = (level: number) =>
    scratch.f64(state, 2 * sections.length).set(sections.flatMap(({ steady }) => steady.map((one) => one * level)));
  settle(whole[0] ?? 0);
  scratch.kernels.filterPlane(plane, total, chain, sections.length, state, 8);
  if (phase === 'zero') {
    settle(scratch.f64(plane, total)[total - 1] ?? 0);
    scratch.kernels.filterPlane(plane + 8 * (total - 1), total, chain, sections.length, state, -8);
  }
  values.set(scratch.f64(plane + 8 * before, count));
  for (const at of missing) values[at] = NaN;
}
