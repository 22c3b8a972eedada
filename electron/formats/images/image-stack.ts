/**
 * Pictures as NDI keeps them: frames of Y rows and X columns along further axes (channels, planes, times, ...).
 * Source: NDI-matlab `ndi.daq.reader.image` (order Y X C Z T) and the document types `imageStack_parameters`, `ngrid`.
 */
import type { Problem } from '../../../shared/contract/common.ts';
import type { PixelArray, PixelType } from '../../../shared/model/pixels.ts';

/** An axis beside rows and columns. */
export interface FrameAxis {
  /** `C` channel, `Z` plane, `T` time, `S` samples of a colour picture, ... */
  readonly letter: string;
  readonly size: number;
}

export interface ImageLayout {
  /** `raw`, `tiff`, `png`. */
  readonly format: string;
  readonly height: number;
  readonly width: number;
  readonly dataType: PixelType;
  /** The first runs fastest from frame to frame. */
  readonly axes: readonly FrameAxis[];
  readonly problems: readonly Problem[];
}

/** An open stack of frames. Only what is asked for is read. */
export interface OpenImages {
  readonly layout: ImageLayout;
  /**
   * One frame, row after row.
   * @param at index on each axis, from 0
   * @param step only every such row and column: ceil(height / step) x ceil(width / step) values
   * @throws NdiError range.invalid, range.tooLarge, path.*, format.*
   */
  readonly readFrame: (at: readonly number[], step: number) => PixelArray;
}

/** What is held of one picture at a time. */
export const MOST_HELD_BYTES = 128 * 1024 * 1024;
