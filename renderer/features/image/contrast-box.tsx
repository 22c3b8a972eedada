import { NativeSelect, NumberInput, Switch } from '@mantine/core';
import { type ColorMap, colorMaps, colorTable, type Contrast, type Histogram } from '../../../shared/model/contrast.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import classes from './image.module.css';

const NAMES: Readonly<Record<ColorMap, string>> = {
  gray: 'Grey',
  inverted: 'Grey, inverted',
  viridis: 'Viridis',
  inferno: 'Inferno',
  green: 'Green',
  magenta: 'Magenta',
};

interface ContrastBoxProps {
  readonly histogram: Histogram | null;
  readonly contrast: Contrast;
  readonly isAuto: boolean;
  readonly map: ColorMap;
  readonly onContrast: (contrast: Contrast | null) => void;
  readonly onMap: (map: ColorMap) => void;
}

/** How values become brightness: the counts of values, the limits, the colours. */
export function ContrastBox({ histogram, contrast, isAuto, map, onContrast, onMap }: ContrastBoxProps) {
  return (
    <section className={classes.contrast} aria-label={t('Contrast')}>
      <NativeSelect
        label={t('Colours')}
        value={map}
        data={colorMaps.map((one) => ({ value: one, label: t(NAMES[one]) }))}
        onChange={(event) => onMap(event.currentTarget.value as ColorMap)}
      />
      <Ramp map={map} />
      {histogram !== null && <Bars histogram={histogram} contrast={contrast} />}
      <Switch
        label={t('By the values of the frame')}
        checked={isAuto}
        onChange={(event) => onContrast(event.currentTarget.checked ? null : contrast)}
      />
      <Limit
        label={t('Darkest')}
        value={contrast.low}
        onValue={(low) => low < contrast.high && onContrast({ ...contrast, low })}
      />
      <Limit
        label={t('Brightest')}
        value={contrast.high}
        onValue={(high) => high > contrast.low && onContrast({ ...contrast, high })}
      />
    </section>
  );
}

function Limit({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: number;
  readonly onValue: (value: number) => void;
}) {
  return (
    <NumberInput
      label={label}
      value={Number(value.toPrecision(6))}
      onChange={(typed) => typeof typed === 'number' && Number.isFinite(typed) && onValue(typed)}
    />
  );
}

function Ramp({ map }: { readonly map: ColorMap }) {
  const table = colorTable(map);
  const stops = [0, 51, 102, 153, 204, 255].map(
    (level) => `rgb(${table[3 * level]} ${table[3 * level + 1]} ${table[3 * level + 2]})`,
  );
  return (
    <div
      className={classes.ramp}
      aria-hidden
      style={{ background: `linear-gradient(to right, ${stops.join(', ')})` }}
    />
  );
}

/** Counts by the square root, so that what is rare is seen too. */
function Bars({
  histogram: { min, max, counts },
  contrast,
}: {
  readonly histogram: Histogram;
  readonly contrast: Contrast;
}) {
  const most = Math.sqrt(Math.max(1, ...counts));
  const place = (value: number) =>
    max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) * counts.length : 0;
  const [least, greatest] = [formatNumber(Number(min.toPrecision(6))), formatNumber(Number(max.toPrecision(6)))];
  return (
    <figure className={classes.histogram}>
      <svg
        viewBox={`0 0 ${counts.length} 40`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('How often values from {{least}} to {{greatest}} occur', { least, greatest })}
      >
        {counts.map((count, bin) => {
          const height = (38 * Math.sqrt(count)) / most;
          return <rect key={bin} x={bin} width={1} y={40 - height} height={height} className={classes.bar} />;
        })}
        {[contrast.low, contrast.high].map((value, at) => (
          <rect key={at} x={place(value) - 0.4} width={0.8} y={0} height={40} className={classes.limit} />
        ))}
      </svg>
      <figcaption className={classes.ends}>
        <span>{least}</span>
        <span>{greatest}</span>
      </figcaption>
    </figure>
  );
}
