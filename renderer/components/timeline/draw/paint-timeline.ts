import type { StimulusEpoch } from '../../../../shared/contract/stimuli.ts';
import type { TimeSpan } from '../../../state/shared-time.ts';
import { epochKey, ownSpan, recordedKey, spanOn } from '../model/epochs.ts';
import type { Stretch } from '../model/gaps.ts';
import type { Bar, Lane } from '../model/layout.ts';
import { shareOfOwn, stretchOf } from '../model/span.ts';
import { tickColumns, type TickTile } from '../model/ticks.ts';
import { inWindow } from '../model/timeline-window.ts';
import { barsIn, runsIn, type Run } from '../model/view.ts';
import { BAR_PX, FLAGS_PX, LANE_PX, type TimelineState } from '../timeline-store.ts';
import type { TimelineColors } from './colors.ts';
import { elideMiddle } from './elide.ts';
import { stimulusBlocks } from './stimulus-blocks.ts';

/** What is drawn, in CSS pixels of the track. */
export interface TimelineScene {
  readonly state: TimelineState;
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  readonly colors: TimelineColors;
  readonly span: TimeSpan | null;
  /** By device and id of the epoch. */
  readonly stimuli: ReadonlyMap<string, readonly StimulusEpoch[]>;
  /** Counted events of the epochs that are seen, by {@link epochKey}. */
  readonly ticks: ReadonlyMap<string, readonly CountedTile[]>;
}

export interface CountedTile extends TickTile {
  readonly counts: readonly number[];
}

const LABEL_LEAST_PX = 24;
const LABEL_Y = 9;
const TICKS_Y = 16;
const TICKS_PX = 6;
const STIMULI_Y = 23;
const STIMULI_PX = 6;
const OUTLINE_LEAST_PX = 2;

/** Paints the lanes that are in sight: epochs with their events and stimuli, gaps and overlaps, and what is chosen. */
export function paintTimeline(context: CanvasRenderingContext2D, scene: TimelineScene): void {
  const { state, width, height, scrollTop } = scene;
  const { lanes } = state.timeline;
  context.clearRect(0, 0, width, height);
  context.font = `11px ${getComputedStyle(context.canvas).fontFamily}`;
  context.textBaseline = 'middle';
  const first = Math.max(0, Math.floor((scrollTop - FLAGS_PX) / LANE_PX));
  const last = Math.min(lanes.length, Math.ceil((scrollTop + height - FLAGS_PX) / LANE_PX));
  for (let at = first; at < last; at += 1) {
    const lane = lanes[at];
    if (lane !== undefined) paintLane(context, scene, lane, FLAGS_PX + at * LANE_PX - scrollTop + 2);
  }
  paintChoice(context, scene);
}

function paintLane(context: CanvasRenderingContext2D, scene: TimelineScene, lane: Lane, top: number): void {
  const { width, colors, state } = scene;
  context.fillStyle = colors.sunken;
  context.fillRect(0, top, width, BAR_PX);
  paintStretches(context, scene, lane.gaps, top, colors.line);
  for (const run of runsIn(lane, state.window, width)) {
    if (run.bar === null) paintMany(context, colors, run, top);
    else paintBar(context, scene, run, run.bar, top);
  }
  paintTicks(context, scene, lane, top);
  paintStretches(context, scene, lane.overlaps, top, colors.warn);
}

function paintBar(context: CanvasRenderingContext2D, scene: TimelineScene, run: Run, bar: Bar, top: number): void {
  const { width, colors } = scene;
  const [x0, x1] = [Math.max(-2, run.x0), Math.min(width + 2, run.x1)];
  context.fillStyle = colors.bar;
  context.fillRect(x0, top, Math.max(1, x1 - x0), BAR_PX);
  if (x1 - x0 >= 3) {
    context.strokeStyle = colors.edge;
    context.lineWidth = 1;
    context.strokeRect(Math.round(x0) + 0.5, top + 0.5, Math.max(1, Math.round(x1 - x0) - 1), BAR_PX - 1);
  }
  paintStimuli(context, scene, run, bar, top);
  const left = Math.max(0, run.x0) + 4;
  const room = Math.min(width, run.x1) - left - 3;
  if (room < LABEL_LEAST_PX) return;
  context.fillStyle = colors.text;
  context.fillText(
    elideMiddle(bar.epoch.epochId, room, (text) => context.measureText(text).width),
    left,
    top + LABEL_Y,
  );
}

/** Several epochs on the same pixels: darker than one, so that they are not taken for it. */
function paintMany(context: CanvasRenderingContext2D, colors: TimelineColors, { x0, x1 }: Run, top: number): void {
  context.fillStyle = colors.edge;
  context.globalAlpha = 0.55;
  context.fillRect(x0, top, x1 - x0, BAR_PX);
  context.globalAlpha = 1;
}

function paintStimuli(context: CanvasRenderingContext2D, scene: TimelineScene, run: Run, bar: Bar, top: number): void {
  const length = run.x1 - run.x0;
  const own = ownSpan(bar.epoch);
  const { window } = scene.state;
  /** @param part of the epoch */
  const xAt = (part: number) => {
    const share = bar.bend === undefined || own === null ? null : shareOfOwn(bar, own.t0 + part * (own.t1 - own.t0));
    return share === null ? run.x0 + part * length : inWindow(window, share) * scene.width;
  };
  for (const epoch of scene.stimuli.get(recordedKey(bar.epoch)) ?? []) {
    const span = spanOn(bar.epoch, epoch.clock);
    if (span === null || length < 4) continue;
    let painted = -Infinity;
    for (const { from, to, color } of stimulusBlocks(epoch, span)) {
      const x0 = xAt(from);
      const x1 = Math.max(x0 + 1, xAt(to));
      if (x1 <= painted || x1 < 0) continue;
      if (x0 > scene.width) break;
      context.fillStyle = scene.colors.of(color);
      const left = Math.max(0, x0, painted);
      context.fillRect(left, top + STIMULI_Y, Math.min(scene.width, x1) - left, STIMULI_PX);
      painted = Math.max(painted, Math.floor(x1));
    }
  }
}

function paintTicks(context: CanvasRenderingContext2D, scene: TimelineScene, lane: Lane, top: number): void {
  const { state, ticks, width, colors } = scene;
  if (ticks.size === 0) return;
  context.fillStyle = colors.ticks;
  for (const bar of barsIn(lane, state.window)) {
    for (const tile of ticks.get(epochKey(bar.epoch)) ?? []) {
      for (const x of tickColumns(bar, tile, tile.counts, state.window, width).keys()) {
        context.fillRect(x, top + TICKS_Y, 1, TICKS_PX);
      }
    }
  }
}

/** Outlines; dashed, so that they differ from epochs by more than their colour. */
function paintStretches(
  context: CanvasRenderingContext2D,
  { state, width }: TimelineScene,
  stretches: readonly Stretch[],
  top: number,
  color: string,
): void {
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.setLineDash([3, 2]);
  context.beginPath();
  for (const stretch of stretches) {
    const x0 = Math.max(-2, inWindow(state.window, stretch.from) * width);
    const x1 = Math.min(width + 2, inWindow(state.window, stretch.to) * width);
    if (x1 - x0 < OUTLINE_LEAST_PX) continue;
    context.rect(Math.round(x0) + 1.5, top + 2.5, Math.max(1, Math.round(x1 - x0) - 3), BAR_PX - 5);
  }
  context.stroke();
  context.setLineDash([]);
}

function paintChoice(context: CanvasRenderingContext2D, scene: TimelineScene): void {
  const { state, span, width, height, scrollTop, colors } = scene;
  const stretch = span === null ? null : stretchOf(state.timeline, state.shown, span);
  if (stretch === null) return;
  const x0 = Math.max(-2, inWindow(state.window, stretch.from) * width);
  const x1 = Math.min(width + 2, inWindow(state.window, stretch.to) * width);
  if (x1 < 0 || x0 > width) return;
  const at = stretch.lane === undefined ? -1 : state.timeline.lanes.findIndex(({ name }) => name === stretch.lane);
  const [top, tall] = at < 0 ? [0, height] : [FLAGS_PX + at * LANE_PX - scrollTop, LANE_PX];
  context.fillStyle = colors.accent;
  context.globalAlpha = 0.18;
  context.fillRect(x0, top, Math.max(1, x1 - x0), tall);
  context.globalAlpha = 1;
  context.fillRect(Math.round(x0), top, 1, tall);
  context.fillRect(Math.round(x1), top, 1, tall);
}
