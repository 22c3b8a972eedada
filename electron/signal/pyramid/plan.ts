import { lastNotAfter } from '../../../shared/model/rising.ts';
import type { BlockRun, OpenRecording, SignalStream, StreamChannel } from '../../formats/format.ts';
import { groupColumns, isInterleaved, placeInGroups } from '../column-groups.ts';
import { pyraHeaderBytes } from './pyra-file.ts';

/** How finely levels are made, and from which size on. */
export interface PyramidScale {
  /** Samples behind one cell of each level; each is a multiple of the one before. */
  readonly factors: readonly number[];
  /** About what one part reads of the recording. */
  readonly partBytes: number;
  /** Streams whose runs are shorter than this on average are read quickly as they are. */
  readonly leastSamples: number;
}

/** The factors are those of NDI's `pyraview` documents: 100, then tens. */
const ourScale: PyramidScale = {
  factors: [100, 1000, 10_000, 100_000],
  partBytes: 24 * 1024 * 1024,
  leastSamples: 10_000,
};

/** One level of one stream: a file of rows, run after run; each run begins with a row of its own. */
export interface LevelPlan {
  readonly factor: number;
  readonly file: string;
  readonly rows: number;
  /** Row of the first cell of each run. */
  readonly firstRows: Float64Array;
}

/** How the levels of one stream are laid out. A row has a minimum and a maximum of every word (or value). */
export interface StreamPlan {
  readonly stream: SignalStream;
  /** `words` as they are stored, of 16 bits; `values` in physical units, doubles, for streams that decode themselves. */
  readonly kind: 'words' | 'values';
  /** Channels that have samples of their own. */
  readonly channels: readonly StreamChannel[];
  /** Pairs in a row; the last `digital` of them are digital words. */
  readonly pairs: number;
  readonly digital: number;
  readonly rowBytes: number;
  /** Place of the pair of a channel in a row. */
  readonly placeOf: (channel: StreamChannel) => number;
  readonly levels: readonly LevelPlan[];
  readonly partSamples: number;
  /** Number of the first part of each run, counted over all streams. */
  readonly firstParts: Float64Array;
}

/** One piece of work: some samples of a run. */
export interface PyramidPart {
  readonly streamIndex: number;
  readonly runIndex: number;
  readonly from: number;
  readonly to: number;
}

export interface PyramidPlan {
  /** One a stream of the recording; null where levels would not help. */
  readonly streams: readonly (StreamPlan | null)[];
  readonly parts: number;
  /** Bytes of all files. */
  readonly bytes: number;
}

export function planPyramid(recording: Pick<OpenRecording, 'streams'>, scale = ourScale): PyramidPlan {
  let parts = 0;
  let bytes = 0;
  const streams = recording.streams.map((stream, index) => {
    const plan = planStream(stream, index, parts, scale);
    if (plan === null) return null;
    for (const run of stream.runs) parts += Math.ceil(run.samples / plan.partSamples);
    for (const { rows } of plan.levels) bytes += pyraHeaderBytes + rows * plan.rowBytes;
    return plan;
  });
  return { streams, parts, bytes };
}

export function cellsOf(run: Pick<BlockRun, 'samples'>, factor: number): number {
  return Math.ceil(run.samples / factor);
}

/** The part of a number. */
export function partAt(plan: PyramidPlan, part: number): PyramidPart | undefined {
  for (const [streamIndex, streamPlan] of plan.streams.entries()) {
    if (streamPlan === null) continue;
    const { firstParts, partSamples, stream } = streamPlan;
    if (part < (firstParts[0] ?? 0) || part >= (firstParts.at(-1) ?? 0)) continue;
    // Runs without parts begin with the part of the next one: they are passed.
    const runIndex = lastNotAfter(firstParts, part);
    const from = (part - (firstParts[runIndex] ?? 0)) * partSamples;
    const to = Math.min(stream.runs[runIndex]?.samples ?? 0, from + partSamples);
    return { streamIndex, runIndex, from, to };
  }
  return undefined;
}

function planStream(
  stream: SignalStream,
  index: number,
  firstPart: number,
  { factors, partBytes, leastSamples }: PyramidScale,
): StreamPlan | null {
  const channels = stream.channels.filter(({ time }) => !time);
  const samples = stream.runs.reduce((sum, run) => sum + run.samples, 0);
  if (channels.length === 0 || samples / Math.max(1, stream.runs.length) < leastSamples) return null;
  const kind = stream.decode === undefined ? 'words' : 'values';
  const { pairs, digital, placeOf } = kind === 'words' ? wordLayout(stream, channels) : valueLayout(channels);
  const rowBytes = pairs * (kind === 'words' ? 4 : 16);
  const longest = stream.runs.reduce((most, run) => Math.max(most, run.samples), 0);
  const levels = factors
    .filter((factor, level) => level === 0 || factor < longest)
    .map((factor, level): LevelPlan => {
      const firstRows = sums(stream.runs, (run) => cellsOf(run, factor), 0);
      return { factor, file: `s${index}_L${level + 1}.bin`, rows: firstRows.at(-1) ?? 0, firstRows };
    });
  const [run] = stream.runs;
  const sampleBytes = run === undefined ? 1 : run.blockBytes / run.samplesPerBlock;
  // Parts end where cells of all levels end, so that each can be made and read by itself.
  const unit = factors.at(-1) ?? 1;
  const partSamples = unit * Math.max(1, Math.floor(partBytes / (unit * sampleBytes)));
  const firstParts = sums(stream.runs, ({ samples: count }) => Math.ceil(count / partSamples), firstPart);
  return { stream, kind, channels, pairs, digital, rowBytes, placeOf, levels, partSamples, firstParts };
}

/** As `ExtremesTask.writePairs` lays them: analog words by rows of the file or by channel, then digital words. */
function wordLayout(stream: SignalStream, channels: readonly StreamChannel[]) {
  const analog = channels.filter(({ bit }) => bit === undefined);
  const digitalWords = [
    ...new Set(channels.filter(({ bit }) => bit !== undefined).map(({ channelOffset }) => channelOffset)),
  ];
  const groups = stream.runs.every(isInterleaved) ? groupColumns(analog) : null;
  const last = groups?.at(-1);
  const width = last === undefined ? analog.length : last.before + last.width;
  const places = new Map(analog.map((channel, index) => [channel, index]));
  const placeOf = (channel: StreamChannel): number => {
    if (channel.bit !== undefined) return width + digitalWords.indexOf(channel.channelOffset);
    return groups === null ? (places.get(channel) ?? 0) : placeInGroups(groups, channel.channelOffset);
  };
  return { pairs: width + digitalWords.length, digital: digitalWords.length, placeOf };
}

function valueLayout(channels: readonly StreamChannel[]) {
  const places = new Map(channels.map((channel, index) => [channel, index]));
  return { pairs: channels.length, digital: 0, placeOf: (channel: StreamChannel) => places.get(channel) ?? 0 };
}

/** Sums before each run, and after the last one of all. */
function sums(runs: readonly BlockRun[], count: (run: BlockRun) => number, first: number): Float64Array {
  const result = new Float64Array(runs.length + 1);
  result[0] = first;
  runs.forEach((run, index) => (result[index + 1] = (result[index] ?? 0) + count(run)));
  return result;
}
