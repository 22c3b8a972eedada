import { selectEvents } from '../signal/channel-selection.ts';
import type { SignalContext } from '../signal/chunks.ts';
import { computeExactEnvelope } from '../signal/columns.ts';
import { FileHandles } from '../signal/file-handles.ts';
import { Scratch, loadKernels } from '../signal/kernels.ts';
import { readSamples } from '../signal/samples.ts';
import { checkTimeRange } from '../signal/time-range.ts';
import { computeView, queryBytes } from '../signal/view.ts';
import { recognise } from '../formats/registry.ts';
import { RecordingCache } from './recording-cache.ts';
import type { EventsQuery, RequestInput, RequestKind, RequestOutput } from './requests.ts';
import { scanFolder, type ScanProgress } from './scan-folder.ts';

/** What a request may use while it runs. */
export interface Running {
  readonly isCancelled: () => boolean;
  readonly onProgress: (progress: ScanProgress) => void;
}

type Handlers = { [K in RequestKind]: (input: RequestInput<K>, running: Running) => RequestOutput<K> };

/** Does the work of one thread: one set of headers, handles and kernels. */
export class Answerer {
  readonly #cache = new RecordingCache();
  readonly #files = new FileHandles();
  readonly #scratch = new Scratch(loadKernels());

  /** @throws NdiError */
  answer<K extends RequestKind>(kind: K, input: RequestInput<K>, running: Running): RequestOutput<K> {
    return this.#handlers[kind](input, running);
  }

  get cacheBytes(): number {
    return this.#cache.bytes;
  }

  close(): void {
    this.#files.closeAll();
  }

  readonly #handlers: Handlers = {
    recognise: ({ path }) => recognise(path),
    describe: ({ path }) => this.#cache.open(path).info,
    cost: ({ path, query }) => queryBytes(this.#cache.open(path), query),
    view: ({ path, query, maxBytes }, running) => {
      const recording = this.#cache.open(path);
      if (queryBytes(recording, query) > maxBytes) return null;
      return computeView(this.#context(running), recording, query);
    },
    viewPart: ({ path, query, part }, running) =>
      computeView(this.#context(running), this.#cache.open(path), query, part),
    envelopePart: ({ path, query, part }, running) =>
      computeExactEnvelope(this.#context(running), this.#cache.open(path), query, part),
    read: ({ path, query }, running) => readSamples(this.#context(running), this.#cache.open(path), query),
    events: ({ path, query }) => this.#events(path, query),
    scanFolder: ({ folder }, { isCancelled, onProgress }) => scanFolder(folder, onProgress, isCancelled),
    clearCaches: () => {
      this.#cache.clear();
      this.#files.closeAll();
      return null;
    },
  };

  #context({ isCancelled }: Running): SignalContext {
    return { scratch: this.#scratch, files: this.#files, isCancelled };
  }

  #events(path: string, { channels, from, to, limit, timeShift = 0 }: EventsQuery) {
    checkTimeRange(from, to);
    const recording = this.#cache.open(path);
    const names = selectEvents(recording, channels);
    if (names.size === 0) return { events: [], total: 0 };
    const { events, total } = recording.readEvents(names, from - timeShift, to - timeShift, limit);
    if (timeShift === 0) return { events, total };
    return { events: events.map((event) => ({ ...event, time: event.time + timeShift })), total };
  }
}
