import type { Problem } from '../../../shared/contract/common.ts';
import type { BlockRun, SignalStream } from '../format.ts';
import { sampledChannel, timeChannel } from '../channels.ts';
import { shouldFix } from '../problems.ts';
import { decodeScattered } from '../scattered-words.ts';
import { decodeWords } from '../word-decoder.ts';
import { SEV_HEADER_BYTES, type SevFile } from './sev.ts';
import { wordBytes, type DataWord, type StreamIndex } from './tsq.ts';

/** What recorders use where neither header nor index tells. */
const USUAL_RATE = 24_414.0625;
const USUAL_WORD: DataWord = 'f32';

/** One channel of a store with the places of its samples. */
export interface ChannelData {
  readonly store: string;
  readonly channel: number;
  readonly word: DataWord;
  readonly sampleRate: number;
  readonly samples: number;
  readonly runs: readonly BlockRun[];
  readonly decode: NonNullable<SignalStream['decode']>;
}

/** A channel whose pieces lie in the `.tev`; those that it does not hold whole are left out. */
export function fromTev(path: string, size: number, index: StreamIndex, problems: Problem[]): ChannelData | null {
  const { store, channel, word, sampleRate } = index;
  const width = wordBytes[word];
  const positions: number[] = [];
  const firsts: number[] = [];
  const runs: BlockRun[] = [];
  let samples = 0;
  let dropped = 0;
  let expected = NaN;
  index.positions.forEach((position, piece) => {
    const count = index.counts[piece] ?? 0;
    if (position + width * count > size) {
      dropped += 1;
      return;
    }
    const t0 = index.times[piece] ?? 0;
    const last = runs.at(-1);
    // A piece that begins more than a sample from where the one before ends begins a segment.
    if (last === undefined || Math.abs(t0 - expected) * sampleRate > 1) {
      runs.push({
        file: path,
        offset: 0,
        blockBytes: width,
        samplesPerBlock: 1,
        first: 0,
        samples: count,
        firstSample: samples,
        t0,
      });
      expected = t0;
    } else runs[runs.length - 1] = { ...last, samples: last.samples + count };
    expected = t0 + count / sampleRate;
    positions.push(position);
    firsts.push(samples);
    samples += count;
  });
  if (dropped > 0) {
    const message = `${dropped} pieces of ${store} ${channel} lie beyond the end of the data file and are left out.`;
    problems.push(shouldFix('format.truncated', message, path));
  }
  if (samples === 0) return null;
  const decode = decodeScattered(word, { positions, firsts });
  return { store, channel, word, sampleRate, samples, runs, decode };
}

/** A channel in files of its own, one or one an hour, whose samples follow each other. */
export function fromSev(
  parts: readonly SevFile[],
  index: StreamIndex | undefined,
  problems: Problem[],
): ChannelData | null {
  const [first] = parts;
  if (first === undefined) return null;
  const word = first.word ?? index?.word ?? USUAL_WORD;
  const sampleRate = first.sampleRate ?? index?.sampleRate ?? USUAL_RATE;
  if ((first.word === null || first.sampleRate === null) && index === undefined) {
    const message = `Its header tells neither rate nor kind of numbers: ${USUAL_RATE} Hz and 32-bit floats are assumed.`;
    problems.push(shouldFix('format.invalid', message, first.path));
  }
  const runs: BlockRun[] = [];
  let samples = 0;
  const start = index?.times[0] ?? 0;
  for (const part of parts.toSorted((a, b) => a.part - b.part)) {
    const width = wordBytes[word];
    const count = Math.floor(part.dataBytes / width);
    if (part.dataBytes % width !== 0) {
      const message = `The last sample is not complete: ${part.dataBytes % width} bytes are left out.`;
      problems.push(shouldFix('format.truncated', message, part.path));
    }
    if (count === 0) continue;
    const geometry = { offset: SEV_HEADER_BYTES, blockBytes: width, samplesPerBlock: 1, first: 0 };
    runs.push({ file: part.path, ...geometry, samples: count, firstSample: samples, t0: start + samples / sampleRate });
    samples += count;
  }
  const { store, channel } = first;
  return { store, channel, word, sampleRate, samples, runs, decode: decodeWords(word) };
}

/**
 * Streams of one channel each. The channels of the first store keep their numbers, those of further stores go on after
 * them. The first channel of every store brings the times along.
 */
export function toStreams(list: readonly ChannelData[]): SignalStream[] {
  const highest = new Map<string, number>();
  for (const { store, channel } of list) highest.set(store, Math.max(highest.get(store) ?? 0, channel));
  const before = new Map<string, number>();
  let sum = 0;
  for (const [store, most] of highest) {
    before.set(store, sum);
    sum += most;
  }
  const timed = new Set<string>();
  const taken = new Set<number>();
  return list.map(({ store, channel, word, sampleRate, samples, runs, decode }) => {
    const sampling = { sampleRate, samples };
    // Floats are volts; integers were scaled by a factor that is not stored.
    const scale = { units: word === 'f32' || word === 'f64' ? 'V' : '', gain: 1, offset: 0 };
    // A channel that is numbered 0, or twice, takes the next number that is free.
    let number = Math.max(1, (before.get(store) ?? 0) + channel);
    while (taken.has(number)) number++;
    taken.add(number);
    const signal = {
      channel: sampledChannel('analog_in', number, `${store} ${channel}`, sampling, scale, { stream: store }),
      channelOffset: 0,
    };
    const isFirst = !timed.has(store);
    timed.add(store);
    const channels = isFirst ? [signal, timeChannel(timed.size, `time of ${store}`, sampling)] : [signal];
    return { sampleRate, word: 'i16', channels, runs, decode };
  });
}
