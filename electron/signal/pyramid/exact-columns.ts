import type { BlockRun, StreamChannel } from '../../formats/format.ts';
import type { StreamSelection } from '../channel-selection.ts';
import type { SignalContext } from '../chunks.ts';
import { envelopeOfRuns, planesOf, runsInRange, type ColumnRange } from '../envelope.ts';
import type { Floats } from '../floats.ts';
import { isReady, levelFor, type OpenPyramid } from './access.ts';
import { envelopeOfLevel } from './level-stream.ts';
import type { StreamPlan } from './plan.ts';

/** Cells that a column must hold before a level is of use. */
const CELLS_A_COLUMN = 4;

/**
 * Extremes of any columns, exact to the sample: whole cells come from the pyramid, and what lies between an edge of a
 * column and the next edge of a cell from the level below, at last from the samples. Writes as `computeEnvelope`.
 *
 * @returns the level that gave most (1 is the finest), 0 when the samples did
 */
export function exactColumns(
  context: SignalContext,
  pyramid: OpenPyramid | null,
  { stream, index, channels }: Pick<StreamSelection, 'stream' | 'index' | 'channels'>,
  range: ColumnRange,
  out: Floats,
  at: number,
): number {
  const columns = range.to - range.from;
  const timed = runsInRange(stream, range);
  const plan = pyramid?.plan.streams[index] ?? null;
  const wanted = ((range.t1 - range.t0) * stream.sampleRate) / range.columns;
  const top = plan === null ? -1 : levelFor(plan, wanted / CELLS_A_COLUMN);
  const stored = channels.every(({ time }) => !time);
  if (pyramid === null || plan === null || top < 0 || !stored) {
    envelopeOfRuns(context, stream, channels, timed, columns, out, at);
    return 0;
  }
  const task = new ExactTask(context, pyramid, plan, channels, columns, out, at);
  const places = new Map(stream.runs.map((run, place) => [run, place]));
  for (const { run, edges } of timed) task.addRun(run, places.get(run) ?? 0, edges, top);
  return task.used;
}

class ExactTask {
  readonly #context: SignalContext;
  readonly #pyramid: OpenPyramid;
  readonly #plan: StreamPlan;
  readonly #channels: readonly StreamChannel[];
  readonly #columns: number;
  readonly #planes: readonly (readonly [Floats, Floats])[];
  readonly #isDouble: boolean;
  used = 0;

  constructor(
    context: SignalContext,
    pyramid: OpenPyramid,
    plan: StreamPlan,
    channels: readonly StreamChannel[],
    columns: number,
    out: Floats,
    at: number,
  ) {
    this.#context = context;
    this.#pyramid = pyramid;
    this.#plan = plan;
    this.#channels = channels;
    this.#columns = columns;
    this.#planes = channels.map((_, index) => planesOf(out, at, index, columns));
    this.#isDouble = out instanceof Float64Array;
    for (const plane of this.#planes) for (const values of plane) values.fill(NaN);
  }

  addRun(run: BlockRun, runIndex: number, edges: Float64Array, top: number): void {
    const factor = this.#plan.levels[top]?.factor ?? 1;
    // Of each column its whole cells, and between two columns the cell that belongs to neither alone.
    const cells = new Float64Array(2 * this.#columns + 1);
    const ends: number[] = [];
    for (let column = 0; column < this.#columns; column++) {
      const [from, to] = [edges[column] ?? 0, edges[column + 1] ?? 0];
      const first = Math.ceil(from / factor);
      const last = Math.max(first, to === run.samples ? Math.ceil(to / factor) : Math.floor(to / factor));
      const whole = last > first && isReady(this.#pyramid, this.#plan, run, runIndex, first * factor, last * factor);
      cells[2 * column] = Math.max(first, cells[2 * column - 1] ?? 0);
      cells[2 * column + 1] = whole ? last : (cells[2 * column] ?? 0);
      ends.push(from, whole ? first * factor : to, whole ? Math.min(run.samples, last * factor) : to, to);
    }
    cells[2 * this.#columns] = cells[2 * this.#columns - 1] ?? 0;
    if ((cells[2 * this.#columns] ?? 0) > (cells[0] ?? 0)) this.#addCells(runIndex, top, cells);
    for (let column = 0; column < this.#columns; column++) {
      const [a = 0, b = 0, c = 0, d = 0] = ends.slice(4 * column, 4 * column + 4);
      this.#addRange(run, runIndex, a, b, column, top - 1);
      this.#addRange(run, runIndex, c, d, column, top - 1);
    }
  }

  /** Every second of the columns counts. */
  #addCells(runIndex: number, level: number, cells: Float64Array): void {
    const columns = cells.length - 1;
    const values = this.#room(columns);
    const { folder } = this.#pyramid;
    envelopeOfLevel(this.#context, this.#plan, folder, level, runIndex, this.#channels, cells, values);
    this.used = Math.max(this.used, level + 1);
    this.#channels.forEach((_, index) => {
      const [minima, maxima] = planesOf(values, 0, index, columns);
      for (let column = 0; 2 * column < columns; column++) {
        this.#extend(index, column, minima[2 * column] ?? NaN, maxima[2 * column] ?? NaN);
      }
    });
  }

  /** The samples [from, to) by the finest means that are needed. */
  #addRange(run: BlockRun, runIndex: number, from: number, to: number, column: number, level: number): void {
    if (to <= from) return;
    const factor = this.#plan.levels[level]?.factor;
    if (factor === undefined) {
      this.#addSamples(run, from, to, column);
      return;
    }
    const first = Math.ceil(from / factor);
    const last = to === run.samples ? Math.ceil(to / factor) : Math.floor(to / factor);
    if (last <= first || !isReady(this.#pyramid, this.#plan, run, runIndex, first * factor, last * factor)) {
      this.#addRange(run, runIndex, from, to, column, level - 1);
      return;
    }
    this.#addRange(run, runIndex, from, first * factor, column, level - 1);
    const values = this.#room(1);
    const { folder } = this.#pyramid;
    const edges = Float64Array.of(first, last);
    envelopeOfLevel(this.#context, this.#plan, folder, level, runIndex, this.#channels, edges, values);
    this.#channels.forEach((_, index) => {
      this.#extend(index, column, values[2 * index] ?? NaN, values[2 * index + 1] ?? NaN);
    });
    this.#addRange(run, runIndex, Math.min(run.samples, last * factor), to, column, level - 1);
  }

  #addSamples(run: BlockRun, from: number, to: number, column: number): void {
    const values = this.#room(1);
    const timed = [{ run, edges: Float64Array.of(from, to) }];
    envelopeOfRuns(this.#context, this.#plan.stream, this.#channels, timed, 1, values, 0);
    this.#channels.forEach((_, index) => {
      this.#extend(index, column, values[2 * index] ?? NaN, values[2 * index + 1] ?? NaN);
    });
  }

  #room(columns: number): Floats {
    const count = 2 * columns * this.#channels.length;
    return this.#isDouble ? new Float64Array(count) : new Float32Array(count);
  }

  #extend(index: number, column: number, low: number, high: number): void {
    const [minima, maxima] = this.#planes[index] ?? [];
    if (minima === undefined || maxima === undefined) return;
    if (!((minima[column] ?? NaN) <= low) && !Number.isNaN(low)) minima[column] = low;
    if (!((maxima[column] ?? NaN) >= high) && !Number.isNaN(high)) maxima[column] = high;
  }
}
