import type { Channel } from '../../../../shared/contract/recordings.ts';
import { layLanes, lanesHeight, type Lane } from './lanes.ts';
import { shownEvents, shownTraces, type ViewSettings } from './settings.ts';
import type { RecordingInfo } from '../../../../shared/contract/recordings.ts';

export const AXIS_HEIGHT = 22;
const EVENT_ROW = 16;
const LEAST_EVENT_ROW = 4;
/** Event rows take at most this share of the canvas; more of them get thinner. */
const MOST_EVENTS_SHARE = 0.35;

/** Where everything is on a canvas, in CSS pixels: traces above, rows of events below, the time axis last. */
export interface PlotLayout {
  readonly width: number;
  readonly height: number;
  /** Height of the window on the lanes. */
  readonly plotHeight: number;
  /** Height of all lanes; more than `plotHeight` when they are spaced out. */
  readonly lanesHeight: number;
  readonly lanes: readonly Lane[];
  readonly eventRows: readonly { channel: Channel; top: number; height: number }[];
}

export function layOut(info: RecordingInfo, settings: ViewSettings, width: number, height: number): PlotLayout {
  const events = shownEvents(info, settings);
  const inner = Math.max(0, height - AXIS_HEIGHT);
  const room = inner * (shownTraces(info, settings).length === 0 ? 1 : MOST_EVENTS_SHARE);
  const row = Math.max(LEAST_EVENT_ROW, Math.min(EVENT_ROW, Math.floor(room / Math.max(1, events.length))));
  const eventsHeight = Math.min(inner, row * events.length);
  const plotHeight = inner - eventsHeight;
  return {
    width,
    height,
    plotHeight,
    lanesHeight: lanesHeight(plotHeight, settings.spacing),
    lanes: layLanes(shownTraces(info, settings), settings, plotHeight),
    eventRows: events.map((channel, index) => ({ channel, top: plotHeight + index * row, height: row })),
  };
}
