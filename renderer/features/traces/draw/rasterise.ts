import type { ViewChannel } from '../../../../shared/model/view-frame.ts';

/** The pixels that traces are drawn into: rows of 32-bit colours (ABGR, as canvases have them on little-endian). */
export interface PixelPlane {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/** How one channel is placed on the plane. All lengths in device pixels. */
export interface Placement {
  /** Time at the left edge of pixel column 0. */
  readonly t0: number;
  readonly pixelsPerSecond: number;
  /** Height of the value `centre`. */
  readonly baseline: number;
  readonly centre: number;
  /** Upwards per unit. */
  readonly pixelsPerUnit: number;
  readonly color: number;
  readonly thickness: number;
  /** Pixel columns that may be written, half-open. */
  readonly fromX: number;
  readonly toX: number;
  /** Smooth upper and lower ends; not worth its time where lanes are a few pixels high. */
  readonly smooth: boolean;
}

/** Upper and lower end of the trace in each pixel column; `top > bottom` where there is nothing. */
let top = new Float32Array(0);
let bottom = new Float32Array(0);

/**
 * Draws a channel. Columns and samples alike become one vertical span per pixel column, so that a trace looks the
 * same on both sides of the change from min/max columns to lines.
 */
export function rasterise(plane: PixelPlane, channel: ViewChannel, body: Float32Array, place: Placement): void {
  if (top.length < plane.width) {
    top = new Float32Array(plane.width);
    bottom = new Float32Array(plane.width);
  }
  for (const run of channel.runs) {
    const x = (run.t0 - place.t0) * place.pixelsPerSecond;
    const dx = run.dt * place.pixelsPerSecond;
    if (run.count === 0 || x >= place.toX || x + dx * run.count < place.fromX) continue;
    const first = Math.min(run.count, Math.max(0, Math.floor((place.fromX - x) / dx) - 1));
    const last = Math.min(run.count, Math.max(0, Math.ceil((place.toX - x) / dx) + 2));
    if (channel.mode === 'envelope') spansOfColumns(body, run.at, run.count, x, dx, first, last, place);
    else spansOfSamples(body, run.at, x, dx, first, last, place);
    if (place.smooth) paintSmooth(plane, place);
    else paintCrisp(plane, place);
  }
}

/**
 * Goes through columns and pixels side by side and writes each pixel once: gathering into the arrays takes one and a
 * half times as long for hundreds of channels.
 */
function spansOfColumns(
  body: Float32Array,
  at: number,
  count: number,
  x: number,
  dx: number,
  first: number,
  last: number,
  place: Placement,
): void {
  const { baseline, centre, pixelsPerUnit, fromX, toX } = place;
  const zero = baseline + centre * pixelsPerUnit;
  // Polarity decides which of minimum and maximum is drawn above.
  const above = pixelsPerUnit < 0 ? at : at + count;
  const below = pixelsPerUnit < 0 ? at + count : at;
  let nextUpper = zero - (body[above + first] as number) * pixelsPerUnit;
  let nextLower = zero - (body[below + first] as number) * pixelsPerUnit;
  let right = Math.floor(x + first * dx + 1e-6);
  // The pixel that is gathered, and what it has so far.
  let pixel = fromX;
  let highest = Infinity;
  let lowest = -Infinity;
  for (let column = first; column < last; column += 1) {
    let upper = nextUpper;
    let lower = nextLower;
    if (column + 1 < count) {
      nextUpper = zero - (body[above + column + 1] as number) * pixelsPerUnit;
      nextLower = zero - (body[below + column + 1] as number) * pixelsPerUnit;
      // A column's samples begin at its left edge, so the line that leads to the next column lies within this one.
      // A column without samples is NaN, which fails every comparison.
      if (nextUpper > lower) lower = nextUpper;
      else if (nextLower < upper) upper = nextLower;
    }
    const left = right;
    right = Math.floor(x + (column + 1) * dx + 1e-6);
    for (; pixel < left && pixel < toX; pixel += 1) {
      top[pixel] = highest;
      bottom[pixel] = lowest;
      highest = Infinity;
      lowest = -Infinity;
    }
    if (pixel >= toX) return;
    const end = right > left ? right : left + 1;
    if (end <= fromX || !(upper <= lower)) continue;
    if (upper < highest) highest = upper;
    if (lower > lowest) lowest = lower;
    // A column wider than a pixel fills all its pixels alike.
    for (; pixel < end - 1 && pixel < toX; pixel += 1) {
      top[pixel] = highest;
      bottom[pixel] = lowest;
      highest = upper;
      lowest = lower;
    }
  }
  for (; pixel < toX; pixel += 1) {
    top[pixel] = highest;
    bottom[pixel] = lowest;
    highest = Infinity;
    lowest = -Infinity;
  }
}

function spansOfSamples(
  body: Float32Array,
  at: number,
  x: number,
  dx: number,
  first: number,
  last: number,
  place: Placement,
): void {
  const { baseline, centre, pixelsPerUnit, fromX, toX } = place;
  top.fill(Infinity, fromX, toX);
  bottom.fill(-Infinity, fromX, toX);
  let x0 = NaN;
  let y0 = NaN;
  for (let sample = first; sample < last; sample += 1) {
    const x1 = x + sample * dx;
    const y1 = baseline - ((body[at + sample] as number) - centre) * pixelsPerUnit;
    if (Number.isFinite(y1)) {
      const pixel = Math.floor(x1);
      if (pixel >= fromX && pixel < toX) {
        if (y1 < (top[pixel] as number)) top[pixel] = y1;
        if (y1 > (bottom[pixel] as number)) bottom[pixel] = y1;
      }
      if (Number.isFinite(y0)) spanOfLine(x0, y0, x1, y1, fromX, toX);
    }
    x0 = x1;
    y0 = y1;
  }
}

/** Adds the line from one sample to the next to every pixel column that it crosses. */
function spanOfLine(x0: number, y0: number, x1: number, y1: number, fromX: number, toX: number): void {
  const first = Math.floor(x0);
  const last = Math.floor(x1);
  if (first === last) return;
  const slope = (y1 - y0) / (x1 - x0);
  const from = first < fromX ? fromX : first;
  const to = last >= toX ? toX - 1 : last;
  for (let pixel = from; pixel <= to; pixel += 1) {
    const a = pixel <= x0 ? y0 : y0 + (pixel - x0) * slope;
    const b = pixel + 1 >= x1 ? y1 : y0 + (pixel + 1 - x0) * slope;
    const upper = a < b ? a : b;
    const lower = a < b ? b : a;
    if (upper < (top[pixel] as number)) top[pixel] = upper;
    if (lower > (bottom[pixel] as number)) bottom[pixel] = lower;
  }
}

function paintCrisp({ pixels, width, height }: PixelPlane, { color, thickness, fromX, toX }: Placement): void {
  const half = thickness / 2;
  for (let x = fromX; x < toX; x += 1) {
    let upper = (top[x] as number) - half + 0.5;
    let lower = (bottom[x] as number) + half + 0.5;
    if (!(upper <= lower)) continue;
    if (upper < 0) {
      if (lower < 1) continue;
      upper = 0;
    }
    if (lower >= height) {
      if (upper >= height) continue;
      lower = height;
    }
    // Within the plane cutting the digits off is rounding down, and quicker.
    const from = upper | 0;
    let to = lower | 0;
    if (to <= from) to = from + 1;
    const end = to * width + x;
    let at = from * width + x;
    // One row at least: asking behind it is a guess less to go wrong.
    do {
      pixels[at] = color;
      at += width;
    } while (at < end);
  }
}

function paintSmooth({ pixels, width, height }: PixelPlane, { color, thickness, fromX, toX }: Placement): void {
  const half = thickness / 2;
  for (let x = fromX; x < toX; x += 1) {
    const upper = top[x] as number;
    const lower = bottom[x] as number;
    if (!(upper <= lower)) continue;
    const a = upper - half < -1 ? -1 : upper - half;
    const b = lower + half > height + 1 ? height + 1 : lower + half;
    if (b <= a) continue;
    const first = Math.floor(a);
    const last = Math.floor(b);
    if (first === last) {
      if (first >= 0 && first < height) mix(pixels, first * width + x, color, (b - a) * 256);
      continue;
    }
    if (first >= 0 && first < height) mix(pixels, first * width + x, color, (1 - (a - first)) * 256);
    let row = first + 1 < 0 ? 0 : first + 1;
    const to = last > height ? height : last;
    for (let at = row * width + x; row < to; row += 1, at += width) pixels[at] = color;
    if (last >= 0 && last < height) mix(pixels, last * width + x, color, (b - last) * 256);
  }
}

/** Puts a colour over a pixel with a coverage of 0 to 256. Red and blue are mixed in one step, green in another. */
function mix(pixels: Uint32Array, at: number, color: number, coverage: number): void {
  const cover = coverage | 0;
  const under = pixels[at] as number;
  const redBlue = under & 0xff00ff;
  const green = (under >>> 8) & 0xff;
  // Differences keep every product within 32 bits.
  const mixedRed = (redBlue & 0xff) + ((((color & 0xff) - (redBlue & 0xff)) * cover) >> 8);
  const mixedBlue = (redBlue >>> 16) + (((((color >>> 16) & 0xff) - (redBlue >>> 16)) * cover) >> 8);
  const mixedGreen = green + (((((color >>> 8) & 0xff) - green) * cover) >> 8);
  pixels[at] = (0xff000000 | (mixedBlue << 16) | (mixedGreen << 8) | mixedRed) >>> 0;
}
