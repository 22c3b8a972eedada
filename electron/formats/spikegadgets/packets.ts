import type { Problem } from '../../../shared/contract/common.ts';
import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { findSegments, type StampSegment } from '../intan-rhd/segments.ts';
import { note, shouldFix } from '../problems.ts';
import type { Configuration } from './configuration.ts';

const SYNC = 0x55;
const WRAP = 2 ** 32;

/** The packets of a file: one a sample, of equal size. */
export interface Packets {
  readonly packetBytes: number;
  /** Whether all channels of the hardware are stored, or only those that the configuration lists. */
  readonly storedAll: boolean;
  /** Packets that are left out at the start: their stamp is stale. */
  readonly dropped: number;
  /** Samples count from the first packet that is not dropped. */
  readonly samples: number;
  readonly segments: readonly StampSegment[];
  readonly problems: readonly Problem[];
}

/**
 * Finds how large packets are, how many there are and where their time stamps jump.
 * @throws NdiError format.invalid where packets do not begin with the sync byte
 */
export function findPackets(file: FileBytes, configuration: Configuration): Packets {
  const sizeOf = (channels: number) => configuration.stampOffset + 4 + 2 * channels;
  const { hardwareChannels: all, listed } = configuration;
  const likely = configuration.savedListedOnly ? [false, true] : [true, false];
  const found = likely.find((storedAll) => hasSync(file, configuration.bytes, sizeOf(storedAll ? all : listed.length)));
  if (found === undefined) throw noSync(file, configuration, sizeOf(likely[0] ? all : listed.length));
  const packetBytes = sizeOf(found ? all : listed.length);
  const count = Math.floor((file.size - configuration.bytes) / packetBytes);
  const problems: Problem[] = [];
  const trailing = file.size - configuration.bytes - count * packetBytes;
  if (trailing > 0) {
    const message = `The last packet is not complete: ${trailing} bytes at the end are left out.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  if (found !== likely[0]) {
    const which = found ? 'all channels of the hardware' : 'only the listed channels';
    const message = `The packets hold ${which}, although the configuration says otherwise.`;
    problems.push(shouldFix('format.invalid', message, file.path));
  }
  const stampAt = (packet: number) =>
    file
      .view(configuration.bytes + packet * packetBytes + configuration.stampOffset, 4, 'a time stamp')
      .getUint32(0, true);
  const dropped = isFirstStale(count, stampAt, configuration.sampleRate) ? 1 : 0;
  if (dropped > 0) {
    const message = `The time stamp of the first packet (${stampAt(0)}) is left over from before: the packet is left out.`;
    problems.push(shouldFix('format.invalid', message, file.path));
  }
  const samples = count - dropped;
  if (samples === 0) problems.push(note('format.empty', 'The file holds a configuration and no packets.', file.path));
  const first = samples > 0 ? stampAt(dropped) : 0;
  // Stamps of 32 bits begin again after some 40 hours: the turn that is nearest to where the packet should be is meant.
  const unwrapped = (sample: number) => {
    const stamp = stampAt(sample + dropped);
    return stamp + WRAP * Math.round((first + sample - stamp) / WRAP);
  };
  const { segments, complete } = findSegments(samples, unwrapped);
  if (!complete) throw formatFault('format.invalid', file.path, 'its time stamps jump more than 10,000 times.');
  return { packetBytes, storedAll: found, dropped, samples, segments, problems };
}

/** Looks at the first packets, the last one and some between. Without a packet there is nothing to find. */
function hasSync(file: FileBytes, from: number, packetBytes: number): boolean {
  const count = Math.floor((file.size - from) / packetBytes);
  if (count === 0) return file.size === from || file.view(from, 1, 'the sync byte').getUint8(0) === SYNC;
  const looks = [0, 1, 2, 3, 4, ...[1, 2, 3, 4, 5, 6, 7].map((part) => Math.floor((count * part) / 8)), count - 1];
  return looks
    .filter((packet) => packet < count)
    .every((packet) => file.view(from + packet * packetBytes, 1, 'the sync byte').getUint8(0) === SYNC);
}

function noSync(file: FileBytes, configuration: Configuration, packetBytes: number) {
  const first = file.view(configuration.bytes, 1, 'the sync byte').getUint8(0);
  const what =
    first === SYNC
      ? `packets of ${packetBytes} bytes do not begin with 55: its header does not fit to its data.`
      : `the first packet does not begin with 55 (${first.toString(16)}, at byte ${configuration.bytes}).`;
  return formatFault('format.invalid', file.path, what, {
    field: 'the sync byte',
    value: first,
    offset: configuration.bytes,
  });
}

/** A first stamp that is later than the second, or more than a second before it, was left over in a buffer. */
function isFirstStale(count: number, stampAt: (packet: number) => number, sampleRate: number): boolean {
  if (count < 3) return false;
  const step = (stampAt(1) - stampAt(0) + WRAP) % WRAP;
  return (stampAt(2) - stampAt(1) + WRAP) % WRAP === 1 && (step === 0 || step > sampleRate);
}

/**
 * Where the word of each stored hardware channel stands. The chips of Intan headstages are read in parallel, so words run
 * over the chips first: word w is channel floor(w/k) of chip w mod k. Neuropixels, and whatever is not made of whole chips,
 * are in ascending order.
 */
export function wordsOfChannels(configuration: Configuration, storedAll: boolean): Map<number, number> {
  const { hardwareChannels: count, channelsPerChip: perChip, isNeuropixels, listed } = configuration;
  const isOfChips =
    !isNeuropixels && Number.isInteger(perChip) && perChip > 0 && perChip <= count && count % perChip === 0;
  const chips = isOfChips ? count / perChip : 1;
  const order = Array.from(
    { length: count },
    (_, word) => Math.floor(word / chips) + (isOfChips ? perChip : 0) * (word % chips),
  );
  const known = new Set(listed.map(({ hwChan }) => hwChan));
  const stored = storedAll ? order : order.filter((hwChan) => known.has(hwChan));
  return new Map(stored.map((hwChan, word) => [hwChan, word]));
}
