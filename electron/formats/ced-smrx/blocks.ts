import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { Pieces, WaveIndex } from '../ced/contents.ts';
import type { Son64Channel } from './header.ts';
import { BLOCK_BYTES, BLOCK_HEAD_BYTES, tickAt } from './numbers.ts';

const SEGMENT_HEAD_BYTES = 16;

/** What the blocks of a channel hold, and the first reason why it is not all. */
export interface ReadBlocks<T> {
  readonly held: T;
  /** Tick of the last item; -1 without any. */
  readonly lastTick: number;
  readonly fault: string | null;
}

/** A data block of a channel, or why it is none: the end of a sentence. */
function readHead(file: FileBytes, position: number, { slot, id }: Son64Channel): { items: number } | string {
  if (position + BLOCK_HEAD_BYTES + SEGMENT_HEAD_BYTES > file.size) {
    return `its block at byte ${position} lies beyond the end of the file`;
  }
  const head = file.peek(position, BLOCK_HEAD_BYTES, 'a data block');
  const [ownSlot, ownId] = [head.getUint16(8, true), head.getUint16(10, true)];
  if (ownSlot === slot && ownId === id) return { items: head.getUint32(12, true) };
  return `the block at byte ${position} belongs to channel ${ownSlot + 1}`;
}

/**
 * Segments lie in the blocks of a wave: start, number of samples, samples, padded to 8 bytes. Of a block that the file
 * cuts, whole samples are taken.
 *
 * @throws NdiError format.invalid for segments that do not fit in a block
 */
export function readWaveBlocks(
  file: FileBytes,
  channel: Son64Channel,
  positions: readonly number[],
): ReadBlocks<WaveIndex> {
  const { ticksPerSample, itemBytes } = channel;
  const index = new WaveIndex(ticksPerSample);
  let fault: string | null = null;
  for (const position of positions) {
    const head = readHead(file, position, channel);
    if (typeof head === 'string') {
      fault ??= head;
      continue;
    }
    const end = position + BLOCK_BYTES;
    let at = position + BLOCK_HEAD_BYTES;
    for (let segment = 0; segment < head.items; segment++) {
      const cut = at + SEGMENT_HEAD_BYTES > file.size;
      if (cut) fault ??= `the file ends inside its block at byte ${position}`;
      if (cut) break;
      if (at + SEGMENT_HEAD_BYTES > end) throw tooMany(file, channel, position, head.items);
      const view = file.peek(at, SEGMENT_HEAD_BYTES, 'a stretch of a wave');
      const tick = tickAt(file, view, 0, `the start of a stretch of channel ${channel.slot + 1}`);
      const claimed = view.getUint32(8, true);
      const samplesAt = at + SEGMENT_HEAD_BYTES;
      if (samplesAt + claimed * itemBytes > end) throw tooMany(file, channel, at, claimed);
      const samples = Math.min(claimed, Math.floor((file.size - samplesAt) / itemBytes));
      if (samples < claimed) fault ??= `the file ends inside its block at byte ${position}`;
      if (tick > index.next - ticksPerSample) index.add(samplesAt, tick, samples);
      else fault ??= `its block at byte ${position} begins before the block before it ends`;
      at = samplesAt + Math.ceil((claimed * itemBytes) / 8) * 8;
    }
  }
  const lastTick = index.pieces.count > 0 ? index.next - ticksPerSample : -1;
  return { held: index, lastTick, fault };
}

/**
 * Items of equal size lie in the blocks of events, each beginning with its tick.
 * @throws NdiError format.invalid for more items than fit in a block
 */
export function readEventBlocks(
  file: FileBytes,
  channel: Son64Channel,
  positions: readonly number[],
): ReadBlocks<Pieces> {
  const { itemBytes } = channel;
  const pieces = new Pieces();
  let fault: string | null = null;
  let lastTick = -1;
  for (const position of positions) {
    const head = readHead(file, position, channel);
    if (typeof head === 'string') {
      fault ??= head;
      continue;
    }
    const itemsAt = position + BLOCK_HEAD_BYTES;
    if (head.items * itemBytes > BLOCK_BYTES - BLOCK_HEAD_BYTES) throw tooMany(file, channel, position, head.items);
    const items = Math.min(head.items, Math.floor((file.size - itemsAt) / itemBytes));
    if (items < head.items) fault ??= `the file ends inside its block at byte ${position}`;
    if (items === 0) continue;
    const field = `a time of channel ${channel.slot + 1}`;
    const first = tickAt(file, file.peek(itemsAt, 8, field), 0, field);
    if (first < lastTick) {
      fault ??= `its block at byte ${position} begins before the block before it ends`;
      continue;
    }
    pieces.add(itemsAt, items);
    lastTick = tickAt(file, file.peek(itemsAt + (items - 1) * itemBytes, 8, field), 0, field);
  }
  return { held: pieces, lastTick, fault };
}

function tooMany(file: FileBytes, { slot }: Son64Channel, position: number, items: number) {
  const sentence = `a block of channel ${slot + 1} claims ${items} items at byte ${position}, more than it has room for.`;
  const details = { field: 'items of a block', value: items, offset: position };
  return formatFault('format.invalid', file.path, sentence, details);
}
