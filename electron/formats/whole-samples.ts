import type { Problem } from '../../shared/contract/common.ts';
import type { BlockRun } from './format.ts';
import { note, shouldFix } from './problems.ts';

/** How many whole samples (of all channels) fill so many bytes; it is said where the last one is cut. */
export function wholeSamples(path: string, bytes: number, sampleBytes: number, problems: Problem[]): number {
  const samples = Math.floor(bytes / sampleBytes);
  const trailing = bytes - samples * sampleBytes;
  if (trailing > 0) {
    const message = `The file ends within a sample: ${trailing} bytes at the end are left out.`;
    problems.push(shouldFix('format.truncated', message, path));
  }
  return samples;
}

/** The run of a file in which the samples of all channels follow each other from its header to its end. */
export function runToEnd(
  path: string,
  sizeBytes: number,
  headerBytes: number,
  sampleBytes: number,
  problems: Problem[],
): BlockRun {
  const samples = wholeSamples(path, sizeBytes - headerBytes, sampleBytes, problems);
  if (samples === 0) problems.push(note('format.empty', 'The file holds no samples.', path));
  const layout = { offset: headerBytes, blockBytes: sampleBytes, samplesPerBlock: 1, first: 0 };
  return { file: path, ...layout, samples, firstSample: 0, t0: 0 };
}
