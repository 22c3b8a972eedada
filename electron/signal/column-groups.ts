import type { BlockRun, StreamChannel } from '../formats/format.ts';

/** Neighbouring words of a row: `width` of them from byte `offset` on. */
export interface ColumnGroup {
  readonly offset: number;
  readonly width: number;
  /** Words in the groups before this one. */
  readonly before: number;
}

/** Words between two wanted ones that are cheaper to take along than to leave out. */
const BRIDGED_WORDS = 8;

/** Whether the channels of a run are interleaved word by word, so that one pass over a row serves many of them. */
export function isInterleaved(run: BlockRun): boolean {
  return run.samplesPerBlock === 1 && run.blockBytes > 2;
}

/** The fewest groups of neighbouring words that hold all channels. */
export function groupColumns(channels: readonly StreamChannel[]): ColumnGroup[] {
  const offsets = channels.map(({ channelOffset }) => channelOffset).sort((a, b) => a - b);
  const groups: ColumnGroup[] = [];
  let before = 0;
  for (let index = 0; index < offsets.length;) {
    const offset = offsets[index] ?? 0;
    let last = offset;
    for (index += 1; index < offsets.length; index++) {
      const next = offsets[index] ?? 0;
      if (next - last > 2 * (BRIDGED_WORDS + 1)) break;
      last = next;
    }
    const width = (last - offset) / 2 + 1;
    groups.push({ offset, width, before });
    before += width;
  }
  return groups;
}

/** Place of a channel among all words of the groups. */
export function placeInGroups(groups: readonly ColumnGroup[], channelOffset: number): number {
  const group = groups.findLast(({ offset }) => offset <= channelOffset);
  return group === undefined ? 0 : group.before + (channelOffset - group.offset) / 2;
}
