/** How values of pixels become grey or coloured. */
export interface Contrast {
  /** Shown as the darkest, and as the brightest. */
  readonly low: number;
  readonly high: number;
}

/** Counts of equal stretches from the least to the greatest value that is finite. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly counts: readonly number[];
}

/** More values say no more about their spread. */
const MOST_SAMPLED = 200_000;
/** Of a hundred values, one below and one above are left to the ends. */
const TAIL = 0.01;

/** Limits between which all but the darkest and the brightest hundredth lie; null without a finite value. */
export function autoContrast(values: ArrayLike<number>): Contrast | null {
  const sampled = sample(values).sort();
  if (sampled.length === 0) return null;
  const at = (share: number) => sampled[Math.round(share * (sampled.length - 1))] ?? 0;
  const [low, high] = [at(TAIL), at(1 - TAIL)];
  if (low < high) return { low, high };
  // Nearly all alike (a mask, a few bright spots): the whole range shows what is there.
  const [least, most] = [at(0), at(1)];
  return least < most ? { low: least, high: most } : { low: least, high: least + 1 };
}

function sample(values: ArrayLike<number>): Float64Array {
  const every = Math.max(1, Math.floor(values.length / MOST_SAMPLED));
  const found = new Float64Array(Math.ceil(values.length / every));
  let count = 0;
  for (let at = 0; at < values.length; at += every) {
    const value = values[at] ?? NaN;
    if (Number.isFinite(value)) found[count++] = value;
  }
  return found.subarray(0, count);
}

/** Null without a finite value. */
export function histogramOf(values: ArrayLike<number>, bins: number): Histogram | null {
  let [min, max] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? NaN;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return null;
  const counts = new Array<number>(bins).fill(0);
  const scale = max > min ? bins / (max - min) : 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? NaN;
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(bins - 1, Math.floor((value - min) * scale));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { min, max, counts };
}

/** Red, green and blue at equal steps from dark to bright. Viridis and inferno are those of matplotlib (CC0), in short. */
const anchors = {
  gray: [0x000000, 0xffffff],
  inverted: [0xffffff, 0x000000],
  viridis: [0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725],
  inferno: [0x000004, 0x210c4a, 0x57106e, 0x8a226a, 0xbc3754, 0xe45a31, 0xf98e09, 0xf9cb35, 0xfcffa4],
  green: [0x000000, 0x00ff00],
  magenta: [0x000000, 0xff00ff],
} as const satisfies Record<string, readonly number[]>;

export type ColorMap = keyof typeof anchors;
export const colorMaps = Object.keys(anchors) as ColorMap[];

/** 256 colours, three bytes each. */
export function colorTable(map: ColorMap): Uint8Array {
  const steps: readonly number[] = anchors[map];
  const table = new Uint8Array(256 * 3);
  for (let index = 0; index < 256; index++) {
    const place = (index / 255) * (steps.length - 1);
    const before = Math.min(steps.length - 2, Math.floor(place));
    const share = place - before;
    for (let part = 0; part < 3; part++) {
      const shift = 16 - 8 * part;
      const [from, to] = [((steps[before] ?? 0) >> shift) & 255, ((steps[before + 1] ?? 0) >> shift) & 255];
      table[3 * index + part] = Math.round(from + share * (to - from));
    }
  }
  return table;
}

/** 0 to 255 for each value; what is no number is darkest. */
export function toLevels(values: ArrayLike<number>, { low, high }: Contrast): Uint8ClampedArray {
  const levels = new Uint8ClampedArray(values.length);
  const scale = 255 / (high > low ? high - low : 1);
  for (let at = 0; at < values.length; at++) levels[at] = ((values[at] ?? 0) - low) * scale;
  return levels;
}
