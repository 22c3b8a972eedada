import { useStore } from 'zustand';
import { useBookmarks, type Bookmark } from '../../state/bookmarks.ts';
import { openPanel } from '../../state/panels.ts';
import type { Place } from '../../state/place.ts';
import { selectSpan } from '../../state/time-span.ts';
import { useViewedWindows } from '../../state/viewed-windows.ts';
import { clockKey } from '../../state/source-key.ts';
import { formatSeconds } from '../../texts/translate.ts';
import { Flag } from '../bookmarks/flag.tsx';
import { ownSpan, sourceOf } from './model/epochs.ts';
import type { Bar } from './model/layout.ts';
import { barOf, shareOfOwn } from './model/span.ts';
import { inWindow } from './model/timeline-window.ts';
import type { TimelineStore } from './timeline-store.ts';

interface FlagsProps {
  readonly session: Place;
  readonly store: TimelineStore;
  /** CSS pixels of the track and of the lanes in sight. */
  readonly width: number;
  readonly height: number;
}

/** The bookmarks of the session as flags on the timeline. */
export function Flags({ session, store, width, height }: FlagsProps) {
  const bookmarks = useBookmarks(session);
  const lanes = useStore(store, (state) => state.timeline.lanes);
  const window = useStore(store, (state) => state.window);
  return bookmarks.map((bookmark) => {
    const bar = barOf(lanes, bookmark);
    const share = bar === undefined ? null : shareOfOwn(bar, bookmark.time);
    if (bar === undefined || share === null || share < window.from || share > window.to) return null;
    return (
      <Flag
        key={bookmark.id}
        home={session}
        bookmark={bookmark}
        time={formatSeconds(bookmark.time)}
        left={inWindow(window, share) * width}
        height={height}
        onGo={() => goTo(session, bar, bookmark)}
      />
    );
  });
}

/** Seconds that are shown around a bookmark where no view tells how much it shows. */
const AROUND_SEC = 2;

/** Brings the traces of its epoch there, with the span that they show now; without any, they are opened. */
function goTo(session: Place, bar: Bar, { time }: Bookmark): void {
  const source = sourceOf(session, bar.epoch);
  const viewed = useViewedWindows.getState().windows.find((one) => clockKey(one.source) === clockKey(source));
  if (viewed !== undefined) {
    const { t0, t1 } = viewed.range();
    const half = (t1 - t0) / 2;
    viewed.goTo({ t0: time - half, t1: time + half }, false);
    return;
  }
  const { device, epochId, clocks } = bar.epoch;
  const whole = ownSpan(bar.epoch);
  if (device === null || whole === null) {
    openPanel('traces', { source });
    return;
  }
  selectSpan({
    ...{ ...session, device, epoch: epochId, clock: clocks[0]?.type ?? '', epochs: [{ device, epochId }] },
    t0: Math.max(whole.t0, time - AROUND_SEC / 2),
    t1: Math.min(whole.t1, time + AROUND_SEC / 2),
  });
  if (!useViewedWindows.getState().windows.some((one) => one.source.device === device)) {
    openPanel('traces', { source, toSpan: true });
  }
}
