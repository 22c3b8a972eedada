import { formatNumber } from '../../../texts/translate.ts';
import { xIn } from '../model/layout.ts';
import { spikesOf } from '../model/units.ts';
import type { Scene } from './paint-traces.ts';
import { showsShapes } from './spike-stretches.ts';

const LABEL_FROM_PX = 10;
/** Lower rows have no room for lines between them. */
const SPACED_FROM_PX = 6;
/** A tick on a trace is this high at least, and of its lane this share. */
const LEAST_TICK_PX = 5;
const TICK_SHARE = 0.7;

/** Spikes of the chosen units: a row of ticks for each below the traces, and a tick on the trace of each. In CSS pixels. */
export function paintSpikes(context: CanvasRenderingContext2D, scene: Scene): void {
  const { state, layout, palette, scrollTop, ratio } = scene;
  const rows = new Map(layout.unitRows.map((row) => [row.id, row]));
  for (const { top, height } of layout.unitRows) {
    context.fillStyle = palette.background;
    context.fillRect(0, top, layout.width, height);
    context.fillStyle = palette.grid;
    if (height >= SPACED_FROM_PX) context.fillRect(0, top, layout.width, 1);
  }
  context.textAlign = 'left';
  for (const { unit, times } of spikesOf(state)) {
    const color = palette.data[scene.unitColorOf(unit.id)] ?? palette.axis;
    const row = rows.get(unit.id);
    if (row === undefined) continue;
    context.fillStyle = color;
    for (const column of layout.columns) {
      for (const x of ticksIn(times, (time) => xIn(column, state.range, time), column)) {
        if (row.height >= SPACED_FROM_PX) context.fillRect(x, row.top + 2, 1, row.height - 3);
        else context.fillRect(x, row.top, 1, Math.max(1, row.height));
      }
    }
    const lane = unit.carried ? undefined : layout.lanes.find(({ channel }) => channel.name === unit.channels[0]);
    const column = lane === undefined ? undefined : layout.columns[lane.column];
    if (lane === undefined || column === undefined) continue;
    const perSecond = (column.width * ratio) / (state.range.t1 - state.range.t0);
    const y = lane.top - scrollTop;
    if (showsShapes(perSecond) || y + lane.height < 0 || y > layout.plotHeight) continue;
    const height = Math.max(LEAST_TICK_PX, lane.height * TICK_SHARE);
    context.globalAlpha = 0.75;
    const top = y + (lane.height - height) / 2;
    const visible = Math.min(height, layout.plotHeight - top);
    for (const x of ticksIn(times, (time) => xIn(column, state.range, time), column)) {
      context.fillRect(x, top, 1, visible);
    }
    context.globalAlpha = 1;
  }
  paintNames(context, scene);
}

/** Pixels that hold a spike, each once. */
function* ticksIn(
  times: Float64Array,
  xOf: (time: number) => number,
  { left, width }: { readonly left: number; readonly width: number },
): Generator<number> {
  let last = -Infinity;
  for (const time of times) {
    const x = Math.round(xOf(time));
    if (x === last || x < left || x >= left + width) continue;
    last = x;
    yield x;
  }
}

function paintNames(context: CanvasRenderingContext2D, { state, layout, palette, unitColorOf }: Scene): void {
  const names = new Map(state.units.map(({ id, name }) => [id, name]));
  const totals = new Map((state.spikes?.frame.header.units ?? []).map(({ id, total }) => [id, total]));
  for (const { id, top, height } of layout.unitRows) {
    const name = names.get(id);
    if (height < LABEL_FROM_PX || name === undefined) continue;
    const total = totals.get(id);
    const text = total === 0 ? `${name} (${formatNumber(0)})` : name;
    context.globalAlpha = 0.85;
    context.fillStyle = palette.background;
    context.fillRect(2, top + 1, context.measureText(text).width + 4, height - 1);
    context.globalAlpha = 1;
    context.fillStyle = palette.data[unitColorOf(id)] ?? palette.text;
    context.fillText(text, 4, top + height / 2 + 1);
  }
}
