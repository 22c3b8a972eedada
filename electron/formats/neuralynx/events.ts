import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel } from '../../../shared/contract/recordings.ts';
import { channelName } from '../../../shared/model/channels.ts';
import { eventChannel } from '../channels.ts';
import { latin1, withFile } from '../file-bytes.ts';
import { inputsOf, readHeader } from './header.ts';
import { indexRecords, recordsBetween, type RecordShape, type StampedRecords } from './stamped-records.ts';

/** Channels of a recording's events, with how many each has, and a way to read them. */
export interface EventSource {
  readonly records: StampedRecords;
  readonly channels: readonly Channel[];
  readonly counts: ReadonlyMap<string, number>;
  /** Of spikes: the electrode that they are of, with the inputs that its wires are on. */
  readonly electrode?: Electrode;
  /** Offers the events of wanted channels with from <= stamp < to (microseconds of the system's clock). */
  read(names: ReadonlySet<string>, from: number, to: number, offer: OfferEvent): void;
}

interface Electrode {
  readonly name: string;
  /** Numbers of the inputs, as the continuous files name theirs. */
  readonly inputs: readonly number[];
}

type OfferEvent = (channel: string, stamp: number, value: () => number | string) => void;

const EVENT_SHAPE: RecordShape = { bytes: 184, stampAt: 6 };
const TTL = 'mk1';
const TEXT = 'tx1';

/** `.nev`: words of the digital inputs, and texts. @throws NdiError format.*, path.* */
export function openEvents(path: string, problems: Problem[]): EventSource {
  const counts = new Map<string, number>();
  const records = withFile(path, (file) => {
    readHeader(file);
    return indexRecords(file, EVENT_SHAPE, problems, (view, at) => {
      const text = textOf(view, at);
      if (isWord(text)) count(counts, TTL);
      if (text !== '') count(counts, TEXT);
    });
  });
  return {
    records,
    channels: [eventChannel('marker', 1, 'TTL'), eventChannel('text', 1, 'events')],
    counts,
    read: (names, from, to, offer) =>
      withFile(path, (file) =>
        recordsBetween(file, records, from, to, (view, at, stamp) => {
          const text = textOf(view, at);
          const word = view.getUint16(at + 16, true);
          if (names.has(TTL) && isWord(text)) offer(TTL, stamp, () => word);
          if (names.has(TEXT) && text !== '') offer(TEXT, stamp, () => text);
        }),
      ),
  };
}

function textOf(view: DataView, at: number): string {
  return latin1(new DataView(view.buffer, view.byteOffset + at + 56, 128));
}

/** Texts of the system itself (`Starting Recording`) and of its users carry no word of the inputs. */
function isWord(text: string): boolean {
  return text === '' || /\bTTL\b/i.test(text);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Wires of an electrode by the file's ending. */
const wires: Readonly<Record<string, number>> = { '.nse': 1, '.nst': 2, '.ntt': 4 };

/** Whether a name is that of a file of spikes. */
export function isSpikeName(name: string): boolean {
  return endingOf(name) in wires;
}

function endingOf(name: string): string {
  return name.slice(-4).toLowerCase();
}

/**
 * `.nse`, `.nst`, `.ntt`: one channel a cell, numbered from `firstNumber` on; values are the number of the cell
 * (0: not sorted). @throws NdiError format.*, path.*
 */
export function openSpikes(path: string, label: string, firstNumber: number, problems: Problem[]): EventSource {
  const shape: RecordShape = { bytes: 48 + 64 * (wires[endingOf(path)] ?? 1), stampAt: 0 };
  const byCell = new Map<number, number>();
  const { records, electrode } = withFile(path, (file) => {
    const header = readHeader(file);
    const records = indexRecords(file, shape, problems, (view, at) => {
      const cell = view.getUint32(at + 12, true);
      byCell.set(cell, (byCell.get(cell) ?? 0) + 1);
    });
    const name = header.entries.get('acqentname') || label;
    return { records, electrode: { name, inputs: inputsOf(header) } };
  });
  const { name } = electrode;
  const cells = [...byCell.keys()].sort((a, b) => a - b);
  const nameOf = new Map(cells.map((cell, index) => [cell, channelName('event', firstNumber + index)]));
  return {
    records,
    channels: cells.map((cell, index) =>
      eventChannel('event', firstNumber + index, cell === 0 ? `${name} unsorted` : `${name} cell ${cell}`),
    ),
    electrode,
    counts: new Map(cells.map((cell) => [nameOf.get(cell) ?? '', byCell.get(cell) ?? 0])),
    read: (names, from, to, offer) => {
      if (![...nameOf.values()].some((own) => names.has(own))) return;
      withFile(path, (file) =>
        recordsBetween(file, records, from, to, (view, at, stamp) => {
          const cell = view.getUint32(at + 12, true);
          const own = nameOf.get(cell);
          if (own !== undefined && names.has(own)) offer(own, stamp, () => cell);
        }),
      );
    },
  };
}
