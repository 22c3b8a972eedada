import { useCallback, useMemo } from 'react';
import type { ClockFitInfo } from '../../../shared/contract/sync.ts';
import { escapeMarkup } from '../../components/plotly/markup.ts';
import { Plot, type PlotColors } from '../../components/plotly/plot.tsx';
import type { DataTableColumn } from '../../components/table/columns.ts';
import { RowsTable } from '../../components/table/rows-table.tsx';
import { formatNumber, t } from '../../texts/translate.ts';
import { type Pace, paceOverTime, type Residual } from './pace.ts';
import { secondsText } from './words.ts';
import classes from './sync-graph.module.css';

interface FitPlotsProps {
  readonly fit: ClockFitInfo;
  readonly residuals: readonly Residual[];
  /** Name of the device on whose clock the pulses stand. */
  readonly device: string;
}

/** What a fit leaves over, and how the drift goes on, over time; the same as a table. */
export function FitPlots({ fit, residuals, device }: FitPlotsProps) {
  const paces = useMemo(() => paceOverTime(residuals, fit), [residuals, fit]);
  const time = t('Time of {{device}} (s)', { device: escapeMarkup(device) });
  const residualFigure = useCallback(
    (colors: PlotColors) => {
      const largest = Math.max(...residuals.map(([, left]) => Math.abs(left)));
      const [unit, factor] = largest < 1e-3 ? ['µs', 1e6] : largest < 1 ? ['ms', 1e3] : ['s', 1];
      const points = {
        type: 'scatter',
        mode: 'markers',
        x: residuals.map(([at]) => at),
        y: residuals.map(([, left]) => left * factor),
        marker: { color: colors.data[0], size: 5 },
        hovertemplate: `%{x} s: %{y:.3g} ${unit}<extra></extra>`,
      };
      return { data: [points], layout: layoutOf(colors, fit, time, t('Residual ({{unit}})', { unit })) };
    },
    [residuals, fit, time],
  );
  const driftFigure = useCallback(
    (colors: PlotColors) => {
      const line = {
        type: 'scatter',
        mode: 'lines+markers',
        x: paces.map((pace) => pace?.time ?? null),
        y: paces.map((pace) => pace?.ppm ?? null),
        line: { color: colors.data[1], width: 1.5 },
        marker: { color: colors.data[1], size: 4 },
        hovertemplate: '%{x:.3f} s: %{y:.2f} ppm<extra></extra>',
      };
      return { data: [line], layout: layoutOf(colors, fit, time, t('Drift (ppm)')) };
    },
    [paces, fit, time],
  );
  const residualText = t('Residuals of {{n}} pulses, at most {{largest}}', {
    n: residuals.length,
    largest: secondsText(fit.residualMaxSec ?? 0),
  });
  const driftText = describePaces(paces);
  return (
    <>
      <figure className={classes.figure}>
        <Plot label={residualText} figure={residualFigure} fileName="clock-residuals" />
        <figcaption className={classes.quiet}>{residualText}</figcaption>
      </figure>
      {paces.length > 0 && (
        <figure className={classes.figure}>
          <Plot label={driftText} figure={driftFigure} fileName="clock-drift" />
          <figcaption className={classes.quiet}>{driftText}</figcaption>
        </figure>
      )}
      <details className={classes.values}>
        <summary>{t('Values')}</summary>
        <RowsTable label={t('Pulses')} columns={columns()} rows={rowsOf(residuals, paces)} />
      </details>
    </>
  );
}

interface Row {
  readonly time: number;
  readonly residual: number;
  readonly ppm: number | null;
}

/** Every pulse, with the drift that is known nearest to it. */
function rowsOf(residuals: readonly Residual[], paces: readonly (Pace | null)[]): Row[] {
  const known = paces.filter((pace) => pace !== null);
  let at = 0;
  return residuals.map(([time, residual]) => {
    const distance = (index: number) => Math.abs((known[index]?.time ?? Infinity) - time);
    while (at + 1 < known.length && distance(at + 1) <= distance(at)) at += 1;
    return { time, residual, ppm: known[at]?.ppm ?? null };
  });
}

function columns(): DataTableColumn<Row>[] {
  return [
    { id: 'time', title: t('Time (s)'), least: 70, numeric: true, cell: ({ time }) => time.toFixed(4) },
    { id: 'residual', title: t('Residual'), least: 75, numeric: true, cell: ({ residual }) => secondsText(residual) },
    {
      id: 'drift',
      title: t('Drift (ppm)'),
      least: 100,
      numeric: true,
      cell: ({ ppm }) => (ppm === null ? '' : ppm.toFixed(2)),
    },
  ];
}

function describePaces(paces: readonly (Pace | null)[]): string {
  const values = paces.filter((pace) => pace !== null).map(({ ppm }) => ppm);
  if (values.length === 0) return '';
  const text = (value: number) => formatNumber(Math.round(value * 10) / 10);
  return t('Drift over time, from {{least}} to {{most}} ppm', {
    least: text(Math.min(...values)),
    most: text(Math.max(...values)),
  });
}

/** Axes, and a dashed line where the clock jumps. */
function layoutOf(colors: PlotColors, fit: ClockFitInfo, xTitle: string, yTitle: string): object {
  const axis = { gridcolor: colors.grid, linecolor: colors.axis, zerolinecolor: colors.axis, exponentformat: 'none' };
  const moments = fit.jumps.map(({ afterSec, beforeSec, seconds }) => ({ at: (afterSec + beforeSec) / 2, seconds }));
  return {
    xaxis: { ...axis, zeroline: false, title: { text: xTitle, standoff: 4 } },
    yaxis: { ...axis, title: { text: yTitle, standoff: 4 }, nticks: 5 },
    shapes: moments.map(({ at }) => ({
      type: 'line',
      x0: at,
      x1: at,
      yref: 'paper',
      y0: 0,
      y1: 1,
      line: { color: colors.warn, width: 1.5, dash: 'dash' },
    })),
    annotations: moments.map(({ at, seconds }) => ({
      x: at,
      y: 1,
      yref: 'paper',
      yanchor: 'bottom',
      text: t('jump {{by}}', { by: `${seconds > 0 ? '+' : ''}${secondsText(seconds)}` }),
      showarrow: false,
      font: { color: colors.ink, size: 10 },
    })),
  };
}
