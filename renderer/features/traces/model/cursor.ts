import { goTo, channelsOf, coverOf, type Cursor, type TraceState, type TraceStore } from '../trace-store.ts';
import { panned } from './range.ts';
import { shownTraces } from './settings.ts';

/** Moves the cursor by one sample, or by one pixel where a pixel holds several; the view follows it. */
export function moveCursor(store: TraceStore, direction: 1 | -1): void {
  const state = store.getState();
  const { range, extent } = state;
  const now = state.cursor ?? firstCursor(state);
  const step = stepAt(state, now);
  const time = Math.min(Math.max(now.time + direction * step, extent.t0), extent.t1);
  const cursor = { ...now, time: state.cursor === null ? now.time : time };
  if (cursor.time < range.t0 || cursor.time > range.t1) {
    goTo(store, panned(range, cursor.time - (range.t0 + range.t1) / 2, extent), 'repeat');
  }
  store.setState({ cursor });
}

/** Reads another channel at the same time. */
export function moveCursorChannel(store: TraceStore, direction: 1 | -1): void {
  const state = store.getState();
  const now = state.cursor ?? firstCursor(state);
  const names = shownTraces(state.info, state.settings).map((channel) => channel.name);
  const at = names.indexOf(now.channel ?? '');
  const next = state.cursor === null ? at : Math.min(Math.max(at + direction, 0), names.length - 1);
  store.setState({ cursor: { ...now, channel: names[next] ?? now.channel } });
}

/** Begins to measure at the cursor, or under the pointer; once more at the same place ends it. */
export function setMark(store: TraceStore): void {
  const { cursor, hover, mark } = store.getState();
  const place = cursor ?? hover;
  store.setState({ mark: mark !== null && (place === null || mark.time === place.time) ? null : place });
}

function firstCursor(state: TraceState): Cursor {
  const first = shownTraces(state.info, state.settings)[0];
  return { time: (state.range.t0 + state.range.t1) / 2, channel: first?.name ?? null };
}

function stepAt(state: TraceState, cursor: Cursor): number {
  const pixel = (state.range.t1 - state.range.t0) / Math.max(1, state.width);
  const piece = coverOf(state).pieces.find(({ from, to }) => cursor.time >= from && cursor.time <= to);
  const channel = piece === undefined ? undefined : channelsOf(piece.frame).get(cursor.channel ?? '');
  return Math.max(pixel, channel?.runs[0]?.dt ?? 0);
}
