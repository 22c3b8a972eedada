import type { SignalEvent } from '../../../../shared/contract/recordings.ts';
import { formatNumber } from '../../../texts/translate.ts';
import { tickLabel } from '../model/event-label.ts';
import { isDigital } from '../model/lanes.ts';
import { groupName, groupsOf } from '../model/groups.ts';
import { AXIS_HEIGHT, xIn, type EventRow, type PlotColumn } from '../model/layout.ts';
import { scaleBar } from '../model/scale-bar.ts';
import { scaleGroup, unitSign } from '../model/settings.ts';
import { timeAxis } from '../model/time-axis.ts';
import { paintSpikes } from './paint-spikes.ts';
import type { Scene } from './paint-traces.ts';

const FONT = '11px';
const LEAST_LABEL_HEIGHT = 13;

/** Writes what stands over the traces: names of lanes, scale bars, events and the time axis. In CSS pixels. */
export function paintMarks(context: CanvasRenderingContext2D, scene: Scene): void {
  context.font = `${FONT} ${getComputedStyle(context.canvas).fontFamily}`;
  context.textBaseline = 'middle';
  paintGroups(context, scene);
  paintLaneNames(context, scene);
  paintScaleBars(context, scene);
  paintSpikes(context, scene);
  paintEvents(context, scene);
  paintAxis(context, scene);
}

/** A line between groups that stand under each other, and their names at the right where there is room. */
function paintGroups(context: CanvasRenderingContext2D, { state, layout, palette, scrollTop }: Scene): void {
  const { groups } = state.settings;
  if (groups.by === 'type' || layout.columns.length > 1) return;
  const height = layout.lanes[0]?.height ?? 0;
  let lanes = 0;
  let labelledTo = -Infinity;
  context.textAlign = 'right';
  for (const { key, channels } of groupsOf(
    layout.lanes.map(({ channel }) => channel),
    groups,
  )) {
    const top = Math.round(lanes * height - scrollTop);
    lanes += channels.length;
    const isSeen = top >= 0 && top < layout.plotHeight - LEAST_LABEL_HEIGHT;
    context.fillStyle = palette.axis;
    if (lanes > channels.length && isSeen) context.fillRect(0, top, layout.width, 1);
    // The name of a group whose top is out of sight stays at the edge.
    const labelTop = Math.max(top, 0) + 9;
    if (lanes * height - scrollTop < labelTop || labelTop > layout.plotHeight) continue;
    if (labelTop - labelledTo < LEAST_LABEL_HEIGHT) continue;
    labelledTo = labelTop;
    boxedText(context, groupName(groups.by, key), layout.width - 4, labelTop, palette.background, palette.text);
  }
}

function paintLaneNames(context: CanvasRenderingContext2D, { layout, palette, scrollTop, colorOf }: Scene): void {
  const height = layout.lanes[0]?.height ?? 0;
  const every = Math.max(1, Math.ceil(LEAST_LABEL_HEIGHT / Math.max(height, 0.1)));
  context.textAlign = 'left';
  for (const lane of layout.lanes) {
    const y = lane.top + lane.height / 2 - scrollTop;
    if (lane.row % every !== 0 || y < 4 || y > layout.plotHeight - 4) continue;
    const left = (layout.columns[lane.column]?.left ?? 0) + 4;
    boxedText(context, lane.channel.name, left, y, palette.background, palette.data[colorOf(lane.channel.name)] ?? '');
  }
  context.textAlign = 'center';
  for (const { left, width, label } of layout.columns) {
    if (label !== '') boxedText(context, label, left + width / 2, 9, palette.background, palette.text);
  }
}

function paintScaleBars(context: CanvasRenderingContext2D, { state, layout, palette }: Scene): void {
  // With a scale for each lane a bar would say nothing of the others.
  if (state.settings.ownScales && layout.lanes.length > 1) return;
  const groups = new Map(layout.lanes.map((lane) => [scaleGroup(lane.channel, state.settings), lane] as const));
  let right = layout.width - 8;
  for (const lane of groups.values()) {
    const bar = isDigital(lane.channel) ? undefined : scaleBar(lane.pixelsPerUnit);
    if (bar === undefined || bar.pixels > layout.plotHeight - 16) continue;
    const top = layout.plotHeight - 8 - bar.pixels;
    context.strokeStyle = palette.text;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(right, top);
    context.lineTo(right, top + bar.pixels);
    context.stroke();
    context.textAlign = 'right';
    const text = `${formatNumber(bar.value)} ${unitSign(lane.channel.units)}`.trim();
    boxedText(context, text, right - 6, top + bar.pixels / 2, palette.background, palette.text);
    right -= context.measureText(text).width + 24;
  }
}

function paintEvents(context: CanvasRenderingContext2D, { state, layout, palette }: Scene): void {
  const { range, events } = state;
  const rows = new Map(layout.eventRows.map((row) => [row.channel.name, row]));
  const byChannel = new Map<string, SignalEvent[]>();
  for (const event of events?.events ?? []) {
    const list = byChannel.get(event.channel) ?? [];
    byChannel.set(event.channel, list);
    list.push(event);
  }
  for (const [name, row] of rows) {
    context.fillStyle = palette.background;
    context.fillRect(0, row.top, layout.width, row.height);
    context.fillStyle = palette.grid;
    context.fillRect(0, row.top, layout.width, 1);
    const labelled = row.height >= LEAST_LABEL_HEIGHT;
    const label = (value: SignalEvent['value']) => (labelled ? tickLabel(state.info, row.channel, value) : '');
    for (const column of layout.columns) {
      const ticks = (byChannel.get(name) ?? []).map((event) => {
        return { x: Math.round(xIn(column, range, event.time)), label: label(event.value) };
      });
      paintTicks(context, ticks, row, column, context.measureText(name).width + 10, palette);
      if (!labelled) continue;
      context.textAlign = 'left';
      boxedText(context, name, column.left + 4, row.top + row.height / 2, palette.background, palette.axis);
    }
  }
}

/** Ticks, and their labels where there is room for one: beside the name of the row, never under it. */
function paintTicks(
  context: CanvasRenderingContext2D,
  ticks: readonly { x: number; label: string }[],
  row: EventRow,
  column: PlotColumn,
  nameWidth: number,
  palette: Scene['palette'],
): void {
  context.textAlign = 'left';
  const labels = { from: column.left + nameWidth, to: column.left + column.width };
  let painted = -2;
  ticks.forEach(({ x, label }, index) => {
    if (x < column.left || x > labels.to || x === painted) return;
    painted = x;
    context.fillStyle = palette.accent;
    context.fillRect(x, row.top + 2, 1, row.height - 3);
    const left = Math.max(x + 3, labels.from);
    const room = Math.min(ticks[index + 1]?.x ?? labels.to, labels.to) - left - 3;
    const fitting = label === '' || room < 6 ? '' : fittedText(context, label, room);
    context.fillStyle = palette.text;
    if (fitting !== '') context.fillText(fitting, left, row.top + row.height / 2 + 1);
  });
}

function paintAxis(context: CanvasRenderingContext2D, { state, layout, palette }: Scene): void {
  const { range } = state;
  const top = layout.height - AXIS_HEIGHT;
  context.fillStyle = palette.background;
  context.fillRect(0, top, layout.width, AXIS_HEIGHT);
  context.fillStyle = palette.axis;
  for (const column of layout.columns) {
    const right = column.left + column.width;
    const axis = timeAxis(range, column.width);
    context.fillRect(column.left, top, column.width, 1);
    const unitWidth = context.measureText(axis.unit).width;
    context.textAlign = 'right';
    context.fillText(axis.unit, right - 4, top + AXIS_HEIGHT / 2 + 1);
    context.textAlign = 'center';
    for (const { time, label } of axis.ticks) {
      const x = xIn(column, range, time);
      context.fillRect(Math.round(x), top, 1, 4);
      const half = context.measureText(label).width / 2;
      if (x + half < right - unitWidth - 12 && x - half > column.left)
        context.fillText(label, x, top + AXIS_HEIGHT / 2 + 2);
    }
  }
}

/** Text that stays readable over traces. */
function boxedText(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  background: string,
  color: string,
): void {
  const width = context.measureText(text).width;
  const left = context.textAlign === 'right' ? x - width : x;
  context.globalAlpha = 0.8;
  context.fillStyle = background;
  context.fillRect(left - 2, y - 7, width + 4, 14);
  context.globalAlpha = 1;
  context.fillStyle = color;
  context.fillText(text, x, y + 1);
}

/** Words of this length are shortened where they do not fit; shorter ones would lose their sense. */
const SHORTENED_FROM = 12;

function fittedText(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  if (text.length < SHORTENED_FROM) return '';
  for (let length = Math.min(text.length - 1, 40); length > 3; length -= 1) {
    const shorter = `${text.slice(0, length)}…`;
    if (context.measureText(shorter).width <= room) return shorter;
  }
  return '';
}
