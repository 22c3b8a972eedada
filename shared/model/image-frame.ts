import { decodeBinaryFrame, encodeBinaryFrame } from './binary-frame.ts';
import { type PixelArray, type PixelType, pixelsIn } from './pixels.ts';

/** The binary answer of `images.frame`: values row after row. */
export interface ImageFrameHeader {
  readonly width: number;
  readonly height: number;
  readonly dataType: PixelType;
  /** Every such row and column of the frame is here. */
  readonly step: number;
  /** Seconds on the epoch's clock; null where the frame has no time. */
  readonly timeSec: number | null;
}

export interface ImageFrame {
  readonly header: ImageFrameHeader;
  readonly values: PixelArray;
}

export function encodeImageFrame({ header, values }: ImageFrame): Uint8Array<ArrayBuffer> {
  return encodeBinaryFrame(header, values);
}

export function decodeImageFrame(bytes: Uint8Array<ArrayBuffer>): ImageFrame {
  const { header, buffer, bodyAt } = decodeBinaryFrame(bytes);
  const known = header as ImageFrameHeader;
  return { header: known, values: pixelsIn(known.dataType, buffer, bodyAt, known.width * known.height) };
}
