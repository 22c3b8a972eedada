import { withFile } from '../../formats/file-bytes.ts';
import type { BlockRun, OpenRecording, SignalStream } from '../../formats/format.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { StreamSelection } from '../channel-selection.ts';
import type { OpenPyramid } from './access.ts';
import type { LevelPlan, StreamPlan } from './plan.ts';
import { decodePyraHeader, pyraHeaderBytes, pyraTypes } from './pyra-file.ts';

/** Levels that a session keeps of some channels of a recording, as NDI's document `pyraview` names them. */
export interface StoredPreview {
  /** Names of the channels, in the order of the columns. */
  readonly channels: readonly string[];
  /** Files of the levels, the finest first. */
  readonly files: readonly string[];
}

const PAIR_BYTES = 16;
/** Rates and times of a level must be those of the recording up to this share of a sample. */
const SAME = 0.01;

/**
 * A stored preview as a pyramid of its channels; null where it does not belong to the recording as it is now, or is of a
 * form that says nothing of its samples. NDI-matlab builds levels in stretches and drops what does not fill a cell at
 * the end of each: a level that lost cells so stands for other times than it says, and is not used.
 */
export function openPreview(recording: OpenRecording, preview: StoredPreview, timeShift: number): OpenPyramid | null {
  const index = recording.streams.findIndex(({ channels }) => {
    const names = new Set(channels.map(({ channel }) => channel.name));
    return preview.channels.every((name) => names.has(name));
  });
  const stream = recording.streams[index];
  const [run, ...others] = stream?.runs ?? [];
  if (stream === undefined || run === undefined || others.length > 0) return null;
  const levels: LevelPlan[] = [];
  for (const file of preview.files) {
    const level = openLevel(file, preview.channels.length, stream, run, timeShift);
    const before = levels.at(-1)?.factor ?? 1;
    if (level !== null && level.factor > before && level.factor % before === 0) levels.push(level);
  }
  const coarsest = levels.at(-1)?.factor;
  if (coarsest === undefined) return null;
  const parts = Math.ceil(run.samples / coarsest);
  const covered = Math.min(...levels.map(({ rows, factor }) => rows * factor));
  // What does not fill a cell at the end is not there: it is read from the recording.
  const ready = Uint8Array.from({ length: parts }, (_, part) => ((part + 1) * coarsest <= covered ? 1 : 0));
  const plan = planOfLevels(stream, preview.channels, levels, coarsest, parts);
  const streams = recording.streams.map((_, at) => (at === index ? plan : null));
  return { folder: '', plan: { streams, parts, bytes: 0 }, ready };
}

function openLevel(
  file: string,
  channels: number,
  { sampleRate }: SignalStream,
  run: BlockRun,
  timeShift: number,
): LevelPlan | null {
  try {
    return withFile(file, (bytes) => {
      if (bytes.size < pyraHeaderBytes) return null;
      const header = decodePyraHeader(bytes.view(0, pyraHeaderBytes, 'the header'));
      if (header === null || header.dataType !== pyraTypes.float64 || header.channels !== channels) return null;
      const factor = header.decimation;
      const isSameRate = Math.abs(header.nativeRate / sampleRate - 1) * run.samples < SAME;
      const isSameStart = Math.abs(header.startTime - run.t0 - timeShift) * sampleRate < SAME;
      const rows = Math.floor((bytes.size - pyraHeaderBytes) / (PAIR_BYTES * channels));
      const lost = Math.floor(run.samples / factor) - rows;
      if (factor < 2 || !isSameRate || !isSameStart || rows === 0 || lost > 0 || lost < -1) return null;
      return { factor, file, rows, firstRows: Float64Array.of(0, rows) };
    });
  } catch (error) {
    // Not here, or cut off: the recording has all that is needed.
    if (error instanceof NdiError) return null;
    throw error;
  }
}

function planOfLevels(
  stream: SignalStream,
  names: readonly string[],
  levels: readonly LevelPlan[],
  partSamples: number,
  parts: number,
): StreamPlan {
  const places = new Map(names.map((name, place) => [name, place]));
  return {
    stream,
    kind: 'values',
    channels: stream.channels.filter(({ channel }) => places.has(channel.name)),
    pairs: names.length,
    digital: 0,
    rowBytes: PAIR_BYTES * names.length,
    placeOf: ({ channel }) => places.get(channel.name) ?? 0,
    levels,
    partSamples,
    firstParts: Float64Array.of(0, parts),
  };
}

/** Channels of a selection by the preview that holds them; null stands for those that none does. */
export function splitByPreview(
  selection: StreamSelection,
  previews: readonly OpenPyramid[],
): { selection: StreamSelection; preview: OpenPyramid | null }[] {
  if (previews.length === 0) return [{ selection, preview: null }];
  const groups = new Map<OpenPyramid | null, number[]>();
  selection.channels.forEach(({ channel }, place) => {
    const preview = previews.find(({ plan }) =>
      plan.streams[selection.index]?.channels.some((own) => own.channel.name === channel.name),
    );
    const own = groups.get(preview ?? null) ?? [];
    groups.set(preview ?? null, own);
    own.push(place);
  });
  return [...groups].map(([preview, places]) => ({
    preview,
    selection: {
      ...selection,
      channels: places.flatMap((place) => selection.channels[place] ?? []),
      places: places.map((place) => selection.places[place] ?? 0),
    },
  }));
}
