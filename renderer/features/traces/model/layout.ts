import type { Channel, RecordingInfo } from '../../../../shared/contract/recordings.ts';
import { t } from '../../../texts/translate.ts';
import { layLanes, lanesHeight, shanksOf, type Lane } from './lanes.ts';
import type { Range } from './range.ts';
import { shownEvents, shownTraces, type ViewSettings } from './settings.ts';

export const AXIS_HEIGHT = 22;
const EVENT_ROW = 16;
/** Where there is nothing else to see. */
const EVENT_ROW_ALONE = 48;
const LEAST_ROW = 4;
const UNIT_ROW = 12;
/** Event rows take at most this share of the canvas; more of them get thinner. So do the rows of units. */
const MOST_EVENTS_SHARE = 0.35;
const MOST_UNITS_SHARE = 0.3;
const BETWEEN_COLUMNS = 16;

/** A stretch of the plot's width that shows the whole visible range. */
export interface PlotColumn {
  readonly left: number;
  readonly width: number;
  /** What stands in it; empty where there is only one. */
  readonly label: string;
}

export interface EventRow {
  readonly channel: Channel;
  readonly top: number;
  readonly height: number;
}

export interface UnitRow {
  readonly id: string;
  readonly top: number;
  readonly height: number;
}

/** Where everything is on a canvas, in CSS pixels: traces above, then rows of units, rows of events, the time axis. */
export interface PlotLayout {
  readonly width: number;
  readonly height: number;
  /** Height of the window on the lanes. */
  readonly plotHeight: number;
  /** Height of all lanes; more than `plotHeight` when they are spaced out. */
  readonly lanesHeight: number;
  /** At least one. */
  readonly columns: readonly PlotColumn[];
  readonly lanes: readonly Lane[];
  readonly unitRows: readonly UnitRow[];
  readonly eventRows: readonly EventRow[];
}

export function layOut(info: RecordingInfo, settings: ViewSettings, width: number, height: number): PlotLayout {
  const traces = shownTraces(info, settings);
  const events = shownEvents(info, settings);
  const units = settings.units.shown;
  const inner = Math.max(0, height - AXIS_HEIGHT);
  const [share, most] = traces.length === 0 ? [1, EVENT_ROW_ALONE] : [MOST_EVENTS_SHARE, EVENT_ROW];
  const eventRow = rowHeight(inner * share, events.length, most);
  const eventsHeight = Math.min(inner, eventRow * events.length);
  // Hundreds of units have rows of less than a pixel: together they are still seen to fire.
  const unitRow = Math.min(UNIT_ROW, ((inner - eventsHeight) * MOST_UNITS_SHARE) / Math.max(1, units.length));
  const unitsHeight = Math.round(unitRow * units.length);
  const plotHeight = inner - eventsHeight - unitsHeight;
  return {
    width,
    height,
    plotHeight,
    lanesHeight: lanesHeight(plotHeight, settings.spacing),
    columns: layColumns(shanksOf(traces, settings), width),
    lanes: layLanes(traces, settings, plotHeight),
    unitRows: units.map((id, index) => ({ id, top: plotHeight + index * unitRow, height: unitRow })),
    eventRows: events.map((channel, index) => {
      return { channel, top: plotHeight + unitsHeight + index * eventRow, height: eventRow };
    }),
  };
}

function rowHeight(room: number, rows: number, most: number): number {
  return Math.max(LEAST_ROW, Math.min(most, Math.floor(room / Math.max(1, rows))));
}

function layColumns(shanks: readonly (number | null)[], width: number): PlotColumn[] {
  if (shanks.length < 2) return [{ left: 0, width, label: '' }];
  const each = Math.max(1, (width - BETWEEN_COLUMNS * (shanks.length - 1)) / shanks.length);
  return shanks.map((shank, index) => ({
    left: index * (each + BETWEEN_COLUMNS),
    width: each,
    label: shank === null ? t('No shank') : t('Shank {{shank}}', { shank }),
  }));
}

/** Where a time lies in a column. */
export function xIn(column: PlotColumn, range: Range, time: number): number {
  return column.left + ((time - range.t0) / (range.t1 - range.t0)) * column.width;
}

/** The column under a place, or the nearest. */
export function columnAt(
  columns: readonly PlotColumn[],
  x: number,
): { readonly index: number; readonly column: PlotColumn } {
  const found = columns.findIndex(({ left, width }) => x < left + width + BETWEEN_COLUMNS / 2);
  const index = found < 0 ? columns.length - 1 : found;
  return { index, column: columns[index] ?? { left: 0, width: 1, label: '' } };
}

/** The time at a place of a column. */
export function timeIn({ left, width }: PlotColumn, range: Range, x: number): number {
  return range.t0 + ((x - left) / Math.max(1, width)) * (range.t1 - range.t0);
}
