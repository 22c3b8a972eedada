import { useRef, useSyncExternalStore, type KeyboardEvent, type PointerEvent } from 'react';
import { useStore } from 'zustand';
import type { Place } from '../../state/place.ts';
import { useViewedWindows, type ViewedWindow } from '../../state/viewed-windows.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import { inWindow } from './model/timeline-window.ts';
import { barOf, ownTimeAt, shareOfOwn } from './model/span.ts';
import type { TimelineStore } from './timeline-store.ts';
import classes from './timeline.module.css';

interface ViewedProps {
  readonly session: Place;
  readonly store: TimelineStore;
  /** CSS pixels of the track and of the lanes in sight. */
  readonly width: number;
  readonly height: number;
}

/** What the views of traces show, each as a window that is dragged along its epoch. */
export function ViewedWindows({ session, ...rest }: ViewedProps) {
  const windows = useViewedWindows((state) => state.windows);
  return windows
    .filter(({ source }) => source.path === session.path && source.sessionId === session.sessionId)
    .map((viewed, at) => <Viewed key={at} viewed={viewed} {...rest} />);
}

function Viewed({ viewed, store, width, height }: Omit<ViewedProps, 'session'> & { readonly viewed: ViewedWindow }) {
  const range = useSyncExternalStore(viewed.subscribe, viewed.range);
  const timeline = useStore(store, (state) => state.timeline);
  const window = useStore(store, (state) => state.window);
  const grabbed = useRef<{ x: number; from: number; lengthSec: number; moved: boolean } | null>(null);
  const bar = barOf(timeline.lanes, viewed.source);
  const [from, to] = bar === undefined ? [null, null] : [shareOfOwn(bar, range.t0), shareOfOwn(bar, range.t1)];
  if (bar === undefined || from === null || to === null) return null;
  const [x0, x1] = [inWindow(window, from) * width, inWindow(window, to) * width];
  if (x1 < -4 || x0 > width + 4) return null;
  // What is shown stays as long, also where the clocks run otherwise.
  const show = (share: number, lengthSec: number, goesOn: boolean) => {
    const t0 = ownTimeAt(bar, share);
    if (t0 !== null) viewed.goTo({ t0, t1: t0 + lengthSec }, goesOn);
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grabbed.current = { x: event.clientX, from, lengthSec: range.t1 - range.t0, moved: false };
  };
  const onPointerMove = (event: PointerEvent) => {
    const start = grabbed.current;
    if (start === null) return;
    const by = ((event.clientX - start.x) / Math.max(1, width)) * (window.to - window.from);
    show(start.from + by, start.lengthSec, start.moved);
    start.moved = true;
  };
  const onPointerEnd = () => {
    grabbed.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -0.1, ArrowRight: 0.1, PageUp: -0.9, PageDown: 0.9 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    show(from + step * (to - from), range.t1 - range.t0, false);
  };
  const { device, epoch } = viewed.source;
  return (
    <div
      className={classes.viewed}
      style={{ left: x0, width: Math.max(4, x1 - x0), height }}
      role="slider"
      tabIndex={0}
      aria-label={t('What the traces of {{device}} show; drag it along the epoch', { device: device ?? epoch ?? '' })}
      aria-valuenow={range.t0}
      aria-valuemin={ownTimeAt(bar, bar.from) ?? undefined}
      aria-valuemax={ownTimeAt(bar, bar.to) ?? undefined}
      aria-valuetext={t('{{from}} to {{to}} s', { from: formatNumber(range.t0, 3), to: formatNumber(range.t1, 3) })}
      onKeyDown={onKeyDown}
    >
      <span
        className={classes.grip}
        data-own-gestures
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerEnd}
        onPointerCancel={onPointerEnd}
      />
    </div>
  );
}
