import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { StimulusEpoch } from '../../../shared/contract/stimuli.ts';
import { durationOf, epochKey, recordedKey, type TimelineEpoch } from './model/epochs.ts';
import type { Bar, Lane } from './model/layout.ts';
import { inWindow, type TimelineWindow } from './model/timeline-window.ts';
import { barsIn } from './model/view.ts';
import { formatSeconds, plural, t } from '../../texts/translate.ts';
import { cursorAt, type At } from './steps.ts';
import { BAR_PX, FLAGS_PX, LANE_PX, type TimelineStore } from './timeline-store.ts';
import classes from './timeline.module.css';

interface BarsProps {
  readonly store: TimelineStore;
  /** CSS pixels of the track. */
  readonly width: number;
  /** First and last lane in sight. */
  readonly rows: readonly [number, number];
  readonly stimuli: ReadonlyMap<string, readonly StimulusEpoch[]>;
  readonly onOpen: (epoch: TimelineEpoch) => void;
}

/** Narrower epochs are reached by the keyboard, from one to the next. */
const LEAST_PX = 20;
const MOST_BARS = 250;
/** Farther than any screen; browsers forget how wide they are long before. */
const FAR_PX = 50_000;

/**
 * The epochs in sight as buttons over the picture, for screen readers, tooltips and the keyboard: one stop of the Tab
 * key, wherever the cursor is.
 */
export function Bars({ store, width, rows, stimuli, onOpen }: BarsProps) {
  const window = useStore(store, (state) => state.window);
  const timeline = useStore(store, (state) => state.timeline);
  const cursor = useStore(store, (state) => state.cursor);
  const stop = cursorAt({ timeline, cursor });
  const stopButton = useRef<HTMLButtonElement>(null);
  const byKeys = useStore(store, (state) => state.byKeys);
  useEffect(() => {
    if (byKeys && cursor !== null) stopButton.current?.focus({ preventScroll: true });
  }, [cursor, byKeys]);
  const pxOf = (share: number) => Math.min(FAR_PX, Math.max(-FAR_PX, inWindow(window, share) * width));
  const perShare = width / (window.to - window.from);
  const isWide = ({ from, to }: Bar) => (to - from) * perShare >= LEAST_PX;
  return buttonsIn(timeline.lanes, window, rows, stop, isWide).map(({ lane, at, bars }) => {
    return (
      <div key={lane.name} role="group" aria-label={lane.name}>
        {bars.map((bar) => {
          const isStop = bar === stop?.bar;
          const x0 = pxOf(bar.from);
          return (
            <button
              key={epochKey(bar.epoch)}
              ref={isStop ? stopButton : undefined}
              type="button"
              className={classes.bar}
              style={{
                left: x0,
                width: Math.max(3, pxOf(bar.to) - x0),
                top: FLAGS_PX + at * LANE_PX + 2,
                height: BAR_PX,
              }}
              tabIndex={isStop ? 0 : -1}
              title={describe(bar, lane, stimuli)}
              aria-label={describe(bar, lane, stimuli)}
              onFocus={() => {
                if (!isStop || cursor === null) store.setState({ cursor: epochKey(bar.epoch) });
              }}
              onClick={(event) => {
                // By the pointer it is chosen, as everything on the track; the keyboard and screen readers open it.
                if (event.detail === 0) onOpen(bar.epoch);
              }}
            />
          );
        })}
      </div>
    );
  });
}

/** The bars of each lane in sight that become buttons, and the one with the cursor wherever it is. */
function buttonsIn(
  lanes: readonly Lane[],
  window: TimelineWindow,
  [first, last]: readonly [number, number],
  stop: At | undefined,
  isWide: (bar: Bar) => boolean,
): { lane: Lane; at: number; bars: readonly Bar[] }[] {
  let left = MOST_BARS;
  return lanes.flatMap((lane, at) => {
    const isSeen = at >= first && at <= last;
    const shown = isSeen ? barsIn(lane, window).filter(isWide).slice(0, left) : [];
    left -= shown.length;
    if (stop?.laneAt !== at || shown.includes(stop.bar)) return isSeen ? [{ lane, at, bars: shown }] : [];
    return [{ lane, at, bars: [...shown, stop.bar].sort((a, b) => a.from - b.from) }];
  });
}

function describe({ epoch }: Bar, lane: Lane, stimuli: BarsProps['stimuli']): string {
  const duration = durationOf(epoch);
  const words = {
    number: epoch.number,
    device: lane.name,
    id: epoch.epochId,
    duration: duration === null ? t('length unknown') : formatSeconds(duration),
  };
  const title =
    epoch.images === true
      ? t('Epoch {{number}} of {{device}}: {{id}}, {{duration}}. Show its frames.', words)
      : t('Epoch {{number}} of {{device}}: {{id}}, {{duration}}. Show its signals.', words);
  const own = stimuli.get(recordedKey(epoch)) ?? [];
  const shown = own.reduce((sum, { presentations }) => sum + presentations.length, 0);
  return shown === 0 ? title : `${title} ${plural(shown, '{{count}} stimulus.', '{{count}} stimuli.')}`;
}
