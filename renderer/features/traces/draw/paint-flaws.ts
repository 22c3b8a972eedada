import type { ViewChannel, ViewFrame } from '../../../../shared/model/view-frame.ts';
import type { Lane } from '../model/lanes.ts';
import { xIn } from '../model/layout.ts';
import { channelsOf, coverOf } from '../trace-store.ts';
import type { Scene } from './paint-traces.ts';

/** Times at which a signal was cut off, or was no number. */
export interface Flaws {
  readonly clipped: readonly { readonly time: number; readonly above: boolean }[];
  readonly notNumbers: readonly number[];
}

/** A value this near to a limit, in words, is at it: 32 bits hold 16-bit words, but for the rounding of the gain. */
const WORDS_NEAR = 0.5;
const WORDS = 65_535;

/** Finds what is wrong with a channel of a frame. */
export function findFlaws(
  { body }: ViewFrame,
  channel: ViewChannel,
  limits: readonly [number, number] | undefined,
): Flaws {
  const clipped: { time: number; above: boolean }[] = [];
  const notNumbers: number[] = [];
  const near = limits === undefined ? 0 : ((limits[1] - limits[0]) / WORDS) * WORDS_NEAR;
  const [least, most] = limits === undefined ? [-Infinity, Infinity] : [limits[0] + near, limits[1] - near];
  const isSamples = channel.mode === 'samples';
  for (const run of channel.runs) {
    const second = isSamples ? 0 : run.count;
    for (let index = 0; index < run.count; index++) {
      const low = body[run.at + index] as number;
      const high = body[run.at + second + index] as number;
      if (high >= most) clipped.push({ time: run.t0 + index * run.dt, above: true });
      if (low <= least) clipped.push({ time: run.t0 + index * run.dt, above: false });
      if (isSamples && !Number.isFinite(low)) notNumbers.push(run.t0 + index * run.dt);
    }
  }
  return { clipped, notNumbers };
}

const found = new WeakMap<ViewFrame, Map<string, Flaws>>();

/** The same, worked out once a frame. */
function flawsOf(frame: ViewFrame, channel: ViewChannel, limits: readonly [number, number] | undefined): Flaws {
  const known = found.get(frame) ?? new Map<string, Flaws>();
  found.set(frame, known);
  const flaws = known.get(channel.name) ?? findFlaws(frame, channel, limits);
  known.set(channel.name, flaws);
  return flaws;
}

const MARK_PX = 3;

/** Marks where signals reach the limits of their words, and samples that are no numbers. In CSS pixels. */
export function paintFlaws(context: CanvasRenderingContext2D, { state, layout, palette, scrollTop }: Scene): void {
  const { range } = state;
  const { pieces } = coverOf(state);
  for (const lane of layout.lanes) {
    const top = lane.top - scrollTop;
    const column = layout.columns[lane.column];
    if (column === undefined || top + lane.height < 0 || top > layout.plotHeight) continue;
    const xOf = (time: number) => xIn(column, range, time);
    for (const { frame, from, to } of pieces) {
      const channel = channelsOf(frame).get(lane.channel.name);
      if (channel === undefined) continue;
      // Filtered values say nothing of the limits.
      const limits = isProcessed(state.settings.processing, channel) ? undefined : lane.channel.limits;
      const flaws = flawsOf(frame, channel, limits);
      context.fillStyle = palette.bad;
      let last = '';
      for (const { time, above } of flaws.clipped) {
        if (time < from || time > to) continue;
        const x = xOf(time);
        const mark = `${Math.round(x)}${String(above)}`;
        if (mark === last) continue;
        last = mark;
        const isTop = above === lane.pixelsPerUnit > 0;
        context.fillRect(Math.round(x), isTop ? top : top + lane.height - MARK_PX, 2, MARK_PX);
      }
      const seen = flaws.notNumbers.filter((time) => time >= from && time <= to);
      paintCrosses(context, seen.map(xOf), top, lane);
    }
  }
}

function isProcessed({ band, reference }: { band: string; reference: string }, { asIs }: ViewChannel): boolean {
  return (band !== 'raw' || reference !== 'none') && asIs !== true;
}

function paintCrosses(context: CanvasRenderingContext2D, places: readonly number[], top: number, lane: Lane): void {
  const y = Math.round(top + lane.height / 2);
  let last = -Infinity;
  for (const x of places) {
    if (x - last < 4) continue;
    last = x;
    context.fillRect(Math.round(x) - 2, y, 5, 1);
    context.fillRect(Math.round(x), y - 2, 1, 5);
  }
}
