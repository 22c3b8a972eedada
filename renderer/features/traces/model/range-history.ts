import { sameRange, type Range } from './range.ts';

/** The ranges a person looked at: back and forward as in a browser. */
export interface RangeHistory {
  readonly past: readonly Range[];
  readonly future: readonly Range[];
}

export const noHistory: RangeHistory = { past: [], future: [] };

/** More than anyone steps back. */
const LONGEST = 100;

/** Remembers the range that is left; what lay ahead is forgotten. */
export function leave(history: RangeHistory, range: Range): RangeHistory {
  const last = history.past.at(-1);
  if (last !== undefined && sameRange(last, range)) return { past: history.past, future: [] };
  return { past: [...history.past, range].slice(-LONGEST), future: [] };
}

/** One step back from `now`; null when there is none. */
export function back(history: RangeHistory, now: Range): { range: Range; history: RangeHistory } | null {
  const range = history.past.at(-1);
  if (range === undefined) return null;
  return { range, history: { past: history.past.slice(0, -1), future: [now, ...history.future] } };
}

/** One step forward again; null when there is none. */
export function forward(history: RangeHistory, now: Range): { range: Range; history: RangeHistory } | null {
  const [range, ...future] = history.future;
  if (range === undefined) return null;
  return { range, history: { past: [...history.past, now], future } };
}
