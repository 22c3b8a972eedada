import { goTo, type TraceStore } from '../trace-store.ts';
import { clamped, span } from '../model/range.ts';
import type { Bookmark } from '../model/settings.ts';
import { change } from '../trace-store.ts';

/** Sets a bookmark at the cursor, else under the pointer, else in the middle of the view; gives its time. */
export function bookmarkTime(store: TraceStore): number {
  const { cursor, hover, range } = store.getState();
  const inView = cursor !== null && cursor.time >= range.t0 && cursor.time <= range.t1 ? cursor : hover;
  return (inView ?? { time: (range.t0 + range.t1) / 2 }).time;
}

/** Puts a bookmark; one at the same time is replaced. In order of time. */
export function putBookmark(store: TraceStore, bookmark: Bookmark): void {
  const others = store.getState().settings.bookmarks.filter(({ time }) => time !== bookmark.time);
  change(store, { bookmarks: [...others, bookmark].sort((a, b) => a.time - b.time) });
}

export function removeBookmark(store: TraceStore, time: number): void {
  const { bookmarks } = store.getState().settings;
  change(store, { bookmarks: bookmarks.filter((bookmark) => bookmark.time !== time) });
}

/** Brings a bookmark to the middle of the view and sets the cursor there. */
export function goToBookmark(store: TraceStore, { time }: Bookmark): void {
  const { range, extent, cursor } = store.getState();
  goTo(store, clamped({ t0: time - span(range) / 2, t1: time + span(range) / 2 }, extent));
  store.setState({ cursor: { time, channel: cursor?.channel ?? null } });
}
