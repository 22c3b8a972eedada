import { useEffect, useMemo } from 'react';
import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { client } from '../../state/client.ts';
import { useRevision } from '../../state/edits.ts';
import { isSpanOf, useTimeSpan } from '../../state/time-span.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { useViewedWindow, type ViewedWindow } from '../../state/viewed-windows.ts';
import { clamped } from './model/range.ts';
import { spanHere } from './model/span-here.ts';
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
    }),
    [store, source],
  );
  useViewedWindow(window, visible && source.epoch !== undefined);
}

/** How the source's clock stands on that of the chosen span; undefined while that is not known, or nothing relates them. */
function useLinesOfSpan(source: SignalSource, visible: boolean) {
  // Its clock alone: the span itself changes with every movement of the pointer.
  const clock = useTimeSpan(({ span }) =>
    span === null || !isSpanOf(span, source) ? '' : JSON.stringify([span.device, span.clock]),
  );
  const key = ['span', JSON.stringify(source), clock, useRevision(source.path), visible].join('\n');
  const answer = useAnswer(key, async (signal) => {
    if (clock === '' || !visible) return undefined;
    const [device, type] = JSON.parse(clock) as [string | null, string];
    // A clock that every device knows itself is that of the source's own epoch.
    const own = { device: source.device ?? '', epoch: source.epoch ?? '' };
    const to = { ...(device === null ? own : { device }), clock: type };
    return (await client.sync.signalTimes({ source, to }, { signal })).lines;
  });
  return answer.value;
}
