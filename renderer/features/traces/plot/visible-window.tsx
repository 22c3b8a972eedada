import { useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { formatSeconds, t } from '../../../texts/translate.ts';
import { clamped, panned, span } from '../model/range.ts';
import { formatTime } from '../model/time-axis.ts';
import { goTo, rangeOf, type TraceStore } from '../trace-store.ts';
import { useCalmly } from '../use-calmly.ts';
import classes from './overview.module.css';

/** The visible range in the strip of the whole, which the arrow and Page keys move. */
export function VisibleWindow({ store }: { readonly store: TraceStore }) {
  const extent = useStore(store, (state) => state.extent);
  const range = useCalmly(store, rangeOf);
  const length = Math.max(span(extent), 1e-9);
  const element = useRef<HTMLDivElement>(null);
  // Its place follows every step of a gesture; drawing it anew by React would take time from the traces.
  useLayoutEffect(() => {
    const place = () => {
      const { range: now } = store.getState();
      const from = Math.max(0, (now.t0 - extent.t0) / length);
      const to = Math.min(1, (now.t1 - extent.t0) / length);
      element.current?.style.setProperty('left', `${from * 100}%`);
      element.current?.style.setProperty('width', `max(6px, ${Math.max(0, to - from) * 100}%)`);
    };
    place();
    return store.subscribe((state, before) => {
      if (state.range !== before.range) place();
    });
  }, [store, extent, length]);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowLeft: -0.1, ArrowRight: 0.1, PageUp: -0.9, PageDown: 0.9 }[event.key];
    const { range: now } = store.getState();
    if (step !== undefined) goTo(store, panned(now, step * span(now), extent), 'repeat');
    else if (event.key === 'Home') goTo(store, clamped({ t0: extent.t0, t1: extent.t0 + span(now) }, extent));
    else if (event.key === 'End') goTo(store, clamped({ t0: extent.t1 - span(now), t1: extent.t1 }, extent));
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={element}
      className={classes.window}
      role="slider"
      tabIndex={0}
      aria-label={t('Visible range')}
      aria-valuemin={extent.t0}
      aria-valuemax={extent.t1}
      aria-valuenow={Math.min(Math.max(range.t0, extent.t0), extent.t1)}
      aria-valuetext={t('{{from}} to {{to}} of {{whole}}', {
        from: formatTime(range.t0, range, 1000),
        to: formatTime(range.t1, range, 1000),
        whole: formatSeconds(length),
      })}
      onKeyDown={onKeyDown}
    />
  );
}
