import { statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { channelName } from '../../../shared/model/channels.ts';
import { inGroups } from '../channels.ts';
import type { BlockRun, SignalStream } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { decodeWords, type WideWord } from '../word-decoder.ts';
import type { Params } from './params.ts';

/** The raw data that the spikes were sorted from, where they are there. */
export interface RawData {
  readonly files: readonly string[];
  readonly stream: SignalStream;
  readonly samples: number;
}

/**
 * Null, and a note why, where the raw data cannot be read. Several files follow each other without a gap.
 * @param shanks of its channels, from 0
 */
export function findRawData(
  folder: string,
  params: Params,
  shanks: ReadonlyMap<number, string>,
  problems: Problem[],
): RawData | null {
  const { rawPaths, rawChannels, word, offset, sampleRate } = params;
  if (rawPaths.length === 0) return null;
  if (rawChannels === 0 || word === null) {
    const what = word === null ? 'the type of their values' : 'their number of channels';
    problems.push(note('recording.noRawData', `The raw data are not shown: params.py does not tell ${what}.`, folder));
    return null;
  }
  const rowBytes = rawChannels * bytesOf(word);
  const runs: BlockRun[] = [];
  let firstSample = 0;
  for (const rawPath of rawPaths) {
    const found = locate(folder, rawPath);
    if (found === null) {
      problems.push(
        note('recording.noRawData', `The raw data ${rawPath} are not here; only the spikes are shown.`, folder),
      );
      return null;
    }
    const rest = Math.max(0, found.bytes - offset);
    const samples = Math.floor(rest / rowBytes);
    if (rest % rowBytes !== 0) {
      const message = `The raw data end inside a sample: ${rest % rowBytes} bytes are left out.`;
      problems.push(shouldFix('format.truncated', message, found.path));
    }
    const t0 = firstSample / sampleRate;
    const geometry = { blockBytes: rowBytes, samplesPerBlock: 1, first: 0 };
    if (samples > 0) runs.push({ file: found.path, offset, ...geometry, samples, firstSample, t0 });
    firstSample += samples;
  }
  return {
    files: runs.map(({ file }) => file),
    stream: toStream(params, word, rawChannels, shanks, runs, firstSample),
    samples: firstSample,
  };
}

function toStream(
  { sampleRate }: Params,
  word: WideWord,
  rawChannels: number,
  shanks: ReadonlyMap<number, string>,
  runs: readonly BlockRun[],
  samples: number,
): SignalStream {
  const shared = { units: '', sampleRate, samples };
  const channels = Array.from({ length: rawChannels }, (_, index) => {
    const name = channelName('analog_in', index + 1);
    const label = `channel ${index}`;
    // The scale of the raw data is not in the folder.
    const channel = { ...shared, name, type: 'analog_in' as const, number: index + 1, label, gain: 1, offset: 0 };
    return { channel: inGroups(channel, { shank: shanks.get(index) }), channelOffset: bytesOf(word) * index };
  });
  const time = {
    ...shared,
    name: channelName('time', 1),
    type: 'time' as const,
    number: 1,
    label: 'time',
    units: 's',
    gain: null,
    offset: null,
  };
  const all = [...channels, { channel: time, channelOffset: 0, time: true as const }];
  if (word === 'i16' || word === 'u16') return { sampleRate, word, channels: all, runs };
  return { sampleRate, word: 'i16', channels: all, runs, decode: decodeWords(word) };
}

/** Words are named by their bits: `i16`. */
function bytesOf(word: WideWord): number {
  return Number(word.replace(/\D/g, '')) / 8;
}

/** Where it says, from the folder on, or under its name in the folder: paths often are those of another computer. */
function locate(folder: string, rawPath: string): { path: string; bytes: number } | null {
  const name = basename(rawPath.replaceAll('\\', '/'));
  for (const path of [isAbsolute(rawPath) ? rawPath : join(folder, rawPath), join(folder, name)]) {
    try {
      const stat = statSync(path);
      if (stat.isFile()) return { path, bytes: stat.size };
    } catch {
      // Not there, or not to be looked at: the next place.
    }
  }
  return null;
}
