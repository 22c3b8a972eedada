import { laneCentre } from '../model/lanes.ts';
import { xIn, type PlotLayout } from '../model/layout.ts';
import { missingIn } from '../model/missing.ts';
import { frameStatistics } from '../model/statistics.ts';
import { timeAxis } from '../model/time-axis.ts';
import { channelsOf, coverOf, type TraceState } from '../trace-store.ts';
import { packColor, type Palette } from './palette.ts';
import { spikeStretches } from './spike-stretches.ts';
import type { TraceSurface } from './trace-surface.ts';

/** Below this height of a lane, smoothed ends of spans cannot be told from crisp ones. */
const SMOOTH_FROM_PX = 6;

/** What is painted, and how it is seen: `ratio` device pixels a CSS pixel, lanes scrolled by `scrollTop`. */
export interface Scene {
  readonly state: TraceState;
  readonly layout: PlotLayout;
  readonly palette: Palette;
  readonly ratio: number;
  readonly scrollTop: number;
  /** Data colour of each channel, as an index of the palette. */
  readonly colorOf: (name: string) => number;
  /** The same of each unit. */
  readonly unitColorOf: (id: string) => number;
}

/** Paints background, grid, missing stretches and all traces; spikes of the chosen units in their colours. */
export function paintTraces(surface: TraceSurface, width: number, height: number, scene: Scene): void {
  const { state, layout, palette, ratio, scrollTop } = scene;
  const { range, extent, info } = state;
  // What holds events only has no segments: it was recorded from end to end.
  const recorded = info.segments.length > 0 ? info.segments : [extent];
  const columns = layout.columns.map((column) => ({
    columnOf: (time: number) => Math.round(xIn(column, range, time) * ratio),
    left: Math.round(column.left * ratio),
    right: Math.min(width, Math.round((column.left + column.width) * ratio)),
    pixelsPerSecond: (column.width * ratio) / (range.t1 - range.t0),
    ticks: timeAxis(range, column.width).ticks,
  }));
  surface.begin(width, height, {
    background: packColor(palette.background),
    grid: packColor(palette.grid),
    missing: packColor(palette.missing),
    gridColumns: columns.flatMap(({ ticks, columnOf }) => ticks.map((tick) => columnOf(tick.time))),
    hatched: columns.flatMap(({ columnOf, pixelsPerSecond }) =>
      missingIn(range, recorded, 1 / pixelsPerSecond).map(({ t0, t1 }) => {
        return { from: columnOf(t0), to: columnOf(t1) };
      }),
    ),
  });
  const { pieces } = coverOf(state);
  const widest = pieces.reduce<(typeof pieces)[number] | undefined>(
    (best, piece) => (best === undefined || piece.to - piece.from > best.to - best.from ? piece : best),
    undefined,
  );
  if (widest === undefined) return;
  const statistics = frameStatistics(widest.frame);
  const colors = palette.data.map(packColor);
  const spikes = spikeStretches(state, columns[0]?.pixelsPerSecond ?? 0);
  for (const lane of layout.lanes) {
    const y = lane.top - scrollTop;
    const column = columns[lane.column];
    if (column === undefined || y + lane.height < 0 || y > layout.plotHeight) continue;
    const { name } = lane.channel;
    const place = {
      // Time at the left edge of the plane: that of the column, moved back to pixel 0.
      t0: range.t0 - column.left / column.pixelsPerSecond,
      pixelsPerSecond: column.pixelsPerSecond,
      baseline: (y + lane.height / 2) * ratio,
      centre: laneCentre(lane.channel, statistics.get(name)?.median, state.settings.centred),
      pixelsPerUnit: lane.pixelsPerUnit * ratio,
      color: colors[scene.colorOf(name) % colors.length] ?? 0xff000000,
      thickness: ratio,
      smooth: lane.height * ratio >= SMOOTH_FROM_PX,
    };
    for (const piece of pieces) {
      const channel = channelsOf(piece.frame).get(name);
      if (channel === undefined) continue;
      const [fromX, toX] = [
        Math.max(column.left, column.columnOf(piece.from)),
        Math.min(column.right, column.columnOf(piece.to)),
      ];
      surface.trace(piece.frame, channel, { ...place, fromX, toX });
      for (const { unit, from, to } of spikes.get(name) ?? []) {
        const [first, end] = [Math.max(fromX, column.columnOf(from)), Math.min(toX, column.columnOf(to))];
        if (first >= end) continue;
        const color = colors[scene.unitColorOf(unit) % colors.length] ?? 0xff000000;
        surface.trace(piece.frame, channel, { ...place, color, thickness: 2 * ratio, fromX: first, toX: end });
      }
    }
  }
}
