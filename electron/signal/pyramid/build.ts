import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { toFileError } from '../../files/file-faults.ts';
import type { SignalStream, StreamChannel } from '../../formats/format.ts';
import type { SignalContext } from '../chunks.ts';
import { ExtremesTask } from '../extremes.ts';
import { addOwnExtremes } from '../own-chunks.ts';
import { levelRun, levelStream, pairChannels } from './level-stream.ts';
import type { PyramidPart, PyramidPlan, StreamPlan } from './plan.ts';
import { encodePyraHeader, pyraHeaderBytes, pyraTypes } from './pyra-file.ts';
import type { TimedRun } from '../envelope.ts';

/** Makes the empty files of all levels. @throws NdiError path.* */
export function createLevelFiles(plan: PyramidPlan, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const streamPlan of plan.streams) if (streamPlan !== null) createFiles(streamPlan, folder);
  } catch (error) {
    throw toFileError(error, folder);
  }
}

function createFiles({ stream, kind, pairs, rowBytes, levels }: StreamPlan, folder: string): void {
  for (const { file, factor, rows } of levels) {
    const handle = openSync(join(folder, file), 'w');
    try {
      const header = encodePyraHeader({
        dataType: kind === 'words' ? pyraTypes.int16 : pyraTypes.float64,
        channels: pairs,
        sampleRate: stream.sampleRate / factor,
        nativeRate: stream.sampleRate,
        startTime: stream.runs[0]?.t0 ?? 0,
        decimation: factor,
      });
      writeSync(handle, header);
      ftruncateSync(handle, pyraHeaderBytes + rows * rowBytes);
    } finally {
      closeSync(handle);
    }
  }
}

/** Waits until what was written is on the disk. */
export function syncLevelFiles(plan: PyramidPlan, folder: string): void {
  for (const { file } of plan.streams.flatMap((streamPlan) => streamPlan?.levels ?? [])) {
    const handle = openSync(join(folder, file), 'r+');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
}

/**
 * Makes all cells of a part, level by level, each from the one before, and writes them to their places.
 * @throws NdiError app.cancelled, path.*, format.*
 */
export function buildPart(context: SignalContext, plan: PyramidPlan, folder: string, part: PyramidPart): void {
  const streamPlan = plan.streams[part.streamIndex];
  const run = streamPlan?.stream.runs[part.runIndex];
  if (streamPlan === null || streamPlan === undefined || run === undefined) return;
  let below: { stream: SignalStream; channels: readonly StreamChannel[]; timed: TimedRun } | undefined;
  let belowFactor = 1;
  streamPlan.levels.forEach(({ factor, file, firstRows }, level) => {
    const first = part.from / factor;
    const columns = Math.ceil(part.to / factor) - first;
    const step = factor / belowFactor;
    const end = Math.ceil(part.to / belowFactor);
    const edges = new Float64Array(columns + 1);
    for (let column = 0; column <= columns; column++) edges[column] = Math.min((first + column) * step, end);
    const source = below ?? { stream: streamPlan.stream, channels: streamPlan.channels, timed: { run, edges } };
    const rows = rowsOf(context, streamPlan, { ...source, timed: { ...source.timed, edges } }, level > 0, columns);
    writeRows(
      join(folder, file),
      rows,
      pyraHeaderBytes + ((firstRows[part.runIndex] ?? 0) + first) * streamPlan.rowBytes,
    );
    const nextRun = levelRun(streamPlan, level, folder, part.runIndex);
    if (nextRun === undefined) return;
    below = {
      stream: levelStream(streamPlan, level, [nextRun]),
      channels: Array.from({ length: streamPlan.pairs }, (_, place) => pairChannels(streamPlan, place)).flat(),
      timed: { run: nextRun, edges },
    };
    belowFactor = factor;
  });
}

interface Source {
  readonly stream: SignalStream;
  readonly channels: readonly StreamChannel[];
  readonly timed: TimedRun;
}

/** Rows of one level; void when the kernels' memory is used again. */
function rowsOf(
  context: SignalContext,
  plan: StreamPlan,
  { stream, channels, timed }: Source,
  ofPairs: boolean,
  columns: number,
): Uint8Array<ArrayBuffer> {
  if (stream.decode !== undefined) {
    const planes = channels.map(() => [filled(columns), filled(columns)] as const);
    addOwnExtremes(context, stream.decode, timed.run, channels, timed.edges, planes);
    const rows = new Float64Array(columns * 2 * plan.pairs);
    for (let place = 0; place < plan.pairs; place++) {
      const [minima] = planes[ofPairs ? 2 * place : place] ?? [];
      const [, maxima] = planes[ofPairs ? 2 * place + 1 : place] ?? [];
      for (let column = 0, at = 2 * place; column < columns; column++, at += 2 * plan.pairs) {
        rows[at] = minima?.[column] ?? NaN;
        rows[at + 1] = maxima?.[column] ?? NaN;
      }
    }
    return new Uint8Array(rows.buffer);
  }
  const { scratch } = context;
  scratch.reset();
  const bytes = columns * plan.rowBytes;
  const out = scratch.take(bytes);
  const task = new ExtremesTask(context, stream, channels, columns);
  task.addRun(timed.run, timed.edges);
  if (ofPairs) task.writePairsOfPairs(out);
  else task.writePairs(out);
  return scratch.u8(out, bytes);
}

function filled(columns: number): Float64Array<ArrayBuffer> {
  return new Float64Array(columns).fill(NaN);
}

function writeRows(path: string, rows: Uint8Array, position: number): void {
  try {
    const handle = openSync(path, 'r+');
    try {
      for (let done = 0; done < rows.length;)
        done += writeSync(handle, rows, done, rows.length - done, position + done);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw toFileError(error, path);
  }
}
