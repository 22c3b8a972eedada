import type { PixelPlane } from './rasterise.ts';

/** Distance of the lines of a hatching, in pixels. */
const HATCH = 8;

/** Fills a plane with the background, grid lines at the given columns, and hatching over the given columns. */
export function paintBackground(
  plane: PixelPlane,
  colors: { background: number; grid: number; missing: number },
  gridColumns: readonly number[],
  hatched: readonly { from: number; to: number }[],
): void {
  const { pixels, width, height } = plane;
  if (height === 0 || width === 0) return;
  pixels.fill(colors.background, 0, width);
  for (const column of gridColumns) if (column >= 0 && column < width) pixels[column] = colors.grid;
  for (let rows = 1; rows < height; rows *= 2)
    pixels.copyWithin(rows * width, 0, Math.min(rows, height - rows) * width);
  for (const { from, to } of hatched) {
    const first = Math.max(0, from);
    const end = Math.min(width, to);
    for (let y = 0; y < height; y += 1) {
      let x = first + ((((HATCH - ((first + y) % HATCH)) % HATCH) + HATCH) % HATCH);
      for (; x < end; x += HATCH) pixels[y * width + x] = colors.missing;
    }
  }
}
