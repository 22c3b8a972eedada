import type { Problem } from '../../../shared/contract/common.ts';
import { latin1, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { shouldFix } from '../problems.ts';
import type { AbfHeader } from './abf-header.ts';

export interface Tag {
  /** Seconds from the start of the recording. */
  readonly time: number;
  readonly text: string;
}

const TAG_BYTES = 64;
const COMMENT_BYTES = 56;
/** A recording has some dozens; more than this is none. */
const MAX_TAGS = 100_000;

/**
 * What was noted while recording, in order of time. The table lies behind the data: a file that is cut has lost it.
 * @throws NdiError format.truncated for a table outside a file that is not cut
 */
export function readTags(file: FileBytes, header: AbfHeader, isCut: boolean, problems: Problem[]): Tag[] {
  const { tags } = header;
  if (tags === null) return [];
  if (tags.offset > file.size && !isCut) {
    const message = `the tags (at byte ${tags.offset}) lie outside the file.`;
    throw formatFault('format.truncated', file.path, message, {
      field: 'the tag section',
      value: tags.count,
      offset: tags.offset,
      size: file.size,
    });
  }
  const room = Math.max(0, Math.floor((file.size - tags.offset) / TAG_BYTES));
  const count = Math.min(tags.count, room, MAX_TAGS);
  if (count < tags.count) {
    problems.push(shouldFix('format.truncated', `${count} of ${tags.count} tags are in the file.`, file.path));
  }
  const unit = header.synchUnit > 0 ? header.synchUnit : header.interval;
  return Array.from({ length: count }, (_, index): Tag => {
    const view = file.view(tags.offset + index * TAG_BYTES, TAG_BYTES, 'the tags');
    const time = (view.getInt32(0, true) * unit) / 1e6;
    return { time, text: latin1(new DataView(view.buffer, view.byteOffset + 4, COMMENT_BYTES)).trim() };
  }).sort((a, b) => a.time - b.time);
}
