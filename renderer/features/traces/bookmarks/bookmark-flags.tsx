import { useStore } from 'zustand';
import { Flag } from '../../../components/bookmarks/flag.tsx';
import { bookmarksOn, useBookmarks, type Bookmark } from '../../../state/bookmarks.ts';
import { AXIS_HEIGHT, xIn, type PlotLayout } from '../model/layout.ts';
import { formatTime } from '../model/time-axis.ts';
import type { TraceStore } from '../trace-store.ts';
import { goToBookmark } from './bookmarks.ts';

/** A flag over the traces for each bookmark of the visible range. */
export function BookmarkFlags({ store, layout }: { readonly store: TraceStore; readonly layout: PlotLayout }) {
  const source = useStore(store, (state) => state.source);
  const bookmarks = bookmarksOn(useBookmarks(source), source);
  // Only where there are some, the range is followed from frame to frame.
  return bookmarks.length === 0 ? null : <Shown store={store} layout={layout} bookmarks={bookmarks} />;
}

interface ShownProps {
  readonly store: TraceStore;
  readonly layout: PlotLayout;
  readonly bookmarks: readonly Bookmark[];
}

function Shown({ store, layout, bookmarks }: ShownProps) {
  const source = useStore(store, (state) => state.source);
  const range = useStore(store, (state) => state.range);
  return bookmarks
    .filter(({ time }) => time >= range.t0 && time <= range.t1)
    .map((bookmark) =>
      layout.columns.map((column, at) => (
        <Flag
          key={`${bookmark.id} ${at}`}
          home={source}
          bookmark={bookmark}
          time={formatTime(bookmark.time, range, layout.width)}
          left={Math.round(xIn(column, range, bookmark.time))}
          height={layout.height - AXIS_HEIGHT}
          onGo={() => goToBookmark(store, bookmark)}
        />
      )),
    );
}
