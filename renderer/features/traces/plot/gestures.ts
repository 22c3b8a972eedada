import { columnAt, timeIn, type PlotColumn, type PlotLayout } from '../model/layout.ts';
import { laneAt } from '../model/lanes.ts';
import { between, panned, zoomed, type Range } from '../model/range.ts';
import { fit, gainBy, goTo, panBy, type Cursor, type TraceStore } from '../trace-store.ts';

/** What the gestures need to know of the plot at the moment. */
export interface GesturePorts {
  readonly store: TraceStore;
  layout(): PlotLayout;
  scrollTop(): number;
}

/** A button that is held down: where it was pressed, what was seen then, and what became of it. */
interface Press {
  readonly x: number;
  readonly y: number;
  readonly range: Range;
  readonly column: PlotColumn;
  readonly boxing: boolean;
  moved: boolean;
}

/** A press that moves less than this is a click. */
const CLICK_PX = 4;
/** Zoom factor of one notch of a wheel (100 pixels or 3 lines). */
const NOTCH_FACTOR = 1.25;
const LINE_PX = 33;

/**
 * Wheel zooms at the pointer, Shift and wheel pans, Control and wheel scales the amplitude, drag pans, Alt and drag
 * boxes a zoom, a double click fits, a click sets the cursor (with Shift the mark). Nothing goes on moving by itself.
 */
export function bindGestures(element: HTMLElement, ports: GesturePorts): () => void {
  const { store } = ports;
  let press: Press | null = null;

  const placeOf = (event: MouseEvent): Cursor & { x: number; y: number; column: number } => {
    const box = element.getBoundingClientRect();
    const { range } = store.getState();
    const layout = ports.layout();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const { index, column } = columnAt(layout.columns, x);
    const lane = y < layout.plotHeight ? laneAt(layout.lanes, index, y + ports.scrollTop()) : undefined;
    const row = layout.eventRows.find(({ top, height }) => y >= top && y < top + height);
    const channel = lane?.channel.name ?? row?.channel.name ?? null;
    return { x, y, time: timeIn(column, range, x), channel, column: index };
  };

  const hoverAt = ({ time, channel, column }: ReturnType<typeof placeOf>) => {
    store.setState({ hover: { time, channel, column } });
  };

  const onWheel = (event: WheelEvent) => {
    // Alt and wheel scrolls the lanes.
    if (event.altKey) return;
    event.preventDefault();
    const notches = wheelNotches(event);
    const { range, extent } = store.getState();
    if (event.ctrlKey || event.metaKey) gainBy(store, NOTCH_FACTOR ** -notches.along);
    else if (event.shiftKey) panBy(store, (notches.along || notches.across) * 0.1);
    else if (Math.abs(notches.across) > Math.abs(notches.along)) panBy(store, notches.across * 0.1);
    else goTo(store, zoomed(range, NOTCH_FACTOR ** notches.along, placeOf(event).time, extent), 'repeat');
    // The pointer rests while the time under it changes.
    if (store.getState().hover !== null) hoverAt(placeOf(event));
  };

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    const { x, y } = placeOf(event);
    const { column } = columnAt(ports.layout().columns, x);
    press = { x, y, range: store.getState().range, boxing: event.altKey, moved: false, column };
  };

  const onMove = (event: PointerEvent) => {
    const place = placeOf(event);
    if (press === null) {
      hoverAt(place);
      return;
    }
    if (!press.moved && Math.hypot(place.x - press.x, place.y - press.y) < CLICK_PX) return;
    const movement = press.moved ? 'goesOn' : 'jump';
    press.moved = true;
    const { extent } = store.getState();
    const { range, column: pressed } = press;
    const perPixel = (press.range.t1 - press.range.t0) / Math.max(1, press.column.width);
    if (press.boxing) {
      const [start, end] = [press.x, place.x].map((x) => timeIn(pressed, range, x));
      store.setState({ box: { t0: Math.min(start ?? 0, end ?? 0), t1: Math.max(start ?? 0, end ?? 0) } });
    } else {
      element.dataset['dragging'] = '';
      goTo(store, panned(press.range, (press.x - place.x) * perPixel, extent), movement);
    }
  };

  const onUp = (event: PointerEvent) => {
    const ended = press;
    press = null;
    delete element.dataset['dragging'];
    const { box, extent } = store.getState();
    if (ended === null) return;
    if (!ended.moved) {
      const { time, channel } = placeOf(event);
      store.setState(event.shiftKey ? { mark: { time, channel } } : { cursor: { time, channel } });
    } else if (box !== null) {
      store.setState({ box: null });
      goTo(store, between(box.t0, box.t1, extent));
    }
  };

  const onCancel = () => {
    press = null;
    delete element.dataset['dragging'];
    store.setState({ box: null });
  };
  const onLeave = () => {
    store.setState({ hover: null });
  };
  const onDouble = () => {
    fit(store);
  };

  element.addEventListener('wheel', onWheel, { passive: false });
  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onCancel);
  element.addEventListener('pointerleave', onLeave);
  element.addEventListener('dblclick', onDouble);
  return () => {
    element.removeEventListener('wheel', onWheel);
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onCancel);
    element.removeEventListener('pointerleave', onLeave);
    element.removeEventListener('dblclick', onDouble);
  };
}

/** Turns of a wheel in notches, whatever unit the device counts in. */
export function wheelNotches(event: Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode'>): {
  along: number;
  across: number;
} {
  const pixels = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE_PX : 100;
  return { along: (event.deltaY * pixels) / 100, across: (event.deltaX * pixels) / 100 };
}
