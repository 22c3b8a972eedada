import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Timeline } from './model/layout.ts';
import { wholeTimeline, type TimelineWindow } from './model/timeline-window.ts';
import type { ShownClock } from './model/span.ts';

/** What one timeline shows, and of which part of it. */
export interface TimelineState {
  readonly timeline: Timeline;
  readonly shown: ShownClock;
  readonly window: TimelineWindow;
  /** Key of the epoch at which the keyboard is; none before it was used. */
  readonly cursor: string | null;
  /** The keyboard has brought it there: the focus goes with it, also from an epoch that is out of sight now. */
  readonly byKeys: boolean;
}

export type TimelineStore = StoreApi<TimelineState>;

export function createTimelineStore(): TimelineStore {
  return createStore<TimelineState>()(() => ({
    timeline: { lanes: [], axis: null },
    shown: { device: null, clock: '' },
    window: wholeTimeline,
    cursor: null,
    byKeys: false,
  }));
}

/** Sizes in CSS pixels. */
export const LANE_PX = 34;
export const BAR_PX = 30;
/** Room above the lanes for flags and the grips of windows. */
export const FLAGS_PX = 28;

/** Where the parts stand across: names, track, what has no place. */
export interface Across {
  readonly names: number;
  readonly track: number;
  readonly beside: number;
}

export function divideAcross(width: number, hasUnplaced: boolean): Across {
  const names = Math.min(140, Math.max(64, Math.round(width * 0.18)));
  const beside = hasUnplaced ? Math.min(260, Math.max(84, Math.round(width * 0.28))) : 0;
  return { names, beside, track: Math.max(0, width - names - beside) };
}
