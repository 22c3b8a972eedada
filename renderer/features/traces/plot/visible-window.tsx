import { useStore } from 'zustand';
import { formatSeconds, t } from '../../../texts/translate.ts';
import { clamped, panned, span } from '../model/range.ts';
import { formatTime } from '../model/time-axis.ts';
import { goTo, type TraceStore } from '../trace-store.ts';
import classes from './overview.module.css';

/** The visible range in the strip of the whole, which the arrow and Page keys move. */
export function VisibleWindow({ store }: { readonly store: TraceStore }) {
  const extent = useStore(store, (state) => state.extent);
  const range = useStore(store, (state) => state.range);
  const length = Math.max(span(extent), 1e-9);
  const from = Math.max(0, (range.t0 - extent.t0) / length);
  const to = Math.min(1, (range.t1 - extent.t0) / length);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowLeft: -0.1, ArrowRight: 0.1, PageUp: -0.9, PageDown: 0.9 }[event.key];
    if (step !== undefined) goTo(store, panned(range, step * span(range), extent), 'repeat');
    else if (event.key === 'Home') goTo(store, clamped({ t0: extent.t0, t1: extent.t0 + span(range) }, extent));
    else if (event.key === 'End') goTo(store, clamped({ t0: extent.t1 - span(range), t1: extent.t1 }, extent));
    else return;
    event.preventDefault();
  };
  return (
    <div
      className={classes.window}
      style={{ left: `${from * 100}%`, width: `max(6px, ${Math.max(0, to - from) * 100}%)` }}
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
