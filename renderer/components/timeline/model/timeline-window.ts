/** The part of a timeline that is seen, in shares of the whole. */
export interface TimelineWindow {
  readonly from: number;
  readonly to: number;
}

export const wholeTimeline: TimelineWindow = { from: 0, to: 1 };

/** Closer than this, half a second of a week fills the track. */
const LEAST = 1e-6;

/**
 * Zooms around a place that keeps where it is on the screen.
 * @param factor of the visible part: below 1 zooms in
 * @param at share of the whole
 */
export function zoomWindow(window: TimelineWindow, factor: number, at: number): TimelineWindow {
  const length = window.to - window.from;
  const wanted = Math.min(1, Math.max(LEAST, length * factor));
  return placed(at - ((at - window.from) / length) * wanted, wanted);
}

/** Moves by a share of the visible part; stops at the ends. */
export function panWindow({ from, to }: TimelineWindow, share: number): TimelineWindow {
  return placed(from + (to - from) * share, to - from);
}

/** The window, moved as little as shows a stretch (its beginning, where it is longer). */
export function showStretch(window: TimelineWindow, from: number, to: number): TimelineWindow {
  const length = window.to - window.from;
  if (from < window.from) return placed(from, length);
  return to > window.to ? placed(Math.min(from, to - length), length) : window;
}

/** Where a share of the whole lies in the window, as a share of the window. */
export function inWindow({ from, to }: TimelineWindow, share: number): number {
  return (share - from) / (to - from);
}

function placed(from: number, length: number): TimelineWindow {
  const start = Math.min(Math.max(0, from), 1 - length);
  return { from: start, to: start + length };
}
