import type { Place } from '../../state/place.ts';
import { selectSpan, useTimeSpan } from '../../state/time-span.ts';
import { epochKey } from './model/epochs.ts';
import type { Bar, Lane } from './model/layout.ts';
import { spanBetween, spanOfBar } from './model/span.ts';
import { panWindow, wholeTimeline, zoomWindow } from './model/timeline-window.ts';
import { barAt } from './model/view.ts';
import { FLAGS_PX, LANE_PX, type TimelineStore } from './timeline-store.ts';

interface GesturePorts {
  readonly session: Place;
  readonly store: TimelineStore;
  /** The wheel alone zooms; elsewhere it scrolls the page, and Control zooms. */
  readonly wheelZooms: boolean;
}

const ZOOM_STEP = 1.5;
const NOTCH_PX = 100;
/** A press that moves less than this is a click. */
const CLICK_PX = 4;
/** A click this near to an epoch means it. */
const REACH_PX = 3;

/**
 * On the track: a drag chooses a stretch of time, a click an epoch, a double click shows all, the wheel zooms at the
 * pointer, Shift and the wheel pan. Escape takes a choice back that is being made.
 */
export function bindGestures(track: HTMLElement, { session, store, wheelZooms }: GesturePorts): () => void {
  let press: { x: number; share: number; lane: Lane | undefined; moved: boolean } | null = null;
  let frame = 0;

  const place = (event: MouseEvent) => {
    const box = track.getBoundingClientRect();
    const { window, timeline } = store.getState();
    const x = event.clientX - box.left;
    const lane = timeline.lanes[Math.floor((event.clientY - box.top - FLAGS_PX) / LANE_PX)];
    const perPixel = (window.to - window.from) / Math.max(1, box.width);
    return { x, share: window.from + x * perPixel, lane, perPixel };
  };
  const choose = (begun: number, ended: number, lane: Lane | undefined, settled: boolean) => {
    const { timeline, shown } = store.getState();
    const span = spanBetween(session, timeline, shown, lane, begun, ended);
    if (span !== null) selectSpan(span, { settled });
  };
  const clicked = ({ share, lane, perPixel }: ReturnType<typeof place>) => {
    const bar = lane === undefined ? undefined : barAt(lane, share, REACH_PX * perPixel);
    if (lane === undefined || bar === undefined) selectSpan(null);
    else {
      store.setState({ byKeys: false });
      chooseBar(session, store, lane, bar);
    }
  };

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || hasOwnGestures(event)) return;
    const { x, share, lane } = place(event);
    press = { x, share, lane, moved: false };
  };
  const onMove = (event: PointerEvent) => {
    // The button may have been let go beside the track.
    if (event.buttons === 0) press = null;
    const begun = press;
    if (begun === null) return;
    const { x, share } = place(event);
    if (!begun.moved) {
      if (Math.abs(x - begun.x) < CLICK_PX) return;
      begun.moved = true;
      track.setPointerCapture(event.pointerId);
    }
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => choose(begun.share, share, begun.lane, false));
  };
  const onUp = (event: PointerEvent) => {
    const ended = press;
    press = null;
    cancelAnimationFrame(frame);
    if (ended === null) return;
    const at = place(event);
    if (ended.moved) choose(ended.share, at.share, ended.lane, true);
    else clicked(at);
  };
  const cancel = () => {
    if (press?.moved === true && !useTimeSpan.getState().settled) selectSpan(null);
    press = null;
    cancelAnimationFrame(frame);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || press === null) return;
    event.stopPropagation();
    cancel();
  };
  const onDouble = (event: MouseEvent) => {
    if (!hasOwnGestures(event)) store.setState({ window: wholeTimeline });
  };
  const onWheel = (event: WheelEvent) => {
    const zooms = event.ctrlKey || event.metaKey || (wheelZooms && !event.shiftKey && !event.altKey);
    const across = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!zooms && !event.shiftKey && !across) return;
    event.preventDefault();
    const notches = (across ? event.deltaX : event.deltaY) / NOTCH_PX;
    const { window } = store.getState();
    store.setState({
      window:
        zooms && !across
          ? zoomWindow(window, ZOOM_STEP ** notches, place(event).share)
          : panWindow(window, notches / 10),
    });
  };

  const bound = {
    pointerdown: onDown,
    pointermove: onMove,
    pointerup: onUp,
    pointercancel: cancel,
    dblclick: onDouble,
  };
  for (const [name, listener] of Object.entries(bound)) track.addEventListener(name, listener as EventListener);
  track.addEventListener('wheel', onWheel, { passive: false });
  document.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    cancel();
    for (const [name, listener] of Object.entries(bound)) track.removeEventListener(name, listener as EventListener);
    track.removeEventListener('wheel', onWheel);
    document.removeEventListener('keydown', onKeyDown, { capture: true });
  };
}

/** Flags and the grips of windows, which stand on the track. */
function hasOwnGestures({ target }: Event): boolean {
  return target instanceof Element && target.closest('[data-own-gestures]') !== null;
}

/** Chooses the time of an epoch; the keyboard goes on from there. */
export function chooseBar(session: Place, store: TimelineStore, lane: Lane, bar: Bar): void {
  const { timeline, shown } = store.getState();
  store.setState({ cursor: epochKey(bar.epoch) });
  const span = spanOfBar(session, timeline, shown, lane, bar);
  if (span !== null) selectSpan(span);
}
