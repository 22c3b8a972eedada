import type { ViewFrame } from '../../../../shared/model/view-frame.ts';
import { span, type Range } from './range.ts';

/** A frame and the part of the screen that it is drawn on. */
export interface Piece {
  readonly frame: ViewFrame;
  readonly from: number;
  readonly to: number;
}

export interface Cover {
  readonly pieces: readonly Piece[];
  /** From the first to the last time that is left out, or not shown as sharply as the screen can; null where all is. */
  readonly blurred: Range | null;
}

/** Columns may be this much wider than a pixel before the picture is loaded anew (a factor of two is 1). */
const SHARP_ENOUGH = 0.1;
/** A picture of which a part was only sampled is as good as one with columns about so much too wide. */
const SAMPLED_BLUR = 0.5;
/** Parts shorter than this share of a pixel are not looked for. */
const LEAST_PIXELS = 0.01;

/**
 * Which frames show a range best: each part from the frame whose columns come nearest to pixels. An older picture,
 * coarser or finer, stands in wherever nothing better is there, so that the view is never blank.
 */
export function coverWith(
  range: Range,
  columns: number,
  frames: readonly ViewFrame[],
  sharpEnough = SHARP_ENOUGH,
): Cover {
  const pixel = span(range) / Math.max(1, columns);
  const ranked = frames.map((frame) => ({ frame, blur: blurOf(frame, pixel) })).sort((a, b) => a.blur - b.blur);
  const pieces: Piece[] = [];
  const blurred: Range[] = [];
  let open: Range[] = [range];
  for (const { frame, blur } of ranked) {
    const left: Range[] = [];
    for (const part of open) {
      const from = Math.max(part.t0, frame.header.t0);
      const to = Math.min(part.t1, frame.header.t1);
      if (to - from <= pixel * LEAST_PIXELS) {
        left.push(part);
        continue;
      }
      pieces.push({ frame, from, to });
      if (blur > sharpEnough) blurred.push({ t0: from, t1: to });
      if (from - part.t0 > pixel * LEAST_PIXELS) left.push({ t0: part.t0, t1: from });
      if (part.t1 - to > pixel * LEAST_PIXELS) left.push({ t0: to, t1: part.t1 });
    }
    open = left;
    if (open.length === 0) break;
  }
  pieces.sort((a, b) => a.from - b.from);
  return { pieces, blurred: hullOf([...open, ...blurred]) };
}

function hullOf(ranges: readonly Range[]): Range | null {
  if (ranges.length === 0) return null;
  return { t0: Math.min(...ranges.map(({ t0 }) => t0)), t1: Math.max(...ranges.map(({ t1 }) => t1)) };
}

/** How far a frame's columns are from pixels, in powers of two. Samples themselves are sharp at any closer look. */
function blurOf({ header }: ViewFrame, pixel: number): number {
  const dt = span(header) / Math.max(1, header.columns);
  const wider = Math.log2(dt / pixel);
  const raw = header.channels.every((channel) => channel.mode === 'samples');
  // What is sampled gives way to anything near it that is whole.
  const partly = header.sampled > 0 ? SAMPLED_BLUR + header.sampled : 0;
  return (raw && wider > 0 ? 0 : Math.abs(wider)) + partly;
}
