import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import { client } from '../../state/client.ts';
import { useRevision } from '../../state/edits.ts';
import type { Place } from '../../state/place.ts';
import { rest } from '../../state/rest.ts';
import type { CountedTile } from './draw/paint-timeline.ts';
import { epochKey, sourceOf } from './model/epochs.ts';
import { BINS, tilesOf, type TickTile } from './model/ticks.ts';
import { barsIn } from './model/view.ts';
import type { TimelineStore } from './timeline-store.ts';

/** The view comes first, and moves on before it rests. */
const AFTER_MS = 150;
const SHOW_EVERY_MS = 150;
/** Questions at once: the threads of the data process belong to the traces. */
const AT_ONCE = 3;
/** Questions for one view; a view of more epochs than that shows the ticks of the first. */
const MOST_TILES = 240;
/** Answers that are kept, of {@link BINS} numbers each. */
const MOST_KEPT = 1500;

/** Counts by part of an epoch; null of one that could not be read, which says so where it is opened. */
type Kept = Map<string, readonly number[] | null>;

export type Ticks = ReadonlyMap<string, readonly CountedTile[]>;
const none: Ticks = new Map();

/**
 * Counted events of the epochs in sight, as fine as their pixels; what is known is shown while the rest is asked for,
 * and what is no longer in sight is not asked any more.
 * @param rows first and last lane in sight
 */
export function useEventTicks(
  session: Place,
  store: TimelineStore,
  widthPx: number,
  rows: readonly [number, number],
  visible: boolean,
): { readonly ticks: Ticks; readonly failed: boolean } {
  const window = useStore(store, (state) => state.window);
  const timeline = useStore(store, (state) => state.timeline);
  const revision = useRevision(session.path);
  const [kept] = useState<Kept>(() => new Map());
  const [answer, setAnswer] = useState<{ ticks: Ticks; failed: boolean }>({ ticks: none, failed: false });
  const [first, last] = rows;
  const { path, sessionId } = session;

  useEffect(() => {
    kept.clear();
  }, [kept, path, sessionId, revision]);

  useEffect(() => {
    if (!visible || widthPx < 1) return;
    const controller = new AbortController();
    const place = sessionId === undefined ? { path } : { path, sessionId };
    const wanted = timeline.lanes
      .slice(first, last + 1)
      .flatMap((lane) => barsIn(lane, window))
      .flatMap((bar) => tilesOf(bar, window, widthPx))
      .slice(0, MOST_TILES);
    const show = () => {
      const known = new Map(wanted.flatMap((tile) => bestKnown(kept, tile)));
      const failed = wanted.some((tile) => kept.get(tileKey(tile)) === null);
      setAnswer({ ticks: Map.groupBy(known.values(), ({ epoch }) => epochKey(epoch)), failed });
    };
    void count(place, wanted, kept, controller.signal, show);
    return () => {
      controller.abort();
    };
  }, [kept, path, sessionId, revision, timeline, window, widthPx, first, last, visible]);
  return answer;
}

/** Asks for what is not known, a few questions at a time. @param onKnown told when more of it is */
async function count(
  place: Place,
  wanted: readonly TickTile[],
  kept: Kept,
  signal: AbortSignal,
  onKnown: () => void,
): Promise<void> {
  const missing = wanted.filter((tile) => !kept.has(tileKey(tile)));
  let shownAt = performance.now();
  const ask = async () => {
    for (let tile = missing.shift(); tile !== undefined && !isOver(signal); tile = missing.shift()) {
      try {
        const request = { source: sourceOf(place, tile.epoch), from: tile.t0, to: tile.t1, bins: BINS };
        const { counts } = await client.signals.eventCounts(request, { signal });
        if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
        kept.set(tileKey(tile), counts);
      } catch (thrown) {
        // What a broken connection did not answer is asked for again with the next movement.
        if (isOver(signal) || toNdiError(thrown).code === 'door.unreachable') return;
        kept.set(tileKey(tile), null);
      }
      if (isOver(signal) || performance.now() - shownAt < SHOW_EVERY_MS) continue;
      shownAt = performance.now();
      onKnown();
    }
  };
  try {
    onKnown();
    if (missing.length === 0) return;
    await rest(AFTER_MS, signal);
    await Promise.all(Array.from({ length: AT_ONCE }, ask));
    if (!isOver(signal)) onKnown();
  } catch {
    // The view has moved on.
  }
}

/** Not looked at as a property, which TypeScript believes not to change meanwhile. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;

/** The counts of a part; until they are there, those of a longer part in which it lies. */
function bestKnown(kept: Kept, tile: TickTile): [string, CountedTile][] {
  for (let up = 0; up <= tile.level; up += 1) {
    const coarse = { ...tile, level: tile.level - up, index: tile.index >> up };
    const counts = kept.get(tileKey(coarse));
    if (counts !== undefined)
      return counts === null || counts.length === 0 ? [] : [[tileKey(coarse), { ...coarse, counts }]];
  }
  return [];
}

function tileKey({ epoch, level, index }: TickTile): string {
  return `${epochKey(epoch)}\0${level}\0${index}`;
}
