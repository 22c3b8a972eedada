import type { RecordingInfo, SignalEvent } from '../../shared/contract/recordings.ts';
import type { ErrorReport } from '../../shared/model/errors.ts';
import type { Precision } from '../../shared/model/sample-frame.ts';
import type { PixelArray } from '../../shared/model/pixels.ts';
import type { ViewFrame } from '../../shared/model/view-frame.ts';
import type { ImageAddress } from '../formats/images/open-images.ts';
import type { NearMiss, Sniff } from '../formats/format.ts';
import type { ExactEnvelope } from '../signal/columns.ts';
import type { DecimateQuery } from '../signal/decimate.ts';
import type { SampleBlock, SampleLayout, SamplesQuery } from '../signal/samples.ts';
import type { PyraviewLevels } from '../signal/pyramid/pyraview.ts';
import type { StoredPreview } from '../signal/pyramid/stored-preview.ts';
import type { PyramidAccess } from '../signal/pyramid/access.ts';
import type { ViewPart, ViewQuery } from '../signal/view.ts';
import type { DescribedImages } from '../formats/images/image-cache.ts';
import type { FolderScan, ScanProgress } from './scan-folder.ts';
import type { FilledMemory } from './shared-memory.ts';

/** Everything that a worker thread can be asked: what goes in and what comes out. */
interface WorkerRequests {
  recognise: { input: { path: string }; output: { sniffs: readonly Sniff[]; nearMisses: readonly NearMiss[] } };
  describe: { input: { path: string }; output: RecordingInfo };
  /** Bytes that must be read for a view: tells into how many parts it is worth to be split. */
  cost: { input: ViewInput; output: number };
  /** What it costs when that is more than `maxBytes`: ask for its parts. */
  view: {
    input: ViewInput & { maxBytes: number };
    output: ViewFrame | number;
  };
  viewPart: { input: PartInput; output: ViewFrame };
  envelopePart: { input: PartInput; output: ExactEnvelope };
  /** Without memory when it costs more than `maxBytes`: let parts of it be filled in. */
  read: {
    input: { path: string; query: SamplesQuery; precision: Precision; maxBytes: number };
    output: { layout: SampleLayout; roomBytes: number; memory: ArrayBuffer | null };
  };
  /** Writes one part of the time of all channels into memory laid out as `read` told, in a room of its own there. */
  fillPart: {
    input: {
      path: string;
      query: SamplesQuery;
      precision: Precision;
      part: ViewPart;
      into: FilledMemory;
      values: number;
      room: { at: number; bytes: number };
    };
    output: null;
  };
  /** Every n-th sample, after a low-pass. */
  decimate: { input: { path: string; query: DecimateQuery }; output: SampleBlock };
  events: { input: { path: string; query: EventsQuery }; output: { events: SignalEvent[]; total: number } };
  describeImages: { input: { address: ImageAddress }; output: DescribedImages };
  readFrame: { input: FrameQuery; output: { values: PixelArray } };
  /** How many there are in each of some equal parts of the range. */
  eventCounts: { input: { path: string; query: EventCountsQuery }; output: number[] };
  scanFolder: { input: { folder: string; only?: readonly string[] | undefined }; output: FolderScan };
  clearCaches: { input: null; output: null };
  planPyramid: { input: { path: string }; output: PyramidSize };
  /** Makes the empty files of a pyramid. */
  beginPyramid: { input: { path: string; folder: string }; output: null };
  /** Builds the parts [from, to). */
  buildPyramid: { input: { path: string; folder: string; stamp: string; from: number; to: number }; output: null };
  /** Writes a built pyramid for some channels as NDI keeps previews, into a folder. */
  writePyraview: {
    input: { path: string; folder: string; channels: readonly string[]; out: string };
    output: PyraviewLevels;
  };
  /** Waits until what was built is on the disk. */
  syncPyramid: { input: { path: string; folder: string }; output: null };
}

export interface FrameQuery {
  readonly address: ImageAddress;
  /** Index on each axis of the layout, from 0. */
  readonly at: readonly number[];
  /** Only every such row and column. */
  readonly step: number;
}

interface ViewInput {
  path: string;
  query: ViewQuery;
  pyramid?: PyramidAccess | undefined;
  /** Levels of some channels that a session keeps. */
  previews?: readonly StoredPreview[] | undefined;
}

interface PartInput extends ViewInput {
  part: ViewPart;
}

/** What the pyramid of a recording would take. */
export interface PyramidSize {
  /** What the files of the recording are: changes whenever one of them does. */
  readonly stamp: string;
  /** Bytes of samples in the recording; 0 parts where a pyramid would not help. */
  readonly sampleBytes: number;
  readonly parts: number;
  /** Bytes of the pyramid. */
  readonly bytes: number;
}

export interface EventsQuery {
  readonly channels: string;
  /** Seconds, half-open. */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly timeShift?: number;
}

/** Channels of events, and how many equal parts of the range are told apart. */
export interface EventCountsQuery extends Omit<EventsQuery, 'limit'> {
  readonly bins: number;
}

export type RequestKind = keyof WorkerRequests;
export type RequestInput<K extends RequestKind> = WorkerRequests[K]['input'];
export type RequestOutput<K extends RequestKind> = WorkerRequests[K]['output'];

/** To a worker. It works on one request at a time. */
export interface RequestMessage<K extends RequestKind = RequestKind> {
  readonly kind: K;
  readonly input: RequestInput<K>;
  /**
   * Two i32. The first is not 0 when the request is cancelled; it is looked at between chunks of work. The second counts
   * signs of life.
   */
  readonly cancelFlag: SharedArrayBuffer;
}

/** From a worker: any number of `progress`, then one of the others. */
export type ReplyMessage =
  | { readonly type: 'progress'; readonly progress: ScanProgress }
  | { readonly type: 'done'; readonly output: unknown; readonly cacheBytes: number }
  | { readonly type: 'failed'; readonly error: ErrorReport; readonly cacheBytes: number };
