import { useEffect, useMemo } from 'react';
import { spanHere, useLinesOfSpan } from '../../state/span-here.ts';
import { isSpanOf, useTimeSpan } from '../../state/time-span.ts';
import { useViewedWindow, type ViewedWindow } from '../../state/viewed-windows.ts';
import { parseTimeOnClocks } from './model/other-clocks.ts';
import { clamped } from './model/range.ts';
import { goTo, type TraceStore } from './trace-store.ts';
import type { Followed } from './use-followed-epoch.ts';

/**
 * Moves a view to what was chosen on a timeline, on its own clock by the sync graph, and shows timelines what it shows.
 */
export function useFollowSpan(store: TraceStore, visible: boolean, followed: Followed): void {
  const { source } = store.getState();
  const lines = useLinesOfSpan(source, visible);
  useEffect(() => {
    if (!visible || lines === undefined) return;
    let moving = false;
    const follow = ({ span, settled, serial }: ReturnType<typeof useTimeSpan.getState>) => {
      if (span === null || !isSpanOf(span, source) || (settled && !followed.isNew(serial))) return;
      const { extent, cursor } = store.getState();
      const part = spanHere(lines, span, span.epoch);
      if (part !== null) {
        goTo(store, clamped(part, extent), moving ? 'goesOn' : 'jump');
        // The movie beside the traces stands where the cursor is.
        if (settled) store.setState({ cursor: { time: part.t0, channel: cursor?.channel ?? null } });
      }
      moving = !settled && (moving || part !== null);
      if (settled) followed.done(serial);
    };
    follow(useTimeSpan.getState());
    return useTimeSpan.subscribe(follow);
  }, [store, source, visible, lines, followed]);

  const window = useMemo<ViewedWindow>(
    () => ({
      source,
      range: () => store.getState().range,
      subscribe: (listener) =>
        store.subscribe((state, before) => {
          if (state.range !== before.range) listener();
        }),
      goTo: (range, goesOn) => goTo(store, clamped(range, store.getState().extent), goesOn ? 'goesOn' : 'jump'),
      timeOf: (text) => parseTimeOnClocks(text, source.device ?? '', store.getState().others),
    }),
    [store, source],
  );
  useViewedWindow(window, visible);
}
