import type { Channel } from '../../../../shared/contract/recordings.ts';
import { channelSettings, scaleGroup, type ViewSettings } from './settings.ts';

/** Where a channel is drawn. Pixels are CSS pixels from the top of all lanes. */
export interface Lane {
  readonly channel: Channel;
  /** Column of the plot, from 0; there is more than one where shanks stand side by side. */
  readonly column: number;
  /** Its place in the column, from 0. */
  readonly row: number;
  readonly top: number;
  readonly height: number;
  /** Pixels upwards per physical unit; negative where the polarity is inverted. */
  readonly pixelsPerUnit: number;
}

/** Share of a lane that its scale fills, so that neighbours do not touch at gain 1. */
const FILL = 0.9;
/** A digital line fills this share of its lane, whatever the gain. */
const DIGITAL_FILL = 0.6;

export function isDigital(channel: Pick<Channel, 'type'>): boolean {
  return channel.type === 'digital_in' || channel.type === 'digital_out';
}

/** Height of all lanes together in a plot of the given height. */
export function lanesHeight(plotHeight: number, spacing: number): number {
  return Math.round(plotHeight * spacing);
}

/** The shanks that stand side by side, in order; null stands for channels without one. One entry where there is no choice. */
export function shanksOf(channels: readonly Channel[], { order }: Pick<ViewSettings, 'order'>): (number | null)[] {
  if (order.by !== 'shank') return [null];
  const found = new Set(channels.map(({ name }) => order.shanks[name] ?? null));
  return [...found].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
}

/** The lanes of the channels from top to bottom. A group whose scale is not known yet is drawn at one unit a lane. */
export function layLanes(channels: readonly Channel[], settings: ViewSettings, plotHeight: number): Lane[] {
  const shanks = shanksOf(channels, settings);
  const columnOf = ({ name }: Channel) => (shanks.length < 2 ? 0 : shanks.indexOf(settings.order.shanks[name] ?? null));
  const rows = shanks.map(() => 0);
  const places = channels.map((channel) => {
    const column = columnOf(channel);
    const row = rows[column] ?? 0;
    rows[column] = row + 1;
    return { channel, column, row };
  });
  const height = lanesHeight(plotHeight, settings.spacing) / Math.max(1, ...rows);
  return places.map(({ channel, column, row }) => {
    const scale = settings.scales[scaleGroup(channel, settings)] ?? 1;
    const gain = settings.gain * channelSettings(settings, channel.name).gain;
    const pixelsPerUnit = isDigital(channel)
      ? height * DIGITAL_FILL
      : ((height * FILL) / scale) * gain * (settings.inverted ? -1 : 1);
    return { channel, column, row, top: row * height, height, pixelsPerUnit };
  });
}

/** Physical value drawn at the middle of a lane. */
export function laneCentre(channel: Channel, median: number | undefined, centred: boolean): number {
  if (isDigital(channel)) return 0.5;
  return centred && median !== undefined ? median : 0;
}

/** The lane of a column at a height; undefined beside all lanes. */
export function laneAt(lanes: readonly Lane[], column: number, y: number): Lane | undefined {
  return lanes.find((lane) => lane.column === column && y >= lane.top && y < lane.top + lane.height);
}
