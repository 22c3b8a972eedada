import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RecordingInfo, SignalEvent, SignalSource } from '../../../shared/contract/recordings.ts';
import type { Unit } from '../../../shared/contract/units.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import type { ViewFrame } from '../../../shared/model/view-frame.ts';
import { coverWith, type Cover } from './model/cover.ts';
import { back, forward, leave, noHistory, type RangeHistory } from './model/range-history.ts';
import { clamped, firstRange, fitted, panned, sameRange, withSpan, zoomed, type Range } from './model/range.ts';
import {
  channelSettings,
  defaultSettings,
  extentOf,
  MOST_GAIN,
  scaleGroup,
  shownTraces,
  type ChannelSettings,
  type ViewSettings,
} from './model/settings.ts';
import type { OtherDevice } from './model/other-clocks.ts';
import type { SpikeView } from './model/spike-view.ts';
import { fittingScale, frameStatistics } from './model/statistics.ts';

/** A place in the signals: a time, and the channel whose value is read there. */
export interface Cursor {
  readonly time: number;
  readonly channel: string | null;
  /** Column of the plot under the pointer, where there are several. */
  readonly column?: number;
}

/** The events of a range. */
export interface EventView {
  readonly channels: string;
  readonly range: Range;
  readonly events: readonly SignalEvent[];
  /** All events of the range; more than `events` holds when there are too many. */
  readonly total: number;
}

/** All that one trace view knows. Written through the functions of {@link TraceStore} and by the loader only. */
export interface TraceState {
  readonly source: SignalSource;
  readonly info: RecordingInfo;
  readonly extent: Range;
  readonly settings: ViewSettings;
  readonly range: Range;
  readonly history: RangeHistory;
  /** CSS pixels of the plot; 0 until it is laid out. */
  readonly width: number;
  /** Every frame that is in memory, for the painter to choose from. */
  readonly frames: readonly ViewFrame[];
  readonly loading: boolean;
  readonly error: NdiError | null;
  readonly events: EventView | null;
  /** Sorted units of the source; empty until somebody wants to see them. */
  readonly units: readonly Unit[];
  readonly spikes: SpikeView | null;
  /** Devices that ran meanwhile, with the way to their clocks. */
  readonly others: readonly OtherDevice[];
  /** Events of a channel of another device that are shown, on the source's clock. */
  readonly otherEvents: { readonly name: string; readonly times: readonly number[] } | null;
  /** Where another view of the session points to, on this clock. */
  readonly linked: number | null;
  /** Under the pointer. */
  readonly hover: Cursor | null;
  /** Set by a click or by the keyboard. */
  readonly cursor: Cursor | null;
  /** From which the cursor is measured. */
  readonly mark: Cursor | null;
  /** Time that Alt and a drag have marked so far. */
  readonly box: Range | null;
}

export type TraceStore = StoreApi<TraceState>;

export const rangeOf = (state: TraceState): Range => state.range;

/**
 * How a change of the range counts in the history: a `jump` is a step of its own, `repeat`s that follow each other
 * quickly (turns of the wheel, held keys) are one, and a movement that `goesOn` (a drag) belongs to its start.
 */
type Movement = 'jump' | 'repeat' | 'goesOn';

/** Repeats within this time are one step of the history. */
const BURST_MS = 600;
const lastRepeat = new WeakMap<TraceStore, number>();

export function createTraceStore(source: SignalSource, info: RecordingInfo, kept?: ViewSettings): TraceStore {
  const extent = extentOf(info);
  const settings = kept ?? defaultSettings(info);
  const range = settings.range === null ? firstRange(extent) : clamped(settings.range, extent);
  return createStore<TraceState>()(() => ({
    source,
    info,
    extent,
    settings,
    range,
    history: noHistory,
    width: 0,
    frames: [],
    loading: false,
    error: null,
    events: null,
    units: [],
    spikes: null,
    others: [],
    otherEvents: null,
    linked: null,
    hover: null,
    cursor: null,
    mark: null,
    box: null,
  }));
}

/** Shows another range and remembers the one before. */
export function goTo(store: TraceStore, range: Range, movement: Movement = 'jump'): void {
  const { range: now, history } = store.getState();
  if (sameRange(range, now)) return;
  const time = Date.now();
  const burst = movement === 'repeat' && time - (lastRepeat.get(store) ?? -BURST_MS) < BURST_MS;
  if (movement === 'repeat') lastRepeat.set(store, time);
  else lastRepeat.delete(store);
  store.setState({ range, history: burst || movement === 'goesOn' ? history : leave(history, now) });
}

export function zoomBy(store: TraceStore, factor: number, at?: number): void {
  const { range, extent, cursor } = store.getState();
  const middle = (range.t0 + range.t1) / 2;
  const cursorTime = cursor !== null && cursor.time >= range.t0 && cursor.time <= range.t1 ? cursor.time : undefined;
  goTo(store, zoomed(range, factor, at ?? cursorTime ?? middle, extent), 'repeat');
}

/** Moves by a share of the visible span. */
export function panBy(store: TraceStore, share: number): void {
  const { range, extent } = store.getState();
  goTo(store, panned(range, (range.t1 - range.t0) * share, extent), 'repeat');
}

export function goToSpan(store: TraceStore, seconds: number): void {
  const { range, extent } = store.getState();
  goTo(store, withSpan(range, seconds, extent));
}

/** Brings a time to the left edge, with the span as it is. */
export function goToTime(store: TraceStore, time: number): void {
  const { range, extent } = store.getState();
  goTo(store, clamped({ t0: time, t1: time + (range.t1 - range.t0) }, extent));
}

export function fit(store: TraceStore): void {
  goTo(store, fitted(store.getState().extent));
}

export function goBack(store: TraceStore): void {
  const { range, history } = store.getState();
  const step = back(history, range);
  if (step !== null) store.setState(step);
}

export function goForward(store: TraceStore): void {
  const { range, history } = store.getState();
  const step = forward(history, range);
  if (step !== null) store.setState(step);
}

export function change(store: TraceStore, changed: Partial<ViewSettings>): void {
  store.setState(({ settings }) => ({ settings: { ...settings, ...changed } }));
}

export function changeChannels(store: TraceStore, names: readonly string[], changed: Partial<ChannelSettings>): void {
  changeEach(store, names, () => changed);
}

/** Shows the wanted ones of some channels and hides the rest of them, in one step: the picture is asked for once. */
export function showOnly(store: TraceStore, names: readonly string[], wanted: ReadonlySet<string>): void {
  changeEach(store, names, (name) => ({ visible: wanted.has(name), solo: false }));
}

function changeEach(
  store: TraceStore,
  names: readonly string[],
  changed: (name: string) => Partial<ChannelSettings>,
): void {
  const { settings } = store.getState();
  const updated = names.map((name) => [name, { ...channelSettings(settings, name), ...changed(name) }] as const);
  change(store, { channels: { ...settings.channels, ...Object.fromEntries(updated) } });
}

export function gainBy(store: TraceStore, factor: number): void {
  const gain = store.getState().settings.gain * factor;
  change(store, { gain: Math.min(Math.max(gain, 1 / MOST_GAIN), MOST_GAIN) });
}

/** Finds the scale of every group from what is seen; those that are known stay unless `anew`. */
export function autoScale(store: TraceStore, anew: boolean): void {
  const state = store.getState();
  const { info, settings } = state;
  const wanted = shownTraces(info, settings).filter(
    (channel) => anew || settings.scales[scaleGroup(channel, settings)] === undefined,
  );
  if (wanted.length === 0 && !anew) return;
  const { pieces } = coverOf(state);
  const heights = new Map<string, number[]>();
  for (const channel of wanted) {
    const group = scaleGroup(channel, settings);
    const list = heights.get(group) ?? [];
    heights.set(group, list);
    for (const { frame } of pieces) {
      const height = frameStatistics(frame).get(channel.name)?.height;
      if (height !== undefined) list.push(height);
    }
  }
  const scales = { ...settings.scales };
  for (const [group, list] of heights) {
    const scale = fittingScale(list);
    if (scale !== undefined) scales[group] = scale;
  }
  change(store, anew ? { scales, gain: 1 } : { scales });
}

/**
 * What the frames in memory show of the range: those with every channel first, others where these leave holes. Many
 * ask for the same one in each frame of a gesture: it is worked out once.
 */
export function coverOf(state: TraceState): Cover {
  const { frames, range, width, settings } = state;
  const known = covers.get(frames);
  if (known?.range === range && known.width === width && known.settings === settings) return known.cover;
  const cover = findCover(state);
  covers.set(frames, { range, width, settings, cover });
  return cover;
}

type Covered = Pick<TraceState, 'range' | 'width' | 'settings'> & { readonly cover: Cover };
const covers = new WeakMap<TraceState['frames'], Covered>();

/** The same for a state that nobody else will ask about. */
export function findCover({ frames, range, width, info, settings }: TraceState, sharpEnough?: number): Cover {
  const names = shownTraces(info, settings).map((channel) => channel.name);
  const complete = frames.filter((frame) => hasChannels(frame, names));
  const cover = coverWith(range, width, complete, sharpEnough);
  if (cover.blurred === null || complete.length === frames.length) return cover;
  const fallback = coverWith(range, width, frames);
  const covered = (pieces: Cover['pieces']) => pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  return covered(fallback.pieces) > covered(cover.pieces) * 1.001 ? { ...fallback, blurred: range } : cover;
}

export function hasChannels(frame: ViewFrame, names: readonly string[]): boolean {
  const known = channelsOf(frame);
  return names.every((name) => known.has(name));
}

/** The channels of a frame by name; worked out once a frame. */
export function channelsOf(frame: ViewFrame): ReadonlyMap<string, ViewFrame['header']['channels'][number]> {
  let known = byName.get(frame);
  if (known === undefined) {
    known = new Map(frame.header.channels.map((channel) => [channel.name, channel]));
    byName.set(frame, known);
  }
  return known;
}

const byName = new WeakMap<ViewFrame, ReadonlyMap<string, ViewFrame['header']['channels'][number]>>();
