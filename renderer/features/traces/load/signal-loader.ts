import { toNdiError } from '../../../../shared/contract/client-errors.ts';
import type { SignalProcessing, SignalSource } from '../../../../shared/contract/recordings.ts';
import { decodeViewFrame, type ViewFrame } from '../../../../shared/model/view-frame.ts';
import { client } from '../../../state/client.ts';
import { processingOf } from '../model/processing.ts';
import { span, type Range } from '../model/range.ts';
import { decodeSpikeFrame } from '../../../../shared/model/spike-frame.ts';
import { shownEvents } from '../model/settings.ts';
import type { SpikeView } from '../model/spike-view.ts';
import { unitsById } from '../model/units.ts';
import {
  autoScale,
  coverOf,
  findCover,
  hasChannels,
  type EventView,
  type TraceState,
  type TraceStore,
} from '../trace-store.ts';
import { FrameCache } from './frame-cache.ts';
import { ahead, frameQuestion, MOST_COLUMNS, type FrameQuestion } from './frame-question.ts';
import { LatestOnly } from './latest-only.ts';

/** Events of one view: more cannot be told apart on a screen, the rest is counted. */
const MOST_EVENTS = 20_000;
/** Ticks of all units together: hundreds of units have fewer columns each, which nobody can tell. */
const MOST_TICKS = 300_000;
const LEAST_COLUMNS = 256;
/** The neighbours of a view are fetched once nothing else is to do, if a view is no larger than this. */
const PREFETCH_AFTER_MS = 200;
const PREFETCH_UP_TO_BYTES = 3 * 1024 * 1024;
/**
 * While a view is moved its columns may be half as wide or wide again as pixels before others are asked for: nobody can
 * tell, and who zooms needs a fifth of the answers. It counts as moved until it has rested for so long.
 */
const SHARP_WHILE_MOVED = 0.6;
const REST_MS = 100;
/** A picture that is sampled is asked for again while the overview is built. */
const SHARPEN_AFTER_MS = 350;

interface EventQuestion {
  readonly channels: string;
  readonly range: Range;
}

interface SpikeQuestion {
  readonly ids: readonly string[];
  readonly range: Range;
  readonly columns: number;
}

/**
 * Keeps the frames, events and spikes of a trace view in step with what it shows: queues that coalesce on their own, and
 * nothing at all while the view is hidden. (Drawing belongs to the plot.)
 */
export class SignalLoader {
  readonly #store: TraceStore;
  readonly #cache = new FrameCache();
  readonly #frames: LatestOnly<FrameQuestion, ViewFrame>;
  readonly #events: LatestOnly<EventQuestion, EventView>;
  readonly #spikes: LatestOnly<SpikeQuestion, SpikeView>;
  /** What was done to the frames in memory. */
  #processing: SignalProcessing | undefined;
  #stop: (() => void) | undefined;
  #prefetchTimer: ReturnType<typeof setTimeout> | undefined;
  #prefetching: AbortController | undefined;
  #sharpenTimer: ReturnType<typeof setTimeout> | undefined;
  #restTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: TraceStore) {
    this.#store = store;
    const failed = (_question: unknown, thrown: unknown) => {
      store.setState({ error: toNdiError(thrown) });
    };
    this.#frames = new LatestOnly<FrameQuestion, ViewFrame>({
      ask: (question, signal) => askFrame(this.#source, question, signal),
      answered: ({ processing }, frame) => {
        // Frames of another band stand in until the first of this one is there.
        if (!isSame(processing, this.#processing)) this.#cache.clear();
        this.#processing = processing;
        this.#keep(frame);
        store.setState({ error: null });
        autoScale(store, false);
      },
      failed,
      busy: (loading) => {
        store.setState({ loading });
        if (!loading) this.#afterLoading();
      },
    });
    this.#events = new LatestOnly<EventQuestion, EventView>({
      ask: (question, signal) => askEvents(this.#source, question, signal),
      answered: (_question, events) => {
        store.setState({ events });
      },
      failed,
    });
    this.#spikes = new LatestOnly<SpikeQuestion, SpikeView>({
      ask: (question, signal) => askSpikes(this.#source, question, signal),
      answered: (_question, spikes) => {
        store.setState({ spikes });
      },
      failed,
    });
  }

  /** Begins to follow the view; the returned function ends it and aborts what is under way. */
  start(): () => void {
    this.#stop = this.#store.subscribe((state, before) => {
      const moved = state.range !== before.range || state.width !== before.width;
      const { channels, processing, density } = state.settings;
      const other = channels !== before.settings.channels || density !== before.settings.density;
      if (moved || state.units !== before.units || state.settings.units !== before.settings.units) {
        this.#followSpikes(state);
      }
      if (other || processing !== before.settings.processing) this.#follow(state);
      else if (moved) this.#followMovement(state);
    });
    this.#follow(this.#store.getState());
    this.#followSpikes(this.#store.getState());
    return () => {
      this.#stop?.();
      clearTimeout(this.#sharpenTimer);
      clearTimeout(this.#restTimer);
      this.#restTimer = undefined;
      this.#frames.cancel();
      this.#events.cancel();
      this.#spikes.cancel();
      this.#endPrefetch();
    };
  }

  /** Asks again after a failure. */
  retry(): void {
    this.#store.setState({ error: null });
    this.#follow(this.#store.getState());
  }

  get #source(): SignalSource {
    return this.#store.getState().source;
  }

  /** A single step asks for its picture at once; of a movement each is good enough for a while, and the last one exact. */
  #followMovement(state: TraceState): void {
    const isMovement = this.#restTimer !== undefined;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.#restTimer = undefined;
      this.#follow(this.#store.getState());
    }, REST_MS);
    this.#follow(state, isMovement ? SHARP_WHILE_MOVED : undefined);
  }

  #follow(state: TraceState, sharpEnough?: number): void {
    if (state.width < 1) return;
    this.#endPrefetch();
    clearTimeout(this.#sharpenTimer);
    const cover = sharpEnough === undefined ? coverOf(state) : findCover(state, sharpEnough);
    const processing = processingOf(state.settings.processing);
    const isProcessed = isSame(processing, this.#processing);
    const wanted = !isProcessed ? state.range : cover.blurred === null ? null : ahead(cover.blurred, state);
    const question = wanted === null ? null : frameQuestion(state, wanted, processing);
    if (question !== null && question.channels.length > 0) this.#frames.want(question);
    else {
      this.#cache.touch(new Set(cover.pieces.map((piece) => piece.frame)));
      this.#prefetchSoon();
    }
    this.#followEvents(state);
  }

  #followEvents({ info, settings, range, events }: TraceState): void {
    const channels = shownEvents(info, settings)
      .map((channel) => channel.name)
      .join(',');
    if (channels === '') {
      if (events !== null) this.#store.setState({ events: null });
      return;
    }
    const known =
      events !== null &&
      events.channels === channels &&
      events.range.t0 <= range.t0 &&
      events.range.t1 >= range.t1 &&
      events.total === events.events.length;
    const room = span(range) / 2;
    if (!known) this.#events.want({ channels, range: { t0: range.t0 - room, t1: range.t1 + room } });
  }

  #followSpikes({ settings, units, range, width, spikes }: TraceState): void {
    const known = unitsById(units);
    const ids = settings.units.shown.filter((id) => known.has(id));
    if (width < 1 || ids.length === 0) {
      this.#spikes.cancel();
      if (spikes !== null) this.#store.setState({ spikes: null });
      return;
    }
    const room = span(range) / 2;
    const columns = Math.min(
      MOST_COLUMNS,
      Math.round(2 * width),
      Math.max(LEAST_COLUMNS, Math.floor(MOST_TICKS / ids.length)),
    );
    if (spikes !== null && holds(spikes, ids, range, (2 * span(range)) / columns)) return;
    this.#spikes.want({ ids, range: { t0: range.t0 - room, t1: range.t1 + room }, columns });
  }

  #keep(frame: ViewFrame): void {
    this.#cache.add(frame);
    this.#store.setState({ frames: this.#cache.frames });
  }

  /** What is sampled so far gets sharper with every part of the overview that is built. */
  #afterLoading(): void {
    const state = this.#store.getState();
    const sampled = coverOf(state).pieces.some(({ frame }) => frame.header.sampled > 0);
    clearTimeout(this.#sharpenTimer);
    if (sampled && state.error === null) {
      this.#sharpenTimer = setTimeout(() => this.#follow(this.#store.getState()), SHARPEN_AFTER_MS);
    } else this.#prefetchSoon();
  }

  #prefetchSoon(): void {
    clearTimeout(this.#prefetchTimer);
    this.#prefetchTimer = setTimeout(() => void this.#prefetch(), PREFETCH_AFTER_MS);
  }

  #endPrefetch(): void {
    clearTimeout(this.#prefetchTimer);
    this.#prefetching?.abort();
    this.#prefetching = undefined;
  }

  async #prefetch(): Promise<void> {
    const state = this.#store.getState();
    const { range, extent, error } = state;
    const { channels, columns } = frameQuestion(state, range, this.#processing);
    const tooLarge = channels.length * columns * 8 > PREFETCH_UP_TO_BYTES;
    if (error !== null || channels.length === 0 || tooLarge || coverOf(state).blurred !== null) return;
    const controller = new AbortController();
    this.#prefetching = controller;
    for (const side of [1, -1]) {
      const page = { t0: range.t0 + side * span(range), t1: range.t1 + side * span(range) };
      const { blurred } = findCover({ ...state, range: page });
      if (page.t1 <= extent.t0 || page.t0 >= extent.t1 || blurred === null) continue;
      try {
        const question = frameQuestion(state, blurred, this.#processing);
        const frame = await askFrame(this.#source, question, controller.signal);
        if (controller.signal.aborted || !hasChannels(frame, channels)) return;
        this.#keep(frame);
      } catch {
        // Nobody asked for it yet: if it fails again when it is needed, it is told.
        return;
      }
    }
  }
}

function isSame(a: SignalProcessing | undefined, b: SignalProcessing | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

async function askFrame(
  source: SignalSource,
  { channels, range, columns, processing }: FrameQuestion,
  signal: AbortSignal,
): Promise<ViewFrame> {
  const request = { source, channels: channels.join(','), ...range, columns, sketch: true, processing };
  return decodeViewFrame(await client.signals.view(request, { signal }));
}

/** Whether what is known of the spikes is as good as what would be asked. */
function holds({ ids, frame, column }: SpikeView, wanted: readonly string[], range: Range, wide: number): boolean {
  const { t0, t1, units } = frame.header;
  const isWhole = units.every(({ count, total }) => count === total);
  return (
    ids.length === wanted.length &&
    ids.every((id, index) => id === wanted[index]) &&
    t0 <= range.t0 &&
    t1 >= range.t1 &&
    (isWhole || column <= wide * 1.1)
  );
}

async function askSpikes(
  source: SignalSource,
  { ids, range, columns }: SpikeQuestion,
  signal: AbortSignal,
): Promise<SpikeView> {
  const bytes = await client.units.spikes({ source, units: [...ids], ...range, columns }, { signal });
  return { ids, frame: decodeSpikeFrame(bytes), column: span(range) / columns };
}

async function askEvents(
  source: SignalSource,
  { channels, range }: EventQuestion,
  signal: AbortSignal,
): Promise<EventView> {
  const answer = await client.signals.events(
    { source, channels, from: range.t0, to: range.t1, limit: MOST_EVENTS },
    { signal },
  );
  return { channels, range, ...answer };
}
