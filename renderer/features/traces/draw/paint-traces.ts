import { laneCentre } from '../model/lanes.ts';
import type { PlotLayout } from '../model/layout.ts';
import { missingIn } from '../model/missing.ts';
import { frameStatistics } from '../model/statistics.ts';
import { timeAxis } from '../model/time-axis.ts';
import { channelsOf, coverOf, type TraceState } from '../trace-store.ts';
import { paintBackground } from './background.ts';
import { packColor, type Palette } from './palette.ts';
import { rasterise, type PixelPlane } from './rasterise.ts';

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
}

/** Paints background, grid, missing stretches and all traces into the pixels of the plot. */
export function paintTraces(plane: PixelPlane, scene: Scene): void {
  const { state, layout, palette, ratio, scrollTop } = scene;
  const { range } = state;
  const pixelsPerSecond = plane.width / (range.t1 - range.t0);
  const columnOf = (time: number) => Math.round((time - range.t0) * pixelsPerSecond);
  const missing = missingIn(range, state.info.segments, 1 / pixelsPerSecond);
  paintBackground(
    plane,
    { background: packColor(palette.background), grid: packColor(palette.grid), missing: packColor(palette.missing) },
    timeAxis(range, layout.width).ticks.map((tick) => columnOf(tick.time)),
    missing.map(({ t0, t1 }) => ({ from: columnOf(t0), to: columnOf(t1) })),
  );
  const { pieces } = coverOf(state);
  const widest = pieces.reduce<(typeof pieces)[number] | undefined>(
    (best, piece) => (best === undefined || piece.to - piece.from > best.to - best.from ? piece : best),
    undefined,
  );
  if (widest === undefined) return;
  const statistics = frameStatistics(widest.frame);
  const colors = palette.data.map(packColor);
  for (const lane of layout.lanes) {
    const y = lane.top - scrollTop;
    if (y + lane.height < 0 || y > layout.plotHeight) continue;
    const { name } = lane.channel;
    const centre = laneCentre(lane.channel, statistics.get(name)?.median, state.settings.centred);
    const color = colors[scene.colorOf(name) % colors.length] ?? 0xff000000;
    for (const piece of pieces) {
      const channel = channelsOf(piece.frame).get(name);
      if (channel === undefined) continue;
      rasterise(plane, channel, piece.frame.body, {
        t0: range.t0,
        pixelsPerSecond,
        baseline: (y + lane.height / 2) * ratio,
        centre,
        pixelsPerUnit: lane.pixelsPerUnit * ratio,
        color,
        thickness: ratio,
        fromX: Math.max(0, columnOf(piece.from)),
        toX: Math.min(plane.width, columnOf(piece.to)),
        smooth: lane.height * ratio >= SMOOTH_FROM_PX,
      });
    }
  }
}
