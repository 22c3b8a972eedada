import type { MeanWaveform } from '../../../shared/contract/units.ts';
import type { JsonValue } from '../../../shared/model/document-json.ts';
import { listOf } from '../../../shared/model/documents.ts';

/** A channel on which a waveform is this much smaller than on its largest is left out. */
const LEAST_SHARE = 0.3;
const MOST_CHANNELS = 8;

/** What a document keeps of a unit's mean waveform. */
export interface KeptShape {
  /** Channels on which it is seen, the one with the largest first; a single channel needs no waveform to be known. */
  readonly byHeight: readonly string[];
  /** Missing where the document does not say when its values are. */
  readonly waveform?: MeanWaveform;
}

/**
 * Reads a mean waveform (samples x channels).
 * @param rows a list of samples, each a list of one value a channel, or the value itself where there is one channel
 * @param times seconds from the spike, one a sample
 */
export function keptShape(
  rows: JsonValue | undefined,
  times: JsonValue | undefined,
  channels: readonly string[],
): KeptShape {
  const samples = listOf(rows).map((row) => (Array.isArray(row) ? numbersOf(row) : numbersOf([row])));
  if (samples.length < 2 || samples.some((sample) => sample.length !== channels.length)) {
    return { byHeight: channels.length === 1 ? channels : [] };
  }
  const planes = channels.map((name, channel) => {
    const values = samples.map((sample) => sample[channel] ?? 0);
    return { name, values, height: Math.max(...values) - Math.min(...values) };
  });
  planes.sort((a, b) => b.height - a.height);
  const least = (planes[0]?.height ?? 0) * LEAST_SHARE;
  const seen = planes.filter(({ height }) => height > 0 && height >= least).slice(0, MOST_CHANNELS);
  const byHeight = seen.map(({ name }) => name);
  const seconds = numbersOf(listOf(times));
  const [first = 0, second = first + 1] = seconds;
  if (seconds.length !== samples.length || !(second > first)) return { byHeight };
  const waveform = {
    channels: seen.map(({ name, values }) => ({ name, values })),
    units: '',
    startSec: first,
    sampleRate: 1 / (second - first),
    spikes: 0,
  };
  return { byHeight, waveform };
}

function numbersOf(values: readonly JsonValue[]): number[] {
  return values.map((entry) => (typeof entry === 'number' ? entry : NaN));
}
