/** A stretch of time in seconds on the source's clock. */
export interface Range {
  readonly t0: number;
  readonly t1: number;
}

/** Shortest visible span: 20 µs is less than one sample of any recording that we read. */
export const SHORTEST_SPAN = 20e-6;

/** Pixels' worth of room beside the recording when the view is at its end, as a share of the span. */
const MARGIN = 0.02;

export function span(range: Range): number {
  return range.t1 - range.t0;
}

/** The whole extent with a little room on both sides, so that its borders can be seen. */
export function fitted(extent: Range): Range {
  const room = Math.max(span(extent), SHORTEST_SPAN) * MARGIN;
  return { t0: extent.t0 - room, t1: extent.t1 + room };
}

/** The nearest range that is neither too short nor beyond the extent. Keeps the span where it can. */
export function clamped(range: Range, extent: Range): Range {
  const whole = fitted(extent);
  const wanted = Math.max(span(range), SHORTEST_SPAN);
  if (wanted >= span(whole)) return whole;
  const t0 = Math.min(Math.max(range.t0, whole.t0), whole.t1 - wanted);
  return { t0, t1: t0 + wanted };
}

/**
 * Zooms around a time that keeps its place on the screen.
 * @param factor new span / old span: below 1 zooms in
 */
export function zoomed(range: Range, factor: number, at: number, extent: Range): Range {
  const whole = fitted(extent);
  const wanted = Math.min(Math.max(span(range) * factor, SHORTEST_SPAN), span(whole));
  const share = span(range) > 0 ? (at - range.t0) / span(range) : 0.5;
  const t0 = at - share * wanted;
  return clamped({ t0, t1: t0 + wanted }, extent);
}

/** Moves the range by a number of seconds; stops at the ends of the extent. */
export function panned(range: Range, seconds: number, extent: Range): Range {
  return clamped({ t0: range.t0 + seconds, t1: range.t1 + seconds }, extent);
}

/** The same place with another span, around the middle. */
export function withSpan(range: Range, seconds: number, extent: Range): Range {
  const middle = (range.t0 + range.t1) / 2;
  return clamped({ t0: middle - seconds / 2, t1: middle + seconds / 2 }, extent);
}

/** The range between two times in any order. */
export function between(a: number, b: number, extent: Range): Range {
  return clamped({ t0: Math.min(a, b), t1: Math.max(a, b) }, extent);
}

export function sameRange(a: Range, b: Range): boolean {
  return a.t0 === b.t0 && a.t1 === b.t1;
}

/** Recordings up to this long are shown whole at first; of longer ones the beginning. */
const WHOLE_UP_TO_S = 12;
const FIRST_SPAN_S = 4;

/** What a person sees first. The beginning is drawn at once however long the recording is. */
export function firstRange(extent: Range): Range {
  if (span(extent) <= WHOLE_UP_TO_S) return fitted(extent);
  return { t0: extent.t0, t1: extent.t0 + FIRST_SPAN_S };
}
