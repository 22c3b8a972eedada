/** A part of the axis, in fractions of it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Rounding of times that meet: a millionth of a second in a day is less. */
const MEET = 1e-11;

/**
 * What lies between the epochs of a lane: gaps, in which nothing was recorded, and overlaps, in which two were. Where
 * each epoch has a clock of its own, the room between two of them is no gap.
 * @param bars in order of their beginnings
 */
export function gapsAndOverlaps(bars: readonly (Stretch & { readonly group: string | null })[]): {
  gaps: Stretch[];
  overlaps: Stretch[];
} {
  const gaps: Stretch[] = [];
  const overlaps: Stretch[] = [];
  let before: (Stretch & { readonly group: string | null }) | undefined;
  for (const bar of bars) {
    if (before?.group !== bar.group) {
      before = bar;
      continue;
    }
    if (bar.from > before.to + MEET) gaps.push({ from: before.to, to: bar.from });
    const shared = { from: bar.from, to: Math.min(bar.to, before.to) };
    if (shared.to > shared.from + MEET) {
      const last = overlaps.at(-1);
      if (last !== undefined && shared.from <= last.to) {
        overlaps[overlaps.length - 1] = { from: last.from, to: Math.max(last.to, shared.to) };
      } else overlaps.push(shared);
    }
    // The one that reaches farther is what the next one follows.
    if (bar.to > before.to) before = bar;
  }
  return { gaps, overlaps };
}
