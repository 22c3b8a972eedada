import { useStore } from 'zustand';
import { putBookmarks } from '../../state/bookmarks.ts';
import { useCommand } from '../../state/commands.ts';
import type { Place } from '../../state/place.ts';
import { selectSpan, useSpanOf } from '../../state/time-span.ts';
import { formatSeconds, t } from '../../texts/translate.ts';
import { askForNote } from '../bookmarks/note-dialog.tsx';
import { chooseBar } from './gestures.ts';
import { sourceOf } from './model/epochs.ts';
import { barOf, ownTimeAt, stretchOf } from './model/span.ts';
import { beside, cursorAt, moveTo } from './steps.ts';
import type { TimelineStore } from './timeline-store.ts';

/** Binds the commands of a timeline. */
export function useTimelineCommands(
  session: Place,
  store: TimelineStore,
  { toggleTable }: { readonly toggleTable: () => void },
): void {
  const timeline = useStore(store, (state) => state.timeline);
  const cursor = useStore(store, (state) => state.cursor);
  const span = useSpanOf(session);
  const at = cursorAt({ timeline, cursor });
  const step = (by: 1 | -1) => {
    const next = beside(at, by);
    if (next === undefined) return;
    moveTo(store, next);
    chooseBar(session, store, next.lane, next.bar);
  };
  const reason = t('There is no further epoch');
  useCommand('timeline.nextEpoch', () => step(1), { enabled: beside(at, 1) !== undefined, reason });
  useCommand('timeline.previousEpoch', () => step(-1), { enabled: beside(at, -1) !== undefined, reason });
  useCommand('timeline.table', toggleTable);
  useCommand('timeline.clear', () => selectSpan(null), { enabled: span !== null, reason: t('Nothing is chosen') });
  useCommand(
    'timeline.bookmark',
    () => {
      const stretch = span === null ? null : stretchOf(timeline, store.getState().shown, span);
      const [first] = span?.epochs ?? [];
      const bar = first === undefined ? at?.bar : barOf(timeline.lanes, { device: first.device, epoch: first.epochId });
      if (bar === undefined) return;
      // At the beginning of what is chosen, else of the epoch.
      const time = ownTimeAt(bar, Math.min(bar.to, Math.max(bar.from, stretch?.from ?? bar.from)));
      if (time === null) return;
      askForNote({
        title: t('Bookmark at {{time}}', { time: formatSeconds(time) }),
        note: '',
        onSet: (note) => void putBookmarks(sourceOf(session, bar.epoch), [{ time, note }]),
      });
    },
    { enabled: at !== undefined, reason: t('No epoch has a place on the clock that is shown') },
  );
}
