import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { NdiError } from '../../../shared/model/errors.ts';
import { toFileError } from '../../files/file-faults.ts';
import type { BlockRun, StreamChannel } from '../../formats/format.ts';
import { cancelledError } from '../cancelled.ts';
import type { SignalContext } from '../chunks.ts';
import { wordRules } from '../words.ts';
import { levelRun } from './level-stream.ts';
import type { PyramidPlan, StreamPlan } from './plan.ts';
import { encodePyraHeader, pyraTypes } from './pyra-file.ts';

/** What an NDI document of the class `pyraview` says of its levels. */
export interface PyraviewLevels {
  readonly nativeRate: number;
  /** Seconds of the first sample on the device's clock. */
  readonly startTime: number;
  readonly samples: number;
  readonly channels: number;
  /** Samples behind one cell of each level, and the file of that level. */
  readonly levels: readonly { readonly decimation: number; readonly file: string }[];
}

const ROWS_AT_ONCE = 4096;

/**
 * Writes a built pyramid for some channels as NDI keeps previews: physical values as doubles, for each cell and channel
 * minimum and maximum. An incomplete last cell is left out, as Pyraview leaves it out.
 *
 * @param names names of the channels, in the order of the columns
 * @throws NdiError channel.notFound, format.unsupported (channels of several streams, gaps), path.*, app.cancelled
 */
export function writePyraview(
  context: SignalContext,
  plan: PyramidPlan,
  folder: string,
  names: readonly string[],
  out: string,
): PyraviewLevels {
  const { streamPlan, channels } = findChannels(plan, names);
  const [run] = streamPlan.stream.runs;
  if (run === undefined || streamPlan.stream.runs.length > 1)
    throw unsupported('it has gaps, which previews cannot say');
  const { sampleRate } = streamPlan.stream;
  const levels = streamPlan.levels.flatMap(({ factor }, level) => {
    const rows = Math.floor(run.samples / factor);
    const from = levelRun(streamPlan, level, folder, 0);
    if (rows === 0 || from === undefined) return [];
    const header = encodePyraHeader({
      dataType: pyraTypes.float64,
      channels: channels.length,
      sampleRate: sampleRate / factor,
      nativeRate: sampleRate,
      startTime: run.t0,
      decimation: factor,
    });
    const file = `level${level + 1}.bin`;
    writeLevel(context, streamPlan, from, channels, rows, header, join(out, file));
    return [{ decimation: factor, file }];
  });
  return { nativeRate: sampleRate, startTime: run.t0, samples: run.samples, channels: channels.length, levels };
}

function findChannels(plan: PyramidPlan, names: readonly string[]) {
  for (const streamPlan of plan.streams) {
    if (streamPlan === null) continue;
    const byName = new Map(streamPlan.channels.map((channel) => [channel.channel.name, channel]));
    const channels = names.flatMap((name) => byName.get(name) ?? []);
    if (channels.length === names.length && names.length > 0) return { streamPlan, channels };
    if (channels.length > 0) throw unsupported('its channels do not have one sample rate');
  }
  throw new NdiError({
    code: 'channel.notFound',
    message: `There is no overview of the channels ${names.join(', ')}.`,
    recovery: 'Build the overview of the recording first.',
    details: { channels: [...names] },
  });
}

function writeLevel(
  context: SignalContext,
  plan: StreamPlan,
  from: BlockRun,
  channels: readonly StreamChannel[],
  rows: number,
  header: Uint8Array,
  path: string,
): void {
  try {
    const handle = openSync(path, 'w');
    try {
      let position = writeSync(handle, header);
      for (let row = 0; row < rows; row += ROWS_AT_ONCE) {
        if (context.isCancelled()) throw cancelledError();
        const count = Math.min(ROWS_AT_ONCE, rows - row);
        const stored = new Uint8Array(count * plan.rowBytes);
        context.files.readInto(from.file, stored, from.offset + row * plan.rowBytes);
        const values = new Uint8Array(physicalPairs(plan, channels, stored, count).buffer);
        for (let done = 0; done < values.length;)
          done += writeSync(handle, values, done, values.length - done, position + done);
        position += values.length;
      }
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** Rows of pairs as physical values of some channels. */
function physicalPairs(
  plan: StreamPlan,
  channels: readonly StreamChannel[],
  stored: Uint8Array<ArrayBuffer>,
  rows: number,
): Float64Array<ArrayBuffer> {
  const result = new Float64Array(rows * channels.length * 2);
  const words = plan.kind === 'words' ? new Int16Array(stored.buffer) : new Float64Array(stored.buffer);
  const { bias } = wordRules[plan.stream.word];
  channels.forEach((one, index) => {
    const { gain, offset } = one.channel;
    const scale = (word: number): number => {
      if (one.bit !== undefined) return plan.kind === 'words' ? (word >> one.bit) & 1 : word;
      return plan.kind === 'words' ? (word + bias) * (gain ?? 1) + (offset ?? 0) : word;
    };
    for (let row = 0, at = 2 * plan.placeOf(one); row < rows; row++, at += 2 * plan.pairs) {
      const [a, b] = [scale(words[at] ?? 0), scale(words[at + 1] ?? 0)];
      const to = 2 * (row * channels.length + index);
      result[to] = Math.min(a, b);
      result[to + 1] = Math.max(a, b);
    }
  });
  return result;
}

function unsupported(why: string): NdiError {
  return new NdiError({
    code: 'format.unsupported',
    message: `No preview of this probe can be stored: ${why}.`,
    recovery: 'The overview in the application’s own folder shows it all the same.',
  });
}
