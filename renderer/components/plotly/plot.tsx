import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { readToken } from '../../style/data-colors.ts';
import { t } from '../../texts/translate.ts';
import { madeBy } from '../../state/made-by.ts';
import { ErrorState } from '../error-state.tsx';
import { SaveMenu } from '../table/save-menu.tsx';
import { figureCsv, figurePicture, type Figure } from './figure-files.ts';
import { loadPlotly, type Plotly } from './plotly.ts';
import classes from './plot.module.css';

/** The colours of the page at the moment, for plotly, which knows no CSS variables. */
export interface PlotColors {
  readonly ink: string;
  readonly grid: string;
  readonly axis: string;
  readonly background: string;
  readonly warn: string;
  readonly data: readonly string[];
}

interface PlotProps {
  /** What a person hears who does not see it. */
  readonly label: string;
  /** Stable for the same figure: a new function draws anew. */
  readonly figure: (colors: PlotColors) => Figure;
  /** Heads the names of saved files: `residuals`. */
  readonly fileName: string;
}

/** A small figure of plotly in the colours of the page, to be saved as a picture, a drawing or numbers. */
export function Plot({ label, figure, fileName }: PlotProps) {
  const scheme = useComputedColorScheme('light');
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  const [drawn, setDrawn] = useState(false);
  const [error, setError] = useState<NdiError | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (place === null) return;
    let current = true;
    let shown: Plotly | undefined;
    const draw = async () => {
      const plotly = await loadPlotly();
      // The page takes on the colours of another scheme after this component has.
      await new Promise(requestAnimationFrame);
      if (!current) return;
      shown = plotly;
      const colors = readColors();
      const { data, layout } = figure(colors);
      await plotly.newPlot(place, data, { ...baseLayout(colors), ...layout }, config);
      setDrawn(true);
    };
    draw().catch((thrown: unknown) => {
      if (current) setError(toNdiError(thrown));
    });
    return () => {
      current = false;
      shown?.purge(place);
    };
  }, [figure, place, round, scheme]);
  if (error !== null) {
    const again = () => {
      setError(null);
      setRound(round + 1);
    };
    return <ErrorState error={error} onRetry={again} />;
  }
  const drawnAnew = (): Figure => {
    const colors = readColors();
    const { data, layout } = figure(colors);
    return { data, layout: { ...baseLayout(colors), ...layout } };
  };
  const notes = async () => [label, await madeBy()];
  const pictureIn = (format: 'png' | 'svg') => async () =>
    figurePicture(await loadPlotly(), drawnAnew(), await notes(), format);
  return (
    <div className={classes.plot}>
      <div role="img" aria-label={label} aria-busy={!drawn} className={classes.place}>
        {!drawn && <span className={classes.quiet}>{t('Drawing…')}</span>}
        <div ref={setPlace} className={classes.place} />
      </div>
      {drawn && (
        <div className={classes.save}>
          <SaveMenu
            label={t('Save the figure')}
            choices={[
              { title: t('Picture (PNG)'), fileName: `${fileName}.png`, download: pictureIn('png') },
              { title: t('Drawing (SVG)'), fileName: `${fileName}.svg`, download: pictureIn('svg') },
              {
                title: t('Numbers (CSV)'),
                fileName: `${fileName}.csv`,
                download: async () => new Blob([figureCsv(drawnAnew(), await notes())], { type: 'text/csv' }),
              },
            ]}
          />
        </div>
      )}
    </div>
  );
}

const config = { responsive: true, displaylogo: false, displayModeBar: false };

function readColors(): PlotColors {
  return {
    ink: readToken('--ndi-text'),
    grid: readToken('--ndi-plot-grid'),
    axis: readToken('--ndi-plot-axis'),
    background: readToken('--ndi-plot-background'),
    warn: readToken('--ndi-warn'),
    data: [readToken('--ndi-data-1'), readToken('--ndi-data-2'), readToken('--ndi-data-3')],
  };
}

function baseLayout({ ink, background }: PlotColors): object {
  return {
    showlegend: false,
    paper_bgcolor: background,
    plot_bgcolor: background,
    font: { color: ink, size: 11 },
    margin: { l: 56, r: 10, t: 24, b: 36 },
    hovermode: 'closest',
  };
}
