import { formatTime } from '../model/time-axis.ts';
import { AXIS_HEIGHT } from '../model/layout.ts';
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
  const flag = (time: number, color: string) => {
    const text = formatTime(time, range, layout.width);
    const half = context.measureText(text).width / 2 + 4;
    const x = Math.min(Math.max(xOf(time), half), layout.width - half);
    if (xOf(time) < 0 || xOf(time) > layout.width) return;
    context.fillStyle = color;
    context.fillRect(x - half, bottom + 2, half * 2, AXIS_HEIGHT - 4);
    context.fillStyle = palette.background;
    context.fillText(text, x, bottom + AXIS_HEIGHT / 2 + 1);
  };
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
    flag(mark.time, palette.good);
  }
  if (cursor !== null) {
    line(cursor.time, palette.accent, []);
    flag(cursor.time, palette.accent);
  }
  if (hover !== null) flag(hover.time, palette.axis);
}
