import { type ColorMap, colorTable, type Contrast, toLevels } from '../../../shared/model/contrast.ts';
import type { ImageFrame } from '../../../shared/model/image-frame.ts';

/** The pixels of a frame as they are shown. What is no number is transparent. */
export function pixelsOf(
  { header: { width, height }, values }: ImageFrame,
  contrast: Contrast,
  map: ColorMap,
): ImageData {
  const table = colorTable(map);
  const levels = toLevels(values, contrast);
  const image = new ImageData(width, height);
  const { data } = image;
  for (let at = 0; at < levels.length; at++) {
    const level = 3 * (levels[at] ?? 0);
    data[4 * at] = table[level] ?? 0;
    data[4 * at + 1] = table[level + 1] ?? 0;
    data[4 * at + 2] = table[level + 2] ?? 0;
    data[4 * at + 3] = Number.isNaN(values[at]) ? 0 : 255;
  }
  return image;
}

/** Draws a frame pixel by pixel; how large it is seen is a matter of style. */
export function drawFrame(canvas: HTMLCanvasElement, image: ImageData): void {
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

/** The picture with its contrast as a file, pixel by pixel. */
export function pngOf(image: ImageData): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  drawFrame(canvas, image);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** Values row after row as text. */
export function csvOf({ header: { width, height }, values }: ImageFrame): string {
  const rows = Array.from({ length: height }, (_, row) => values.subarray(row * width, (row + 1) * width).join(','));
  return `${rows.join('\n')}\n`;
}
