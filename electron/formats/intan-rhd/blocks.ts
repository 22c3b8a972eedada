import type { Problem } from '../../../shared/contract/common.ts';
import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import type { BlockRun } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { findSegments, type StampSegment } from './segments.ts';

/** The data blocks of a single file, each of which begins with its time stamps (32 bits a sample). */
export interface BlockForm {
  /** Where block 0 begins. */
  readonly headerBytes: number;
  readonly blockBytes: number;
  readonly samplesPerBlock: number;
  readonly signedStamps: boolean;
}

interface DataBlocks {
  readonly samples: number;
  readonly segments: readonly StampSegment[];
  readonly problems: readonly Problem[];
}

/**
 * Counts the whole blocks and finds the gaps between their stamps.
 * @throws NdiError format.invalid where stamps jump all the time
 */
export function findBlocks(file: FileBytes, form: BlockForm): DataBlocks {
  const { headerBytes, blockBytes, samplesPerBlock: B } = form;
  const blocks = Math.floor((file.size - headerBytes) / blockBytes);
  const samples = blocks * B;
  const problems: Problem[] = [];
  const trailing = file.size - headerBytes - blocks * blockBytes;
  if (trailing > 0) {
    const message = `The last data block is not complete: ${trailing} bytes at the end are left out.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  if (samples === 0) problems.push(note('format.empty', 'The file holds a header and no samples.', file.path));
  const { segments, complete } = findSegments(samples, (sample) => {
    const at = headerBytes + Math.floor(sample / B) * blockBytes + (sample % B) * 4;
    const view = file.view(at, 4, 'the time stamps');
    return form.signedStamps ? view.getInt32(0, true) : view.getUint32(0, true);
  });
  if (!complete) {
    throw formatFault('format.invalid', file.path, 'its time stamps jump more than 10,000 times.', {
      field: 'time stamps',
      offset: headerBytes,
    });
  }
  return { samples, segments, problems };
}

/** One run a segment of a part that has `perBlock` samples a block, equally spread over the block's time. */
export function blockRuns(
  file: string,
  sampleRate: number,
  form: BlockForm,
  segments: readonly StampSegment[],
  perBlock: number,
): BlockRun[] {
  const every = form.samplesPerBlock / perBlock;
  const runs: BlockRun[] = [];
  for (const segment of segments) {
    const first = Math.ceil(segment.start / every);
    const samples = Math.ceil((segment.start + segment.samples) / every) - first;
    if (samples === 0) continue;
    const stamp = segment.stamp + first * every - segment.start;
    runs.push({
      file,
      offset: form.headerBytes,
      blockBytes: form.blockBytes,
      samplesPerBlock: perBlock,
      first,
      samples,
      firstSample: first,
      t0: stamp / sampleRate,
    });
  }
  return runs;
}
