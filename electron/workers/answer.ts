import { forgetFolderNames } from '../formats/folder-names.ts';
import { cancelledError } from '../signal/cancelled.ts';
import { selectEvents } from '../signal/channel-selection.ts';
import type { SignalContext } from '../signal/chunks.ts';
import { computeExactEnvelope } from '../signal/columns.ts';
import { decimateSamples } from '../signal/decimate.ts';
import { mergeEvents, readDerivedEvents } from '../signal/derived-events.ts';
import { countEvents } from '../signal/event-counts.ts';
import { FileHandles } from '../signal/file-handles.ts';
import { FIRST_BYTE, Scratch, loadKernels } from '../signal/kernels.ts';
import { fillSamples, planSamples, valueBytes, valuesIn } from '../signal/samples.ts';
import { checkTimeRange } from '../signal/time-range.ts';
import { computeView, queryBytes, wholeView } from '../signal/view.ts';
import { openPyramid, planOf, type PyramidAccess } from '../signal/pyramid/access.ts';
import { openPreview, type StoredPreview } from '../signal/pyramid/stored-preview.ts';
import { buildPart, createLevelFiles, syncLevelFiles } from '../signal/pyramid/build.ts';
import { writePyraview } from '../signal/pyramid/pyraview.ts';
import { partAt } from '../signal/pyramid/plan.ts';
import { parseDerived } from '../../shared/model/derived-events.ts';
import { infoWithLimits } from '../signal/word-limits.ts';
import { NdiError } from '../../shared/model/errors.ts';
import type { OpenRecording } from '../formats/format.ts';
import { rangeBytes } from '../signal/chunks.ts';
import { openRecording, recognise } from '../formats/registry.ts';
import { isStimulusAddress, parseStimulusAddress } from '../formats/stimulus-files/address.ts';
import { openStimuli } from '../signal/stimulus-recording.ts';
import { ImageCache } from '../formats/images/image-cache.ts';
import { RecordingCache } from './recording-cache.ts';
import type { EventCountsQuery, EventsQuery, RequestInput, RequestKind, RequestOutput } from './requests.ts';
import { scanFolder, type ScanProgress } from './scan-folder.ts';
import { bufferOf } from './shared-memory.ts';

/** What a request may use while it runs. */
export interface Running {
  readonly isCancelled: () => boolean;
  readonly onProgress: (progress: ScanProgress) => void;
}

type Handlers = { [K in RequestKind]: (input: RequestInput<K>, running: Running) => RequestOutput<K> };

/** Does the work of one thread: one set of headers, handles and kernels. */
export class Answerer {
  readonly #cache: RecordingCache = new RecordingCache((path) => this.#openFresh(path));
  readonly #images = new ImageCache();
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
    describe: ({ path }) => infoWithLimits(this.#cache.open(path)),
    cost: ({ path, query, pyramid: access, previews: stored }) => {
      const { recording, pyramid, previews } = this.#open(path, access, stored, query.timeShift);
      return queryBytes(recording, query, pyramid, previews);
    },
    view: ({ path, query, maxBytes, pyramid: access, previews: stored }, running) => {
      const { recording, pyramid, previews } = this.#open(path, access, stored, query.timeShift);
      const cost = queryBytes(recording, query, pyramid, previews);
      if (cost > maxBytes) return cost;
      return computeView(this.#context(running), recording, query, wholeView, pyramid, previews);
    },
    viewPart: ({ path, query, part, pyramid: access, previews: stored }, running) => {
      const { recording, pyramid, previews } = this.#open(path, access, stored, query.timeShift);
      return computeView(this.#context(running), recording, query, part, pyramid, previews);
    },
    envelopePart: ({ path, query, part, pyramid: access }, running) => {
      const { recording, pyramid } = this.#open(path, access);
      return computeExactEnvelope(this.#context(running), recording, query, part, pyramid);
    },
    read: ({ path, query, precision, maxBytes }, running) => {
      const plan = planSamples(this.#cache.open(path), query);
      const { layout, costBytes, roomBytes } = plan;
      if (costBytes > maxBytes) return { layout, roomBytes, memory: null };
      const memory = new ArrayBuffer(valueBytes[precision] * layout.values);
      fillSamples(this.#context(running), plan, valuesIn(precision, memory, 0, layout.values));
      return { layout, roomBytes, memory };
    },
    fillPart: ({ path, query, precision, part, into, values, room }, running) => {
      const plan = planSamples(this.#cache.open(path), query);
      if (plan.layout.values !== values || plan.roomBytes !== room.bytes) throw changedMeanwhile(path);
      const context = this.#context(running);
      const inPlace = into instanceof SharedArrayBuffer ? null : new Scratch(loadKernels(undefined, into), room);
      const held = valuesIn(precision, bufferOf(into), FIRST_BYTE, values);
      fillSamples({ ...context, scratch: inPlace ?? context.scratch }, plan, held, part);
      return null;
    },
    decimate: ({ path, query }, running) => decimateSamples(this.#context(running), this.#cache.open(path), query),
    events: ({ path, query }, running) => this.#events(path, query, running),
    describeImages: ({ address }) => this.#images.describe(address),
    readFrame: ({ address, at, step }) => ({ values: this.#images.open(address).readFrame(at, step) }),
    eventCounts: ({ path, query }, running) => this.#eventCounts(path, query, running),
    scanFolder: ({ folder, only }, { isCancelled, onProgress }) => scanFolder(folder, onProgress, isCancelled, only),
    planPyramid: ({ path }) => {
      const recording = this.#cache.open(path);
      const { parts, bytes } = planOf(recording);
      return { stamp: this.#cache.stampOf(path), sampleBytes: sampleBytes(recording), parts, bytes };
    },
    beginPyramid: ({ path, folder }) => {
      createLevelFiles(planOf(this.#cache.open(path)), folder);
      return null;
    },
    buildPyramid: ({ path, folder, stamp, from, to }, running) => {
      const plan = planOf(this.#cache.open(path));
      if (this.#cache.stampOf(path) !== stamp) throw changedMeanwhile(path);
      for (let number = from; number < to; number++) {
        const part = partAt(plan, number);
        if (part !== undefined) buildPart(this.#context(running), plan, folder, part);
      }
      return null;
    },
    writePyraview: ({ path, folder, channels, out }, running) =>
      writePyraview(this.#context(running), planOf(this.#cache.open(path)), folder, channels, out),
    syncPyramid: ({ path, folder }) => {
      syncLevelFiles(planOf(this.#cache.open(path)), folder);
      return null;
    },
    clearCaches: () => {
      this.#cache.clear();
      this.#images.clear();
      this.#files.closeAll();
      forgetFolderNames();
      return null;
    },
  };

  #openFresh(path: string): OpenRecording {
    if (!isStimulusAddress(path)) return openRecording(path);
    const idle = { isCancelled: () => false, onProgress: () => undefined };
    const context = () => this.#context(idle);
    return openStimuli(parseStimulusAddress(path), path, (recording) => this.#cache.open(recording), context);
  }

  #open(path: string, access: PyramidAccess | undefined, stored: readonly StoredPreview[] = [], timeShift = 0) {
    const recording = this.#cache.open(path);
    const previews = stored.flatMap((preview) => openPreview(recording, preview, timeShift) ?? []);
    return { recording, pyramid: openPyramid(recording, this.#cache.stampOf(path), access), previews };
  }

  #context({ isCancelled }: Running): SignalContext {
    return { scratch: this.#scratch, files: this.#files, isCancelled };
  }

  #eventCounts(path: string, { channels, from, to, bins, timeShift = 0 }: EventCountsQuery, running: Running) {
    checkTimeRange(from, to);
    const recording = this.#cache.open(path);
    const names = selectEvents(recording, channels);
    return countEvents(
      (...range) => {
        if (running.isCancelled()) throw cancelledError();
        return recording.readEvents(names, ...range);
      },
      { from: from - timeShift, to: to - timeShift, bins },
    );
  }

  #events(path: string, { channels, from, to, limit, timeShift = 0 }: EventsQuery, running: Running) {
    checkTimeRange(from, to);
    const recording = this.#cache.open(path);
    const { derived, stored } = splitDerived(channels);
    const names = stored === '' ? new Set<string>() : selectEvents(recording, stored);
    const range = [from - timeShift, to - timeShift, limit] as const;
    const told = names.size === 0 ? { events: [], total: 0 } : recording.readEvents(names, ...range);
    const found =
      derived.length === 0
        ? told
        : mergeEvents(told, readDerivedEvents(this.#context(running), recording, derived, ...range), limit);
    if (timeShift === 0) return found;
    const events = found.events.map((event) => ({ ...event, time: event.time + timeShift }));
    return { events, total: found.total };
  }
}

/** Derived channels of a list, and the rest of it. */
function splitDerived(list: string) {
  const items = list.split(',').map((item) => ({ item, derived: parseDerived(item) }));
  return {
    derived: items.flatMap(({ derived }) => derived ?? []),
    stored: items
      .filter(({ derived }) => derived === null)
      .map(({ item }) => item)
      .join(','),
  };
}

function sampleBytes({ streams }: OpenRecording): number {
  const runs = streams.flatMap((stream) => stream.runs);
  return runs.reduce((sum, run) => sum + rangeBytes(run, run.samples), 0);
}

function changedMeanwhile(path: string): NdiError {
  return new NdiError({
    code: 'path.vanished',
    message: `${path} has changed while it was read.`,
    recovery: 'Open it again.',
    details: { path },
  });
}
