import { Slider } from '@mantine/core';
import type { ImageAxis } from '../../../shared/contract/images.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import type { Place } from './use-frame.ts';
import { measured } from './words.ts';
import classes from './image.module.css';

interface AxisSlidersProps {
  readonly axes: readonly ImageAxis[];
  readonly at: Place;
  readonly onPlace: (letter: string, index: number) => void;
}

/** One slider an axis along which there is more than one frame. */
export function AxisSliders({ axes, at, onPlace }: AxisSlidersProps) {
  return axes
    .filter(({ size }) => size > 1)
    .map((axis) => {
      const { letter, label, size } = axis;
      const index = at[letter] ?? 0;
      const words = t('{{axis}} {{n}} of {{size}}', {
        axis: label,
        n: formatNumber(index + 1),
        size: formatNumber(size),
      });
      const far = measured(axis, index);
      return (
        <div key={letter} className={classes.axis}>
          <span className={classes.axisName}>{label}</span>
          <Slider
            className={classes.slider}
            thumbLabel={label}
            thumbProps={{ 'aria-valuetext': words }}
            label={null}
            min={0}
            max={size - 1}
            value={index}
            onChange={(value) => onPlace(letter, value)}
          />
          <span className={classes.axisPlace}>
            {t('{{n}} of {{size}}', { n: formatNumber(index + 1), size: formatNumber(size) })}
            {far !== '' && ` · ${far}`}
          </span>
        </div>
      );
    });
}
