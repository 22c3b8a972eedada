import { join } from 'node:path';
import { decodeWords } from '../../formats/word-decoder.ts';
import type { BlockRun, SignalStream, StreamChannel } from '../../formats/format.ts';
import { envelopeOfRuns, planesOf } from '../envelope.ts';
import type { SignalContext } from '../chunks.ts';
import { ExtremesTask } from '../extremes.ts';
import type { Floats } from '../floats.ts';
import { cellsOf, type StreamPlan } from './plan.ts';
import { pyraHeaderBytes } from './pyra-file.ts';

/**
 * A level seen as a recording of its own: rows of interleaved words, of which every channel has two. So levels are read,
 * reduced and cancelled by the same code as samples.
 */
export function levelRun(plan: StreamPlan, level: number, folder: string, runIndex: number): BlockRun | undefined {
  const found = plan.levels[level];
  const run = plan.stream.runs[runIndex];
  if (found === undefined || run === undefined) return undefined;
  return {
    file: join(folder, found.file),
    offset: pyraHeaderBytes + (found.firstRows[runIndex] ?? 0) * plan.rowBytes,
    blockBytes: plan.rowBytes,
    samplesPerBlock: 1,
    first: 0,
    samples: cellsOf(run, found.factor),
    firstSample: found.firstRows[runIndex] ?? 0,
    t0: run.t0,
  };
}

/** The stream to which such runs belong, for the given channels or, to build the next level, for all pairs. */
export function levelStream(plan: StreamPlan, level: number, runs: readonly BlockRun[]): SignalStream {
  const { stream, kind } = plan;
  const base = { sampleRate: stream.sampleRate / (plan.levels[level]?.factor ?? 1), channels: [], runs };
  if (kind === 'values') return { ...base, word: 'i16', decode: decodeWords('f64') };
  // Words stored unsigned were turned into signed ones when the level was made; their bias stays.
  return { ...base, word: stream.word === 'i16' ? 'i16' : 'x16' };
}

/** The minimum and the maximum of a pair, as two channels. */
export function pairChannels(plan: StreamPlan, place: number, channel?: StreamChannel): StreamChannel[] {
  const bytes = plan.kind === 'words' ? 2 : 8;
  const of = channel?.channel ?? anyChannel;
  const described = plan.kind === 'words' ? of : { ...of, gain: 1, offset: 0 };
  const isDigital = plan.kind === 'words' && place >= plan.pairs - plan.digital;
  const bit = isDigital ? { bit: channel?.bit ?? 0 } : {};
  return [0, 1].map((side) => ({ channel: described, channelOffset: (2 * place + side) * bytes, ...bit }));
}

const anyChannel: StreamChannel['channel'] = {
  name: '',
  type: 'analog_in',
  number: 0,
  label: '',
  units: '',
  sampleRate: 1,
  samples: 0,
  gain: 1,
  offset: 0,
};

/**
 * Extremes of the columns of a run, of a level's cells [edges[k], edges[k + 1]): per channel all minima, then all maxima.
 */
export function envelopeOfLevel(
  context: SignalContext,
  plan: StreamPlan,
  folder: string,
  level: number,
  runIndex: number,
  channels: readonly StreamChannel[],
  edges: Float64Array,
  out: Floats,
): void {
  const run = levelRun(plan, level, folder, runIndex);
  if (run === undefined) return;
  const columns = edges.length - 1;
  const pairs = channels.flatMap((channel) => pairChannels(plan, plan.placeOf(channel), channel));
  const stream = levelStream(plan, level, [run]);
  if (stream.decode === undefined) {
    context.scratch.reset();
    const task = new ExtremesTask(context, stream, pairs, columns);
    task.addRun(run, edges);
    channels.forEach((_, index) => {
      const [low, high] = pairs.slice(2 * index, 2 * index + 2);
      if (low !== undefined && high !== undefined) task.putPair(low, high, ...planesOf(out, 0, index, columns));
    });
    return;
  }
  const both = out instanceof Float32Array ? new Float32Array(2 * out.length) : new Float64Array(2 * out.length);
  envelopeOfRuns(context, stream, pairs, [{ run, edges }], columns, both, 0);
  channels.forEach((_, index) => {
    const [minima, maxima] = planesOf(out, 0, index, columns);
    minima.set(planesOf(both, 0, 2 * index, columns)[0]);
    maxima.set(planesOf(both, 0, 2 * index + 1, columns)[1]);
  });
}
