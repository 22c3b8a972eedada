import { niceStep10 } from './time-axis.ts';

export interface ScaleBar {
  /** Physical height. */
  readonly value: number;
  readonly pixels: number;
}

const LEAST_PIXELS = 24;

/** A round number of units that can be seen well: 1, 2 or 5 times a power of ten. */
export function scaleBar(pixelsPerUnit: number): ScaleBar | undefined {
  const size = Math.abs(pixelsPerUnit);
  if (!(size > 0) || !Number.isFinite(size)) return undefined;
  const value = niceStep10(LEAST_PIXELS / size);
  return { value, pixels: value * size };
}
