import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Settings } from '../../../../shared/contract/application.ts';
import { useSettings } from '../../../state/settings.ts';
import { t } from '../../../texts/translate.ts';
import { readPalette } from '../draw/palette.ts';
import { paintFlaws } from '../draw/paint-flaws.ts';
import { paintMarks } from '../draw/paint-marks.ts';
import { paintOverlay } from '../draw/paint-overlay.ts';
import { chooseSurface, surfaceWasLost } from '../draw/choose-surface.ts';
import { paintTraces, type Scene } from '../draw/paint-traces.ts';
import { layOut, type PlotLayout } from '../model/layout.ts';
import { useSummary } from '../summary.ts';
import type { TraceStore } from '../trace-store.ts';
import { colorIndex } from '../model/colors.ts';
import { unitColorIndex } from '../model/units.ts';
import { bindGestures } from './gestures.ts';
import { BookmarkFlags } from '../bookmarks/bookmark-flags.tsx';
import { EventTooltip } from './event-tooltip.tsx';
import classes from './plot.module.css';

interface PlotProps {
  readonly store: TraceStore;
  readonly visible: boolean;
}

interface Surface {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** The picture of the traces: two canvases, one for the data and one for what follows the pointer. */
export function Plot({ store, visible }: PlotProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const data = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const surface = useSurface(scroller, store);
  const renderer = useSettings((state) => state.settings.traceRenderer);
  const settings = useStore(store, (state) => state.settings);
  const colorScheme = useComputedColorScheme('light');
  const summary = useSummary(store);
  const layout = layOut(store.getState().info, settings, surface.width, surface.height);

  useEffect(() => {
    const [scrollBox, dataCanvas, overlayCanvas] = [scroller.current, data.current, overlay.current];
    if (!visible || scrollBox === null || dataCanvas === null || overlayCanvas === null || surface.width < 1) return;
    return runPainter(store, renderer, surface, scrollBox, dataCanvas, overlayCanvas);
  }, [store, visible, renderer, surface, colorScheme]);

  return (
    <div className={classes.scroller} ref={scroller} tabIndex={0} role="group" aria-label={t('Traces')}>
      <div style={{ height: layout.lanesHeight - layout.plotHeight + surface.height }}>
        <div className={classes.canvases} style={{ height: surface.height }}>
          <canvas ref={data} className={classes.canvas} role="img" aria-label={summary} data-testid="traces-canvas" />
          <canvas ref={overlay} className={classes.canvas} aria-hidden />
          <BookmarkFlags store={store} layout={layout} />
          <EventTooltip store={store} layout={layout} />
          <p className={classes.hidden}>{t('Shift and the arrow keys move a cursor that reads time and value.')}</p>
        </div>
      </div>
    </div>
  );
}

/** Size of the plot in CSS pixels and the device's pixels for each; tells the store its width. */
function useSurface(scroller: React.RefObject<HTMLDivElement | null>, store: TraceStore): Surface {
  const [surface, setSurface] = useState<Surface>({ width: 0, height: 0, ratio: 1 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const next = { width: element.clientWidth, height: element.clientHeight, ratio: window.devicePixelRatio };
      // A hidden tab has no size: its last one stays.
      if (next.width === 0) return;
      setSurface(next);
      store.setState({ width: Math.round(next.width * next.ratio) });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [scroller, store]);
  return surface;
}

/** Draws whenever something changed, at most once a frame; the overlay alone where only the pointer moved. */
function runPainter(
  store: TraceStore,
  renderer: Settings['traceRenderer'],
  { width, height, ratio }: Surface,
  scroller: HTMLElement,
  dataCanvas: HTMLCanvasElement,
  overlayCanvas: HTMLCanvasElement,
): () => void {
  for (const canvas of [dataCanvas, overlayCanvas]) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const dataContext = dataCanvas.getContext('2d', { alpha: false });
  const overlayContext = overlayCanvas.getContext('2d');
  if (dataContext === null || overlayContext === null) return () => undefined;
  const palette = readPalette();
  let drawing = chooseSurface(renderer);
  let layout: PlotLayout = layOut(store.getState().info, store.getState().settings, width, height);
  let dataChanged = true;
  let asked: number | undefined;

  const paint = () => {
    asked = undefined;
    const state = store.getState();
    layout = layOut(state.info, state.settings, width, height);
    const colorOf = colorIndex(state.info, state.settings);
    const unitColorOf = unitColorIndex(state);
    const scene: Scene = { state, layout, palette, ratio, scrollTop: scroller.scrollTop, colorOf, unitColorOf };
    if (dataChanged) {
      const rows = Math.max(1, Math.round(layout.plotHeight * ratio));
      dataContext.setTransform(1, 0, 0, 1, 0, 0);
      paintTraces(drawing, dataCanvas.width, rows, scene);
      if (!drawing.present(dataContext)) {
        // The context of the GPU is gone, the view is not: the same picture comes from canvas 2D.
        drawing.release();
        drawing = surfaceWasLost();
        paintTraces(drawing, dataCanvas.width, rows, scene);
        drawing.present(dataContext);
      }
      dataCanvas.dataset['renderer'] = drawing.kind;
      dataContext.setTransform(ratio, 0, 0, ratio, 0, 0);
      paintFlaws(dataContext, scene);
      paintMarks(dataContext, scene);
      dataChanged = false;
    }
    overlayContext.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintOverlay(overlayContext, scene);
  };
  const ask = () => {
    asked ??= requestAnimationFrame(paint);
  };
  const onScroll = () => {
    dataChanged = true;
    ask();
  };

  const unsubscribe = store.subscribe((state, before) => {
    dataChanged ||=
      state.range !== before.range ||
      state.frames !== before.frames ||
      state.settings !== before.settings ||
      state.units !== before.units ||
      state.spikes !== before.spikes ||
      state.events !== before.events;
    ask();
  });
  const unbind = bindGestures(overlayCanvas, { store, layout: () => layout, scrollTop: () => scroller.scrollTop });
  scroller.addEventListener('scroll', onScroll, { passive: true });
  dataContext.fillStyle = palette.background;
  dataContext.fillRect(0, 0, dataCanvas.width, dataCanvas.height);
  paint();
  return () => {
    if (asked !== undefined) cancelAnimationFrame(asked);
    drawing.release();
    unsubscribe();
    unbind();
    scroller.removeEventListener('scroll', onScroll);
  };
}
