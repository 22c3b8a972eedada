import { join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { allNpyNumbers, readNpyHeader } from '../npy.ts';
import { shouldFix } from '../problems.ts';

/** Spikes in order of time. */
export interface Spikes {
  /** Sample numbers of the raw data, from 0. */
  readonly samples: Float64Array;
  /** The cluster of each spike. */
  readonly clusters: Float64Array;
}

/**
 * Reads the times and clusters of all spikes. Spikes that lie outside of the recording are left out, unsorted ones are
 * sorted; both are said.
 *
 * @param end samples of the raw data; null where they are not known
 * @throws NdiError format.invalid for lists of different lengths, format.unsupported for what are no numbers
 */
export function readSpikes(folder: string, clusterFile: string, end: number | null, problems: Problem[]): Spikes {
  const path = join(folder, 'spike_times.npy');
  const samples = readList(path);
  const clusters = readList(join(folder, clusterFile));
  if (samples.length !== clusters.length) {
    const sentence = `spike_times.npy has ${samples.length} spikes, ${clusterFile} has ${clusters.length}.`;
    throw formatFault('format.invalid', folder, sentence, { field: clusterFile, value: clusters.length });
  }
  const isOwn = (index: number) => {
    const sample = samples[index] ?? NaN;
    return sample >= 0 && sample < (end ?? Number.MAX_SAFE_INTEGER) && isCluster(clusters[index] ?? NaN);
  };
  const isLate = (index: number) => index === 0 || (samples[index] ?? 0) >= (samples[index - 1] ?? 0);
  // As they ought to be: then nothing is copied, however many they are.
  if (samples.every((_, index) => isOwn(index) && isLate(index))) return { samples, clusters };
  return tidy({ samples, clusters }, isOwn, path, problems);
}

/** Names of channels are made of the numbers. */
function isCluster(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function tidy(
  { samples, clusters }: Spikes,
  isOwn: (index: number) => boolean,
  path: string,
  problems: Problem[],
): Spikes {
  const kept = Array.from(samples.keys()).filter(isOwn);
  if (kept.length < samples.length) {
    const message = `${samples.length - kept.length} spikes are left out: their times or clusters are not of this recording.`;
    problems.push(shouldFix('format.invalid', message, path));
  }
  const timeOf = (index: number) => samples[index] ?? 0;
  if (kept.some((index, place) => place > 0 && timeOf(index) < timeOf(kept[place - 1] ?? 0))) {
    problems.push(shouldFix('format.invalid', 'The spikes are not in order of time: they were sorted.', path));
    kept.sort((a, b) => timeOf(a) - timeOf(b));
  }
  return {
    samples: Float64Array.from(kept, timeOf),
    clusters: Float64Array.from(kept, (index) => clusters[index] ?? 0),
  };
}

/** The numbers of an array of one dimension, or of one column. */
function readList(path: string): Float64Array {
  return withFile(path, (file) => {
    const array = readNpyHeader(file);
    const [, ...more] = array.shape;
    if (array.shape.length === 0 || more.some((size) => size !== 1)) {
      const value = array.shape.join(', ');
      throw formatFault('format.invalid', path, `its shape (${value}) is no list.`, { field: 'shape', value });
    }
    return allNpyNumbers(file, array);
  });
}
