import { Button, Group, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { toNdiError } from '../../../../shared/contract/client-errors.ts';
import type { NdiError } from '../../../../shared/model/errors.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { figurePicture } from '../../../components/plotly/figure-files.ts';
import { LoadingState } from '../../../components/loading-state.tsx';
import { fileNameOf, saveFile } from '../../../components/save-file.ts';
import { showError } from '../../../state/messages.ts';
import { plural, t } from '../../../texts/translate.ts';
import type { TraceStore } from '../trace-store.ts';
import { provenance } from '../export/visible.ts';
import { visibleMarks } from '../export/visible-marks.ts';
import { figureOf, type Figure } from './figure-data.ts';
import { loadPlotly, type Plotly } from '../../../components/plotly/plotly.ts';
import classes from './figure-dialog.module.css';

interface FigureDialogProps {
  readonly store: TraceStore;
  /** What the source is called. */
  readonly title: string;
  readonly onClose: () => void;
}

/** A figure of the visible range, to be looked at closely and taken along as PNG or SVG. */
export function FigureDialog({ store, title, onClose }: FigureDialogProps) {
  // The dialog puts its content on the page after this component has been drawn.
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  const [plotly, setPlotly] = useState<Plotly | null>(null);
  const [error, setError] = useState<NdiError | null>(null);
  const [round, setRound] = useState(0);
  // What was visible as the dialog opened.
  const [state] = useState(() => store.getState());
  const [figure, setFigure] = useState<Figure | null>(null);

  useEffect(() => {
    if (place === null) return;
    let current = true;
    let shown: Plotly | undefined;
    Promise.all([loadPlotly(), visibleMarks(state)])
      .then(async ([loaded, marks]) => {
        const made = figureOf(state, `${title} (${state.info.formatName})`, marks);
        // Laying out takes a moment in which nothing else is drawn: first the words that say so.
        await nextPicture();
        if (!current) return;
        shown = loaded;
        await loaded.newPlot(place, made.data, made.layout, {
          responsive: true,
          displaylogo: false,
          displayModeBar: false,
        });
        setPlotly(() => loaded);
        setFigure(made);
      })
      .catch((thrown: unknown) => {
        if (current) setError(toNdiError(thrown));
      });
    return () => {
      current = false;
      shown?.purge(place);
    };
  }, [state, title, round, place]);

  const save = (format: 'png' | 'svg') => {
    if (plotly === null || figure === null) return;
    const fileName = `${fileNameOf(title)}.${format}`;
    provenance(state, null)
      .then((notes) => figurePicture(plotly, figure, notes, format))
      .then((picture) => saveFile(picture, fileName))
      .catch(showError);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('Figure of the visible range')}
      size="90%"
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <Group mb="sm" gap="sm">
        <Button variant="default" disabled={plotly === null} onClick={() => save('png')}>
          {t('Save as PNG')}
        </Button>
        <Button variant="default" disabled={plotly === null} onClick={() => save('svg')}>
          {t('Save as SVG')}
        </Button>
        {figure !== null && figure.left > 0 && (
          <span className={classes.note}>
            {plural(
              figure.left,
              '{{count}} more channel does not fit in one figure',
              '{{count}} more channels do not fit in one figure',
            )}
          </span>
        )}
      </Group>
      {error !== null && (
        <ErrorState
          error={error}
          onRetry={() => {
            setError(null);
            setRound(round + 1);
          }}
        />
      )}
      {plotly === null && error === null && <LoadingState what={t('Loading the figure')} />}
      <div ref={setPlace} className={classes.figure} data-testid="figure" />
    </Modal>
  );
}

/** Resolves once the page has drawn what it has. */
function nextPicture(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 0));
  });
}
