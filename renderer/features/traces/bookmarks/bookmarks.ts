import type { Bookmark } from '../../../state/bookmarks.ts';
import { clamped, span } from '../model/range.ts';
import { goTo, type TraceStore } from '../trace-store.ts';

/** Sets a bookmark at the cursor, else under the pointer, else in the middle of the view; gives its time. */
export function bookmarkTime(store: TraceStore): number {
  const { cursor, hover, range } = store.getState();
  const inView = cursor !== null && cursor.time >= range.t0 && cursor.time <= range.t1 ? cursor : hover;
  return (inView ?? { time: (range.t0 + range.t1) / 2 }).time;
}

/** Brings a bookmark to the middle of the view and sets the cursor there. */
export function goToBookmark(store: TraceStore, { time }: Pick<Bookmark, 'time'>): void {
  const { range, extent, cursor } = store.getState();
  goTo(store, clamped({ t0: time - span(range) / 2, t1: time + span(range) / 2 }, extent));
  store.setState({ cursor: { time, channel: cursor?.channel ?? null } });
}
