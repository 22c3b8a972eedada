import type { ImageAxis, ImageInfo } from '../../../shared/contract/images.ts';
import type { ImageFrame } from '../../../shared/model/image-frame.ts';
import { pixelTime } from '../../../shared/model/raster.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import type { Place } from './use-frame.ts';

/** A pixel of the frame that is shown, in rows and columns of the whole picture. */
export interface Pixel {
  readonly row: number;
  readonly column: number;
}

/** How far an index is from the first, in the units of the axis; nothing where they are not known. */
export const measured = ({ scale, units }: ImageAxis, index: number): string =>
  scale === null || units === '' ? '' : `${formatNumber(Number((index * scale).toPrecision(6)))} ${units}`;

/** `row 4, column 7 (2.6 µm, 4.5 µm): 312 · 1.204 s` */
export function pixelWords(
  info: ImageInfo,
  frames: readonly [ImageFrame, ...ImageFrame[]],
  { row, column }: Pixel,
): string {
  const { step, width, timeSec } = frames[0].header;
  const values = frames.map((frame) => frame.values[Math.floor(row / step) * width + Math.floor(column / step)] ?? NaN);
  const places = [measured(info.y, row), measured(info.x, column)].filter(Boolean).join(', ');
  const where = t('row {{row}}, column {{column}}', { row: formatNumber(row), column: formatNumber(column) });
  const time =
    timeSec === null || info.raster === null
      ? ''
      : ` · ${secondsWords(pixelTime(info.raster, timeSec, row, column, info.x.size))}`;
  const told = values
    .map((value) => (Number.isNaN(value) ? t('no value') : formatNumber(Number(value.toPrecision(9)))))
    .join(' · ');
  return `${where}${places === '' ? '' : ` (${places})`}: ${told}${time}`;
}

export const secondsWords = (seconds: number): string => `${formatNumber(Number(seconds.toFixed(6)), 6)} s`;

/** `time 5 of 20, channel 1 of 2`, counted from 1 for people. */
export function placeWords({ axes }: ImageInfo, at: Place): string {
  return axes
    .filter(({ size }) => size > 1)
    .map(({ letter, label, size }) =>
      t('{{axis}} {{n}} of {{size}}', {
        axis: label,
        n: formatNumber((at[letter] ?? 0) + 1),
        size: formatNumber(size),
      }),
    )
    .join(', ');
}
