import { placeFlags } from '../model/flags.ts';
import { formatTime } from '../model/time-axis.ts';
import { AXIS_HEIGHT } from '../model/layout.ts';
import type { Cursor } from '../trace-store.ts';
import type { Scene } from './paint-traces.ts';

/** Paints what follows the pointer and the keyboard: crosshair, cursor, mark and the box of a zoom. In CSS pixels. */
export function paintOverlay(context: CanvasRenderingContext2D, scene: Scene): void {
  const { state, layout, palette, scrollTop } = scene;
  const { range, hover, cursor, mark, box } = state;
  const xOf = (time: number) => ((time - range.t0) / (range.t1 - range.t0)) * layout.width;
  const bottom = layout.height - AXIS_HEIGHT;
  context.clearRect(0, 0, layout.width, layout.height);
  context.font = `11px ${getComputedStyle(context.canvas).fontFamily}`;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  if (box !== null) {
    context.globalAlpha = 0.2;
    context.fillStyle = palette.accent;
    context.fillRect(xOf(box.t0), 0, xOf(box.t1) - xOf(box.t0), bottom);
    context.globalAlpha = 1;
  }
  const line = (time: number, color: string, dash: number[]) => {
    const x = Math.round(xOf(time)) + 0.5;
    if (x < 0 || x > layout.width) return;
    context.strokeStyle = color;
    context.setLineDash(dash);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, bottom);
    context.stroke();
    context.setLineDash([]);
  };
  paintBookmarks(context, scene, xOf);
  if (hover !== null) {
    line(hover.time, palette.crosshair, [2, 3]);
    const lane = layout.lanes.find(({ channel }) => channel.name === hover.channel);
    if (lane !== undefined) {
      context.globalAlpha = 0.06;
      context.fillStyle = palette.crosshair;
      context.fillRect(0, lane.top - scrollTop, layout.width, lane.height);
      context.globalAlpha = 1;
    }
  }
  if (mark !== null) {
    line(mark.time, palette.good, [6, 3]);
  }
  if (cursor !== null) {
    line(cursor.time, palette.accent, []);
  }
  paintFlags(context, scene, [
    { place: cursor, color: palette.accent },
    { place: mark, color: palette.good },
    { place: hover, color: palette.axis },
  ]);
}

const FLAG_PX = 13;
const MOST_NOTE = 28;

/** A flag at the top for each bookmark of the range, with its note. */
function paintBookmarks(
  context: CanvasRenderingContext2D,
  { state: { settings, range }, layout, palette }: Scene,
  xOf: (time: number) => number,
): void {
  context.textAlign = 'left';
  for (const { time, note } of settings.bookmarks) {
    if (time < range.t0 || time > range.t1) continue;
    const x = Math.round(xOf(time));
    const text = note.length > MOST_NOTE ? `${note.slice(0, MOST_NOTE)}…` : note;
    const width = text === '' ? 8 : context.measureText(text).width + 8;
    context.globalAlpha = 0.9;
    context.fillStyle = palette.warn;
    context.fillRect(x, 0, 1, layout.height - AXIS_HEIGHT);
    context.fillRect(x, 0, width, FLAG_PX);
    context.globalAlpha = 1;
    context.fillStyle = palette.background;
    context.fillText(text, x + 4, FLAG_PX / 2 + 1);
  }
  context.textAlign = 'center';
}

/** Writes the times of places onto the axis, none over another. */
function paintFlags(
  context: CanvasRenderingContext2D,
  { state: { range }, layout: { width, height }, palette }: Scene,
  places: readonly { place: Cursor | null; color: string }[],
): void {
  const flags = places.flatMap(({ place, color }) => {
    if (place === null || place.time < range.t0 || place.time > range.t1) return [];
    const text = formatTime(place.time, range, width);
    const x = ((place.time - range.t0) / (range.t1 - range.t0)) * width;
    return [{ text, color, x, half: context.measureText(text).width / 2 + 4 }];
  });
  const top = height - AXIS_HEIGHT;
  placeFlags(flags, width).forEach((x, index) => {
    const flag = flags[index];
    if (flag === undefined) return;
    context.fillStyle = flag.color;
    context.fillRect(x - flag.half, top + 2, flag.half * 2, AXIS_HEIGHT - 4);
    context.fillStyle = palette.background;
    context.fillText(flag.text, x, top + AXIS_HEIGHT / 2 + 1);
  });
}
