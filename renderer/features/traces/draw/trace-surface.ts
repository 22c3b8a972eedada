import type { ViewChannel, ViewFrame } from '../../../../shared/model/view-frame.ts';
import type { Placement } from './rasterise.ts';

/** What lies under the traces. Columns are pixel columns of the plane; colours are packed pixels. */
export interface Background {
  readonly background: number;
  readonly grid: number;
  readonly missing: number;
  readonly gridColumns: readonly number[];
  readonly hatched: readonly { readonly from: number; readonly to: number }[];
}

/**
 * Something that draws traces: pixels on canvas 2D, or WebGL. Both draw the same picture: one vertical span a pixel
 * column.
 */
export interface TraceSurface {
  readonly kind: 'canvas' | 'webgl';
  /** Begins a picture of so many device pixels. */
  begin(width: number, height: number, under: Background): void;
  trace(frame: ViewFrame, channel: ViewChannel, place: Placement): void;
  /** Puts the picture into the upper left corner of a canvas; false where it was lost (then another one must draw it). */
  present(target: CanvasRenderingContext2D): boolean;
  /** Gives back what it holds. */
  release(): void;
}
