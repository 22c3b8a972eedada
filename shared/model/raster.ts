/** How the pixels of a frame were scanned (`metadata` of NDI's image readers; reference, section 10). Null: not known. */
export interface Raster {
  readonly framePeriodSec: number | null;
  readonly linePeriodSec: number | null;
  readonly dwellTimeSec: number | null;
  readonly linesPerFrame: number | null;
  readonly pixelsPerLine: number | null;
  /** Every second row was scanned from its end to its beginning. */
  readonly bidirectional: boolean;
}

export const noRaster: Raster = {
  ...{ framePeriodSec: null, linePeriodSec: null, dwellTimeSec: null, linesPerFrame: null, pixelsPerLine: null },
  bidirectional: false,
};

/**
 * When a pixel was looked at, as exactly as it is known: by its line, and by its place in the line.
 * @param frameSec time of the frame
 * @param row from 0
 * @param column from 0
 * @param columns of the picture
 */
export function pixelTime(raster: Raster, frameSec: number, row: number, column: number, columns: number): number {
  const { linePeriodSec, dwellTimeSec, bidirectional } = raster;
  if (linePeriodSec === null) return frameSec;
  const line = frameSec + row * linePeriodSec;
  if (dwellTimeSec === null) return line;
  // The second, fourth, ... row, counted from 1.
  const isBackwards = bidirectional && row % 2 === 1;
  return line + (isBackwards ? columns - 1 - column : column) * dwellTimeSec;
}

/** The frame nearest to a time, as NDI tells samples of image probes: the ends for infinite ones; null without times. */
export function frameNear(times: ArrayLike<number>, time: number): number | null {
  if (times.length > 0 && Math.abs(time) === Infinity) return time < 0 ? 0 : times.length - 1;
  let [nearest, distance] = [-1, Infinity];
  for (let frame = 0; frame < times.length; frame++) {
    const away = Math.abs((times[frame] ?? NaN) - time);
    if (away < distance) [nearest, distance] = [frame, away];
  }
  return nearest < 0 ? null : nearest;
}
