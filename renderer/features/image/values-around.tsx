import type { ImageInfo } from '../../../shared/contract/images.ts';
import type { ImageFrame } from '../../../shared/model/image-frame.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import type { Pixel } from './words.ts';
import classes from './image.module.css';

/** Rows and columns to each side. */
const AROUND = 4;

interface ValuesAroundProps {
  readonly info: ImageInfo;
  readonly frame: ImageFrame;
  readonly pixel: Pixel | null;
}

/** The values around a pixel (else in the middle) as a table: the frame for those who read it. */
export function ValuesAround({ info, frame, pixel }: ValuesAroundProps) {
  const { step, width, height } = frame.header;
  const middle = pixel ?? { row: Math.floor(info.y.size / 2), column: Math.floor(info.x.size / 2) };
  const rows = around(Math.floor(middle.row / step), height);
  const columns = around(Math.floor(middle.column / step), width);
  return (
    <div className={classes.tableFrame} tabIndex={0} role="region" aria-label={t('Values around the pixel')}>
      <table className={classes.table}>
        <caption>{t('Values by row and column')}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col">
                {formatNumber(column * step)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{formatNumber(row * step)}</th>
              {columns.map((column) => (
                <td key={column}>{formatNumber(Number((frame.values[row * width + column] ?? NaN).toPrecision(6)))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function around(middle: number, size: number): number[] {
  const from = Math.max(0, Math.min(middle - AROUND, size - (2 * AROUND + 1)));
  return Array.from({ length: Math.min(size, 2 * AROUND + 1) }, (_, at) => from + at);
}
