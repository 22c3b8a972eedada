import { firstIndex } from '../../../shared/model/rising.ts';
import type { Channel, SignalEvent } from '../../../shared/contract/recordings.ts';
import { channelName, type ChannelTypeName } from '../../../shared/model/channels.ts';
import { withFile, type FileBytes } from '../file-bytes.ts';
import type { EventList } from '../format.ts';
import type { NevHeader } from './nev-header.ts';
import { decodePacket, otherKindOf, stampOf } from './nev-packet.ts';
import { stampSeconds } from './time-stamps.ts';

/** Packets that are late by less than this are ordinary; a step back by more means that the clock was restarted. */
const MARGIN_SECONDS = 1;
const SLICE_BYTES = 4 << 20;

/** What one pass over the packets tells. */
export interface NevIndex {
  readonly header: NevHeader;
  readonly path: string;
  readonly packets: number;
  /** Number of events by channel name. */
  readonly counts: ReadonlyMap<string, number>;
  /** Packets between restarts of the clock; inside, stamps grow but for a margin. */
  readonly stretches: readonly Stretch[];
  readonly trailing: number;
  /** Packets that are no events of ours, by what they hold. */
  readonly passedOver: ReadonlyMap<string, number>;
}

interface Stretch {
  readonly first: number;
  readonly packets: number;
}

/** Counts the events of a NEV file and finds restarts of its clock. Reads the whole file once, a few MB at a time. */
export function indexEvents(file: FileBytes, header: NevHeader): NevIndex {
  const packets = Math.floor((file.size - header.bytes) / header.packetBytes);
  const counts = new Map<string, number>();
  const passedOver = new Map<string, number>();
  const starts = [0];
  let latest = 0n;
  const margin = BigInt(Math.round(MARGIN_SECONDS * header.resolution));
  forEachPacket(file, header, 0, packets, (view, at, index) => {
    const stamp = stampOf(view, at, header);
    if (stamp + margin < latest) {
      starts.push(index);
      latest = stamp;
    } else if (stamp > latest) latest = stamp;
    const channel = decodePacket(view, at, header, 'channel');
    const kind = channel === null ? otherKindOf(view, at, header) : null;
    if (channel !== null) counts.set(channel, (counts.get(channel) ?? 0) + 1);
    else if (kind !== null) passedOver.set(kind, (passedOver.get(kind) ?? 0) + 1);
  });
  const stretches = starts.map((first, index) => ({ first, packets: (starts[index + 1] ?? packets) - first }));
  const trailing = file.size - header.bytes - packets * header.packetBytes;
  return { header, path: file.path, packets, counts, stretches, trailing, passedOver };
}

function forEachPacket(
  file: FileBytes,
  header: NevHeader,
  first: number,
  end: number,
  visit: (view: DataView, at: number, index: number) => void,
): void {
  const perSlice = Math.max(1, Math.floor(SLICE_BYTES / header.packetBytes));
  for (let index = first; index < end; index += perSlice) {
    const count = Math.min(perSlice, end - index);
    const view = file.view(header.bytes + index * header.packetBytes, count * header.packetBytes, 'the event packets');
    for (let k = 0; k < count; k++) visit(view, k * header.packetBytes, index + k);
  }
}

/** The event channels, those with events in the file and those that its headers announce. */
export function eventChannels(index: NevIndex): Channel[] {
  const { header, counts } = index;
  const electrodes = new Set(header.nanovolts.keys());
  for (const name of counts.keys()) if (/^e\d+$/.test(name)) electrodes.add(Number(name.slice(1)));
  const spikes = [...electrodes]
    .sort((a, b) => a - b)
    .map((electrode) =>
      eventChannel('event', electrode, header.electrodeLabels.get(electrode) || `electrode ${electrode}`),
    );
  const channels: Channel[] = [];
  if (header.digitalLabel !== null || counts.has('mk1')) {
    channels.push(eventChannel('marker', 1, header.digitalLabel || 'digital port'));
  }
  if (header.serialLabel !== null || counts.has('mk2')) {
    channels.push(eventChannel('marker', 2, header.serialLabel || 'serial port'));
  }
  if (counts.has('tx1')) channels.push(eventChannel('text', 1, 'comments'));
  return [...channels, ...spikes];
}

function eventChannel(type: ChannelTypeName, number: number, label: string): Channel {
  const name = channelName(type, number);
  return { name, type, number, label, units: '', sampleRate: null, samples: null, gain: null, offset: null };
}

/**
 * Events of the named channels in a time range. Bisects on the stamps with a margin for packets that are late, reads
 * that part only, and sorts stably by time.
 *
 * @param clockShifts seconds to add after the k-th restart of the clock
 */
export function readNevEvents(
  index: NevIndex,
  clockShifts: readonly number[],
  names: ReadonlySet<string>,
  from: number,
  to: number,
  limit: number,
): EventList {
  const { header } = index;
  const events: SignalEvent[] = [];
  let total = 0;
  withFile(index.path, (file) => {
    index.stretches.forEach((stretch, restart) => {
      const shift = clockShifts[restart] ?? clockShifts.at(-1) ?? 0;
      const first = bisect(file, header, stretch, from - shift - MARGIN_SECONDS);
      const end = bisect(file, header, stretch, to - shift + MARGIN_SECONDS);
      forEachPacket(file, header, first, end, (view, at) => {
        const time = stampSeconds(stampOf(view, at, header), header.resolution) + shift;
        if (time < from || time >= to) return;
        const channel = decodePacket(view, at, header, 'channel');
        if (channel === null || !names.has(channel)) return;
        total += 1;
        const latest = events.at(-1)?.time ?? -Infinity;
        if (events.length >= limit && time > latest + MARGIN_SECONDS) return;
        const value = decodePacket(view, at, header, 'value');
        if (value !== null) events.push({ channel, time, value });
        if (events.length >= 2 * limit + 1_000) keepEarliest(events, limit);
      });
    });
  });
  keepEarliest(events, limit);
  return { events, total };
}

function keepEarliest(events: SignalEvent[], limit: number): void {
  events.sort((a, b) => a.time - b.time);
  if (events.length > limit) events.length = limit;
}

/** First packet of a stretch whose time is not before `seconds`, as far as order is kept. */
function bisect(file: FileBytes, header: NevHeader, stretch: Stretch, seconds: number): number {
  const { first, packets } = stretch;
  const passed = firstIndex(packets, (packet) => {
    const at = header.bytes + (first + packet) * header.packetBytes;
    const view = file.view(at, header.stampBytes, 'the event packets');
    return !(stampSeconds(stampOf(view, 0, header), header.resolution) < seconds);
  });
  return first + passed;
}
