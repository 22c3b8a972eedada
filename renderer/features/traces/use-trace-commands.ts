import { useCommand } from '../../state/commands.ts';
import { t } from '../../texts/translate.ts';
import { useStore } from 'zustand';
import { moveCursor, moveCursorChannel, setMark } from './model/cursor.ts';
import {
  autoScale,
  change,
  fit,
  gainBy,
  goBack,
  goForward,
  goTo,
  panBy,
  zoomBy,
  type TraceStore,
} from './trace-store.ts';
import { clamped, span } from './model/range.ts';
import { jumpToSpike } from './units/jump.ts';
import { bands, references } from './model/processing.ts';

const ZOOM_STEP = 1.5;
const PAN_STEP = 0.1;
const PAGE = 0.9;
const GAIN_STEP = 1.25;

interface Actions {
  readonly toggleTable: () => void;
  readonly openFigure: () => void;
}

/** Binds every command of a trace view. */
export function useTraceCommands(store: TraceStore, { toggleTable, openFigure }: Actions): void {
  const history = useStore(store, (state) => state.history);
  const hasCursor = useStore(store, (state) => state.cursor !== null || state.hover !== null || state.mark !== null);
  useCommand('traces.zoomIn', () => zoomBy(store, 1 / ZOOM_STEP));
  useCommand('traces.zoomOut', () => zoomBy(store, ZOOM_STEP));
  useCommand('traces.fit', () => fit(store));
  useCommand('traces.left', () => panBy(store, -PAN_STEP));
  useCommand('traces.right', () => panBy(store, PAN_STEP));
  useCommand('traces.pageLeft', () => panBy(store, -PAGE));
  useCommand('traces.pageRight', () => panBy(store, PAGE));
  useCommand('traces.start', () => {
    const { range, extent } = store.getState();
    goTo(store, clamped({ t0: extent.t0, t1: extent.t0 + span(range) }, extent));
  });
  useCommand('traces.end', () => {
    const { range, extent } = store.getState();
    goTo(store, clamped({ t0: extent.t1 - span(range), t1: extent.t1 }, extent));
  });
  useCommand('traces.gainUp', () => gainBy(store, GAIN_STEP));
  useCommand('traces.gainDown', () => gainBy(store, 1 / GAIN_STEP));
  useCommand('traces.autoGain', () => autoScale(store, true));
  useCommand('traces.back', () => goBack(store), {
    enabled: history.past.length > 0,
    reason: t('This is the first range'),
  });
  useCommand('traces.forward', () => goForward(store), {
    enabled: history.future.length > 0,
    reason: t('This is the last range'),
  });
  useCommand('traces.band', () => {
    const { processing } = store.getState().settings;
    change(store, { processing: { ...processing, band: after(bands, processing.band) } });
  });
  useCommand('traces.reference', () => {
    const { processing } = store.getState().settings;
    change(store, { processing: { ...processing, reference: after(references, processing.reference) } });
  });
  useCommand('traces.cursorLeft', () => moveCursor(store, -1));
  useCommand('traces.cursorRight', () => moveCursor(store, 1));
  useCommand('traces.cursorUp', () => moveCursorChannel(store, -1));
  useCommand('traces.cursorDown', () => moveCursorChannel(store, 1));
  useCommand('traces.mark', () => setMark(store), {
    enabled: hasCursor,
    reason: t('Click in the traces to set a cursor first'),
  });
  const hasUnits = useStore(store, ({ settings, spikes }) => settings.units.shown.length > 0 && spikes !== null);
  const withUnits = { enabled: hasUnits, reason: t('Show a unit in the list of units first') };
  useCommand('traces.nextSpike', () => void jumpToSpike(store, false), withUnits);
  useCommand('traces.previousSpike', () => void jumpToSpike(store, true), withUnits);
  useCommand('traces.units', () => {
    const { units } = store.getState().settings;
    change(store, { units: { ...units, open: !units.open } });
  });
  useCommand('traces.movie', () => {
    const { movie } = store.getState().settings;
    change(store, { movie: { ...movie, open: !movie.open } });
  });
  useCommand('traces.table', toggleTable);
  useCommand('traces.figure', openFigure);
}

/** The one after, and after the last the first. */
function after<T>(list: readonly T[], one: T): T {
  return list[(list.indexOf(one) + 1) % list.length] ?? one;
}
