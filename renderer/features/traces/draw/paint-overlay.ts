import { placeFlags } from '../model/flags.ts';
import { formatTime } from '../model/time-axis.ts';
import { AXIS_HEIGHT, xIn, type PlotColumn } from '../model/layout.ts';
import type { Cursor } from '../trace-store.ts';
import type { Scene } from './paint-traces.ts';

/** Paints what follows the pointer and the keyboard: crosshair, cursor, mark and the box of a zoom. In CSS pixels. */
export function paintOverlay(context: CanvasRenderingContext2D, scene: Scene): void {
  const { state, layout, palette, scrollTop } = scene;
  const { range, hover, cursor, mark, box, linked } = state;
  const { columns } = layout;
  const bottom = layout.height - AXIS_HEIGHT;
  context.clearRect(0, 0, layout.width, layout.height);
  context.font = `11px ${getComputedStyle(context.canvas).fontFamily}`;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  if (box !== null) {
    context.globalAlpha = 0.2;
    context.fillStyle = palette.accent;
    for (const column of columns) {
      const [left, right] = [xIn(column, range, box.t0), xIn(column, range, box.t1)];
      context.fillRect(left, 0, right - left, bottom);
    }
    context.globalAlpha = 1;
  }
  const line = (time: number, color: string, dash: number[]) => {
    if (time < range.t0 || time > range.t1) return;
    context.strokeStyle = color;
    context.setLineDash(dash);
    context.lineWidth = 1;
    context.beginPath();
    for (const column of columns) {
      const x = Math.round(xIn(column, range, time)) + 0.5;
      context.moveTo(x, 0);
      context.lineTo(x, bottom);
    }
    context.stroke();
    context.setLineDash([]);
  };
  if (linked !== null) line(linked, palette.warn, [1, 3]);
  if (hover !== null) {
    line(hover.time, palette.crosshair, [2, 3]);
    const lane = layout.lanes.find(({ channel }) => channel.name === hover.channel);
    const column = columns[lane?.column ?? 0];
    if (lane !== undefined && column !== undefined) {
      context.globalAlpha = 0.06;
      context.fillStyle = palette.crosshair;
      context.fillRect(column.left, lane.top - scrollTop, column.width, lane.height);
      context.globalAlpha = 1;
    }
  }
  if (mark !== null) {
    line(mark.time, palette.good, [6, 3]);
  }
  if (cursor !== null) {
    line(cursor.time, palette.accent, []);
  }
  for (const column of columns) {
    paintFlags(context, scene, column, [
      { place: cursor, color: palette.accent },
      { place: mark, color: palette.good },
      { place: hover, color: palette.axis },
      { place: linked === null ? null : { time: linked, channel: null }, color: palette.warn },
    ]);
  }
}

/** Writes the times of places onto the axis, none over another. */
function paintFlags(
  context: CanvasRenderingContext2D,
  { state: { range }, layout: { width: plotWidth, height }, palette }: Scene,
  { left, width }: PlotColumn,
  places: readonly { place: Cursor | null; color: string }[],
): void {
  const flags = places.flatMap(({ place, color }) => {
    if (place === null || place.time < range.t0 || place.time > range.t1) return [];
    const text = formatTime(place.time, range, plotWidth);
    const x = ((place.time - range.t0) / (range.t1 - range.t0)) * width;
    return [{ text, color, x, half: context.measureText(text).width / 2 + 4 }];
  });
  const top = height - AXIS_HEIGHT;
  placeFlags(flags, width).forEach((placed, index) => {
    const flag = flags[index];
    const x = left + placed;
    if (flag === undefined) return;
    context.fillStyle = flag.color;
    context.fillRect(x - flag.half, top + 2, flag.half * 2, AXIS_HEIGHT - 4);
    context.fillStyle = palette.background;
    context.fillText(flag.text, x, top + AXIS_HEIGHT / 2 + 1);
  });
}
