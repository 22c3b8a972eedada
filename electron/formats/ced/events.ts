import { firstNotBefore, lastNotAfter } from '../../../shared/model/rising.ts';
import type { SignalEvent } from '../../../shared/contract/recordings.ts';
import { channelName } from '../../../shared/model/channels.ts';
import { withFile, type FileBytes } from '../file-bytes.ts';
import type { EventList } from '../format.ts';
import type { CedContents, CedEvents, ItemLayout } from './contents.ts';

/** Times of all events of a channel, ascending, in seconds; `order` is the item of each where they lie otherwise. */
interface EventTimes {
  readonly times: Float64Array;
  readonly order: Uint32Array | null;
}

/** Reads the events of a file. The times of a channel are read when it is first asked for, and kept. */
export class EventReader {
  readonly #path: string;
  readonly #secondsPerTick: number;
  readonly #channels: ReadonlyMap<string, CedEvents>;
  readonly #times = new Map<string, EventTimes>();

  constructor(path: string, { secondsPerTick, events }: CedContents) {
    this.#path = path;
    this.#secondsPerTick = secondsPerTick;
    this.#channels = new Map(events.map((channel) => [channelName(channel.type, channel.number), channel]));
  }

  /** As `OpenRecording` has it. @throws NdiError path.*, format.truncated when the file was changed */
  read(names: ReadonlySet<string>, from: number, to: number, limit: number): EventList {
    const events: SignalEvent[] = [];
    let total = 0;
    withFile(this.#path, (file) => {
      for (const [name, channel] of this.#channels) {
        if (!names.has(name)) continue;
        const { times, order } = this.#timesOf(file, name, channel);
        const first = firstNotBefore(times, from);
        const end = Math.max(first, firstNotBefore(times, to));
        total += end - first;
        for (let index = first; index < Math.min(end, first + limit); index++) {
          const value = valueOf(file, channel, order?.[index] ?? index);
          events.push({ channel: name, time: times[index] ?? NaN, value });
        }
      }
    });
    events.sort((a, b) => a.time - b.time);
    return { events: events.slice(0, limit), total };
  }

  #timesOf(file: FileBytes, name: string, channel: CedEvents): EventTimes {
    const known = this.#times.get(name);
    if (known !== undefined) return known;
    const times = inOrder(readTimes(file, channel, this.#secondsPerTick));
    this.#times.set(name, times);
    return times;
  }
}

function readTimes(file: FileBytes, { pieces, item }: CedEvents, secondsPerTick: number): Float64Array {
  const times = new Float64Array(pieces.count);
  pieces.positions.forEach((position, piece) => {
    const first = pieces.firsts[piece] ?? 0;
    const items = (pieces.firsts[piece + 1] ?? pieces.count) - first;
    const view = file.view(position, items * item.bytes, 'an event block');
    for (let k = 0; k < items; k++) times[first + k] = tickAt(view, k * item.bytes, item) * secondsPerTick;
  });
  return times;
}

function tickAt(view: DataView, at: number, { tickBytes }: ItemLayout): number {
  return tickBytes === 4 ? view.getInt32(at, true) : Number(view.getBigInt64(at, true));
}

/** Items of a channel are written in order of time; only damage puts them otherwise. */
function inOrder(times: Float64Array): EventTimes {
  if (times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))) return { times, order: null };
  const order = Uint32Array.from(times, (_, index) => index).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  return { times: Float64Array.from(order, (index) => times[index] ?? NaN), order };
}

/** 1 for an event; the four codes of a marker as one number, the first one lowest; the words of a text. */
function valueOf(file: FileBytes, { type, item, pieces }: CedEvents, index: number): number | string {
  if (type === 'event') return 1;
  const piece = lastNotAfter(pieces.firsts, index);
  const at = (pieces.positions[piece] ?? 0) + (index - (pieces.firsts[piece] ?? 0)) * item.bytes;
  if (type === 'marker') return file.view(at + item.tickBytes, 4, 'the codes of a marker').getUint32(0, true);
  const { at: textAt, bytes, encoding } = item.text;
  return textOf(file.view(at + textAt, bytes, 'a text'), encoding);
}

const decoders = { latin1: new TextDecoder('latin1'), 'utf-8': new TextDecoder('utf-8') };

/** Up to the first NUL, without blanks around it. */
export function textOf(view: DataView, encoding: keyof typeof decoders): string {
  const text = decoders[encoding].decode(view);
  return (text.split('\0', 1)[0] ?? '').trim();
}
