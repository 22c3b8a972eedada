import { useStore } from 'zustand';
import { formatSeconds } from '../../texts/translate.ts';
import { axisTicks } from './model/axis-ticks.ts';
import type { TimelineStore } from './timeline-store.ts';
import classes from './timeline.module.css';

interface AxisProps {
  readonly store: TimelineStore;
  /** CSS pixels. */
  readonly left: number;
  readonly width: number;
}

/** The times of the clock that is shown; where it starts anew in each epoch, how long a stretch is. */
export function Axis({ store, left, width }: AxisProps) {
  const axis = useStore(store, (state) => state.timeline.axis);
  const window = useStore(store, (state) => state.window);
  if (axis === null || width < 1) return null;
  const length = axis.t1 - axis.t0;
  const range = { t0: axis.t0 + window.from * length, t1: axis.t0 + window.to * length };
  return (
    <div className={classes.axis} style={{ marginLeft: left, width }} aria-hidden>
      {axisTicks(range, width).map(({ time, label }) => (
        <span key={time} style={{ left: ((time - range.t0) / (range.t1 - range.t0)) * width }}>
          {label}
        </span>
      ))}
      <span className={classes.whole}>{formatSeconds(range.t1 - range.t0)}</span>
    </div>
  );
}
