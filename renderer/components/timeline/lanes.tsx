import { Anchor, useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { StimulusEpoch } from '../../../shared/contract/stimuli.ts';
import { openPanel } from '../../state/panels.ts';
import type { Place } from '../../state/place.ts';
import { isSpanOf, useTimeSpan } from '../../state/time-span.ts';
import { plural, t } from '../../texts/translate.ts';
import { ElidedText } from '../elided-text.tsx';
import { Axis } from './axis.tsx';
import { Bars } from './bars.tsx';
import { Flags } from './flags.tsx';
import { bindGestures } from './gestures.ts';
import type { TimelineEpoch } from './model/epochs.ts';
import type { Lane } from './model/layout.ts';
import { paintTimeline, type TimelineScene } from './draw/paint-timeline.ts';
import { readColors } from './draw/colors.ts';
import { divideAcross, FLAGS_PX, LANE_PX, type TimelineStore } from './timeline-store.ts';
import classes from './timeline.module.css';
import { useEventTicks, type Ticks } from './use-event-ticks.ts';
import { ViewedWindows } from './viewed-windows.tsx';

interface LanesProps {
  readonly session: Place;
  readonly store: TimelineStore;
  readonly stimuli: ReadonlyMap<string, readonly StimulusEpoch[]>;
  readonly visible: boolean;
  readonly wheelZooms: boolean;
  readonly summary: string;
  /** Why the epochs of a device have no place; null where each is on its own clock. */
  readonly whyUnplaced: (epoch: TimelineEpoch) => string | null;
  readonly onOpen: (epoch: TimelineEpoch) => void;
}

/** The lanes: a picture of what is in sight, and over it what can be reached by pointer, keyboard and screen reader. */
export function Lanes(props: LanesProps) {
  const { session, store, stimuli, visible, wheelZooms, summary, whyUnplaced, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const track = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const [scrollTop, setScrollTop] = useState(0);
  const lanes = useStore(store, (state) => state.timeline.lanes);
  const hasUnplaced = lanes.some(({ unplaced }) => unplaced.length > 0);
  const across = divideAcross(size.width, hasUnplaced);
  const first = Math.max(0, Math.floor((scrollTop - FLAGS_PX) / LANE_PX));
  const last = Math.min(lanes.length, Math.ceil((scrollTop + size.height - FLAGS_PX) / LANE_PX)) - 1;
  const rows = useMemo<[number, number]>(() => [first, last], [first, last]);
  const { ticks, failed } = useEventTicks(session, store, across.track, rows, visible);
  useScrollToCursor(store, scroller);
  useEffect(
    () => (track.current === null ? undefined : bindGestures(track.current, { session, store, wheelZooms })),
    [session, store, wheelZooms],
  );
  const inSight = lanes
    .slice(first, last + 1)
    .map((lane, index) => ({ lane, top: FLAGS_PX + (first + index) * LANE_PX }));
  return (
    <>
      <div
        ref={scroller}
        className={classes.scroller}
        style={{ maxHeight: wheelZooms ? undefined : FLAGS_PX + 10 * LANE_PX }}
        role="group"
        data-lanes
        aria-label={t('Timeline of the epochs')}
        aria-description={summary}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      >
        <div className={classes.inner} style={{ height: FLAGS_PX + lanes.length * LANE_PX }}>
          {inSight.map(({ lane, top }) => (
            <div key={lane.name} className={classes.name} style={{ top, width: across.names, height: LANE_PX }}>
              <ElidedText text={lane.name} />
            </div>
          ))}
          <div ref={track} className={classes.track} style={{ left: across.names, width: across.track }}>
            <div className={classes.picture} style={{ height: size.height }}>
              <Picture {...{ store, stimuli, ticks, scrollTop, session }} width={across.track} height={size.height} />
              <ViewedWindows session={session} store={store} width={across.track} height={size.height} />
              <Flags session={session} store={store} width={across.track} height={size.height} />
            </div>
            <Bars store={store} width={across.track} rows={rows} stimuli={stimuli} onOpen={onOpen} />
          </div>
          {inSight.map(({ lane, top }) => (
            <Unplaced
              key={lane.name}
              lane={lane}
              why={whyUnplaced}
              style={{ top: top + 2, left: across.names + across.track + 6, width: across.beside - 6 }}
              onShowClocks={() => openPanel('sync', session)}
            />
          ))}
        </div>
      </div>
      <Axis store={store} left={across.names} width={across.track} />
      {failed && <p className={classes.quiet}>{t('The events of some epochs could not be read.')}</p>}
    </>
  );
}

interface PictureProps {
  readonly session: Place;
  readonly store: TimelineStore;
  readonly stimuli: TimelineScene['stimuli'];
  readonly ticks: Ticks;
  readonly scrollTop: number;
  readonly width: number;
  readonly height: number;
}

/** Painted at most once a frame, without React's doing where only the window moves. */
function Picture({ session, store, stimuli, ticks, scrollTop, width, height }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colorScheme = useComputedColorScheme('light');
  useEffect(() => {
    const context = canvas.current?.getContext('2d') ?? null;
    if (canvas.current === null || context === null || width < 1 || height < 1) return;
    const ratio = window.devicePixelRatio;
    canvas.current.width = Math.round(width * ratio);
    canvas.current.height = Math.round(height * ratio);
    const colors = readColors();
    let asked: number | undefined;
    const paint = () => {
      asked = undefined;
      const { span } = useTimeSpan.getState();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const own = span !== null && isSpanOf(span, session) ? span : null;
      paintTimeline(context, { state: store.getState(), width, height, scrollTop, colors, span: own, stimuli, ticks });
    };
    const ask = () => {
      asked ??= requestAnimationFrame(paint);
    };
    const stops = [store.subscribe(ask), useTimeSpan.subscribe(ask)];
    paint();
    return () => {
      if (asked !== undefined) cancelAnimationFrame(asked);
      for (const stop of stops) stop();
    };
  }, [session, store, stimuli, ticks, scrollTop, width, height, colorScheme]);
  return (
    <canvas
      ref={canvas}
      className={classes.canvas}
      style={{ width, height }}
      aria-hidden
      data-testid="timeline-canvas"
    />
  );
}

interface UnplacedProps {
  readonly lane: Lane;
  readonly why: (epoch: TimelineEpoch) => string | null;
  readonly style: { readonly top: number; readonly left: number; readonly width: number };
  readonly onShowClocks: () => void;
}

/** The hatched band of the epochs that have no place on the clock that is shown, with the way to the clocks. */
function Unplaced({ lane: { unplaced }, why, style, onShowClocks }: UnplacedProps) {
  const [first] = unplaced;
  if (first === undefined) return null;
  const reason = why(first) ?? t('They have no times on the clock that is shown.');
  return (
    <div className={classes.unplaced} style={style}>
      <span className={classes.loose} aria-hidden>
        {unplaced.slice(0, 12).map(({ epochId, number }) => (
          <i key={`${epochId} ${number}`} title={epochId} />
        ))}
      </span>
      <Anchor component="button" type="button" className={classes.why} title={reason} onClick={onShowClocks}>
        {plural(
          unplaced.length,
          '{{count}} unsynchronised: show the clocks',
          '{{count}} unsynchronised: show the clocks',
        )}
      </Anchor>
    </div>
  );
}

/** Scrolls the lanes so that the one with the cursor is in sight. */
function useScrollToCursor(store: TimelineStore, scroller: RefObject<HTMLDivElement | null>): void {
  useEffect(
    () =>
      store.subscribe((state, before) => {
        const box = scroller.current;
        if (box === null || state.cursor === null || state.cursor === before.cursor) return;
        const name = state.cursor.slice(0, state.cursor.indexOf('\0'));
        const at = state.timeline.lanes.findIndex((lane) => lane.name === name);
        const top = FLAGS_PX + at * LANE_PX;
        if (at >= 0 && top < box.scrollTop + FLAGS_PX) box.scrollTop = top - FLAGS_PX;
        else if (top + LANE_PX > box.scrollTop + box.clientHeight) box.scrollTop = top + LANE_PX - box.clientHeight;
      }),
    [store, scroller],
  );
}

function useSize(element: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const observed = element.current;
    if (observed === null) return;
    const observer = new ResizeObserver(() => {
      // A hidden tab has no size: its last one stays.
      if (observed.clientWidth > 0) setSize({ width: observed.clientWidth, height: observed.clientHeight });
    });
    observer.observe(observed);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
