import { availableParallelism } from 'node:os';
import type { Envelope, RecordingInfo, Samples, SignalEvent } from '../../shared/contract/recordings.ts';
import type { ViewFrame } from '../../shared/model/view-frame.ts';
import type { PixelArray } from '../../shared/model/pixels.ts';
import type { Sniff } from '../formats/format.ts';
import type { ImageAddress } from '../formats/images/open-images.ts';
import { joinEnvelopes } from '../signal/columns.ts';
import { joinViews } from '../signal/join-views.ts';
import type { DecimateQuery } from '../signal/decimate.ts';
import type { SampleBlock, SamplesQuery } from '../signal/samples.ts';
import type { PyraviewLevels } from '../signal/pyramid/pyraview.ts';
import type { StoredPreview } from '../signal/pyramid/stored-preview.ts';
import type { PyramidAccess } from '../signal/pyramid/access.ts';
import type { ViewPart, ViewQuery } from '../signal/view.ts';
import { WorkerPool } from './pool.ts';
import { buildPyramid } from './build-pyramid.ts';
import { cancelTogether } from './cancel-together.ts';
import { SampleReader, type HeldSamples } from './sample-reader.ts';
import type { DescribedImages } from '../formats/images/image-cache.ts';
import type { EventCountsQuery, EventsQuery, FrameQuery, PyramidSize } from './requests.ts';
import type { FolderScan, ScanProgress } from './scan-folder.ts';

export type { PyramidSize } from './requests.ts';
export type { FolderScan } from './scan-folder.ts';

/**
 * Recordings, read off the main thread. `path` is a file or folder as `recognise` gives it. Every call can be
 * cancelled: it fails with app.cancelled at once, and the work stops at the next chunk.
 */
export interface DataWorkers {
  /** What a file or folder is; [] when no format knows it. @throws NdiError path.* */
  recognise(path: string, signal?: AbortSignal): Promise<readonly Sniff[]>;
  /**
   * Looks at a folder and all below it, or at some files of it only; every recording found is opened.
   * @throws NdiError path.*, app.cancelled
   */
  scanFolder(
    folder: string,
    options?: {
      onProgress?: (progress: ScanProgress) => void;
      signal?: AbortSignal | undefined;
      only?: readonly string[] | undefined;
    },
  ): Promise<FolderScan>;
  /** The headers. @throws NdiError path.*, format.* */
  describe(path: string, signal?: AbortSignal): Promise<RecordingInfo>;
  /**
   * What a screen shows of a range.
   * @param previews levels of some channels that a session keeps
   * @throws NdiError range.*, channel.notFound, path.*, format.*, app.cancelled
   */
  view(
    path: string,
    query: ViewQuery,
    signal?: AbortSignal,
    pyramid?: PyramidAccess,
    previews?: readonly StoredPreview[],
  ): Promise<ViewFrame>;
  /** Exact min/max columns. @throws as `view` */
  envelope(path: string, query: ViewQuery, signal?: AbortSignal, pyramid?: PyramidAccess): Promise<Envelope>;
  /** What the pyramid of a recording would take. @throws as `describe` */
  planPyramid(path: string, signal?: AbortSignal): Promise<PyramidSize>;
  /**
   * Builds the parts of a pyramid that are not there yet, by all threads of a pool of its own; marks each in `ready`.
   * @param isNew whether its files are to be made first
   * @param onPart told after every few parts
   * @param sync told with what is on the disk for certain, now and then and at the end
   * @throws as `view`, path.noSpace
   */
  buildPyramid(
    path: string,
    access: PyramidAccess,
    options: { isNew: boolean; onPart: () => void; onSynced: () => void; signal: AbortSignal },
  ): Promise<void>;
  /** Exact samples; numbers that are not finite are null. @throws as `view` */
  read(path: string, query: SamplesQuery, signal?: AbortSignal): Promise<Samples>;
  /** The same as typed arrays, with NaN in gaps, and where each stretch without a gap lies. */
  readArrays(path: string, query: SamplesQuery, signal?: AbortSignal): Promise<HeldSamples<Float64Array>>;
  /** The same rounded once to 32 bits, in half the time and memory: for drawing, and for files of such floats. */
  readSingles(path: string, query: SamplesQuery, signal?: AbortSignal): Promise<HeldSamples<Float32Array>>;
  /** Every n-th sample, after a low-pass. @throws as `view` */
  decimate(path: string, query: DecimateQuery, signal?: AbortSignal): Promise<SampleBlock>;
  /** Writes a built pyramid for some channels as NDI keeps previews. @throws as `describe`, format.unsupported */
  writePyraview(
    path: string,
    folder: string,
    channels: readonly string[],
    out: string,
    signal?: AbortSignal,
  ): Promise<PyraviewLevels>;
  events(path: string, query: EventsQuery, signal?: AbortSignal): Promise<{ events: SignalEvent[]; total: number }>;
  /** Size, type and axes of frames, and of an epoch's files when they were taken. @throws NdiError path.*, format.* */
  describeImages(address: ImageAddress, signal?: AbortSignal): Promise<DescribedImages>;
  /** One frame. @throws NdiError range.*, path.*, format.*, app.cancelled */
  readFrame(query: FrameQuery, signal?: AbortSignal): Promise<PixelArray>;
  eventCounts(path: string, query: EventCountsQuery, signal?: AbortSignal): Promise<number[]>;
  /** About how much memory the caches of headers take. */
  cacheBytes(): number;
  clearCaches(): Promise<void>;
  /** Number of threads. */
  readonly size: number;
  close(): Promise<void>;
}

/** What one thread does by itself; more is split by time over all of them, which costs the putting together. */
const SPLIT_BYTES = 32 << 20;
/** Parts of long work are no longer than this, so that short requests come in between. */
const PART_BYTES = 256 << 20;

/** Starts the threads (as many as there are cores, 2 to 4); each begins when it is first needed. */
export function startDataWorkers({ threads }: { threads?: number } = {}): DataWorkers {
  const size = threads ?? Math.min(4, Math.max(2, availableParallelism()));
  const pool = new WorkerPool(size);
  // A scan may take minutes: it has a thread of its own, so that views go on.
  const scanner = new WorkerPool(1);
  // So has the building of pyramids, which takes all cores that nobody else wants.
  const builders = new WorkerPool(size);

  /** Parts into which a view of so many bytes is split. */
  const partsOf = (bytes: number, columns: number): ViewPart[] => {
    const wanted = bytes <= SPLIT_BYTES ? 1 : Math.max(size, Math.ceil(bytes / PART_BYTES));
    const of = Math.min(columns, wanted);
    return Array.from({ length: of }, (_, index) => ({ index, of }));
  };
  const inParts = async <K extends 'viewPart' | 'envelopePart'>(
    kind: K,
    cost: number,
    path: string,
    query: ViewQuery,
    signal: AbortSignal | undefined,
    pyramid: PyramidAccess | undefined,
    previews?: readonly StoredPreview[],
  ) => {
    const parts = partsOf(cost, query.columns);
    return await cancelTogether(signal, (common) =>
      parts.map((part) =>
        pool.run(kind, { path, query, part, pyramid, previews }, { signal: common, background: parts.length > 1 }),
      ),
    );
  };

  const samples = new SampleReader(pool);

  return {
    recognise: async (path, signal) => (await pool.run('recognise', { path }, { signal })).sniffs,
    scanFolder: (folder, { onProgress = () => undefined, signal, only } = {}) =>
      scanner.run('scanFolder', { folder, only }, { onProgress, signal }),
    describe: (path, signal) => pool.run('describe', { path }, { signal }),
    view: async (path, query, signal, pyramid, previews) => {
      const whole = await pool.run('view', { path, query, maxBytes: SPLIT_BYTES, pyramid, previews }, { signal });
      if (typeof whole !== 'number') return whole;
      return joinViews(await inParts('viewPart', whole, path, query, signal, pyramid, previews));
    },
    planPyramid: (path, signal) => pool.run('planPyramid', { path }, { signal }),
    buildPyramid: (path, access, options) =>
      buildPyramid(builders, path, access, { ...options, isWanted: () => !pool.isIdle }),
    envelope: async (path, query, signal, pyramid) => {
      const cost = await pool.run('cost', { path, query, pyramid }, { signal });
      const parts = await inParts('envelopePart', cost, path, query, signal, pyramid);
      const { names, columns, values, level } = joinEnvelopes(parts);
      const listed = (from: number) => Array.from(values.subarray(from, from + columns), finiteOrNull);
      const channels = names.map((name, index) => ({
        name,
        min: listed(2 * columns * index),
        max: listed(2 * columns * index + columns),
      }));
      return { columns, t0: query.t0, t1: query.t1, channels, level };
    },
    read: async (path, query, signal) => {
      const { channels, t0, data, release } = await samples.read('double', path, query, signal);
      const listed = data.map((values) => Array.from(values, finiteOrNull));
      release();
      return {
        channels: channels.map(({ name, units, sampleRate }) => ({ name, units, sampleRate })),
        t0,
        data: listed,
      };
    },
    readArrays: (path, query, signal) => samples.read('double', path, query, signal),
    readSingles: (path, query, signal) => samples.read('single', path, query, signal),
    decimate: (path, query, signal) => pool.run('decimate', { path, query }, { signal, background: true }),
    writePyraview: (path, folder, channels, out, signal) =>
      builders.run('writePyraview', { path, folder, channels, out }, { signal }),
    events: (path, query, signal) => pool.run('events', { path, query }, { signal }),
    describeImages: (address, signal) => pool.run('describeImages', { address }, { signal }),
    readFrame: async (query, signal) => (await pool.run('readFrame', query, { signal })).values,
    eventCounts: (path, query, signal) => pool.run('eventCounts', { path, query }, { signal, background: true }),
    cacheBytes: () => pool.cacheBytes + scanner.cacheBytes + builders.cacheBytes + samples.keptBytes,
    clearCaches: async () => {
      await Promise.all([pool.runOnAll('clearCaches', null), builders.runOnAll('clearCaches', null)]);
    },
    size,
    close: async () => {
      await Promise.all([pool.close(), scanner.close(), builders.close()]);
    },
  };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
