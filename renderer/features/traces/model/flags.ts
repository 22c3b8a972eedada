/** A label on an axis: the place that it names, and half of its width. */
export interface Flag {
  readonly x: number;
  readonly half: number;
}

const BETWEEN = 2;

/** Middles of the flags: each where it belongs, or beside those before it; all within the width where they fit. */
export function placeFlags(flags: readonly Flag[], width: number): number[] {
  const placed: Flag[] = [];
  for (const { x, half } of flags) {
    const within = (at: number) => Math.min(Math.max(at, half), width - half);
    const free = (at: number) => placed.every((other) => Math.abs(other.x - at) >= other.half + half);
    const beside = placed
      .flatMap((other) => [other.x + other.half + half + BETWEEN, other.x - other.half - half - BETWEEN])
      .filter((at) => within(at) === at)
      .sort((a, b) => Math.abs(a - x) - Math.abs(b - x));
    const at = [within(x), ...beside].find(free) ?? within(x);
    placed.push({ x: at, half });
  }
  return placed.map((flag) => flag.x);
}
