import type { RangeDecoder } from '../format.ts';
import type { AuxChannel } from './configuration.ts';

/** How far back a value is looked for, and how many packets are read for it at once. */
const MOST_PACKETS_BACK = 16_384;
const PACKETS_A_LOOK = 1_024;

/**
 * Analog channels that share bytes: a packet's value belongs to a channel only when its bit is set; in between the last
 * value holds. Before the first value of the file it is 0; where the last one is out of reach it is not a number.
 *
 * @param channels by name of the NDI channel
 */
export function decodeTurns(channels: ReadonlyMap<string, AuxChannel>): RangeDecoder {
  return (read, run, wanted, from, to, out) => {
    const { blockBytes, offset, file, first } = run;
    const readPackets = (start: number, count: number) => {
      const bytes = new Uint8Array(count * blockBytes);
      read(file, bytes, offset + start * blockBytes);
      return new DataView(bytes.buffer);
    };
    const packets = readPackets(first + from, to - from);
    const open = new Set<number>();
    wanted.forEach(({ channel }, index) => {
      const values = out[index];
      const aux = channels.get(channel.name);
      if (values === undefined || aux === undefined) return;
      let last = NaN;
      let isKnown = false;
      for (let k = 0; k < values.length; k++) {
        if (hasTurn(packets, k * blockBytes, aux)) {
          last = packets.getInt16(k * blockBytes + aux.byte, true);
          isKnown = true;
        }
        if (isKnown) values[k] = last;
      }
      if (!hasTurn(packets, 0, aux)) open.add(index);
    });
    // The value that held when the range began.
    const start = first + from;
    for (let end = start; open.size > 0; end -= PACKETS_A_LOOK) {
      const reachedStart = end <= 0;
      const count = Math.min(PACKETS_A_LOOK, end);
      const isOver = reachedStart || start - end >= MOST_PACKETS_BACK;
      const before = isOver ? null : readPackets(end - count, count);
      for (const index of [...open]) {
        const aux = channels.get(wanted[index]?.channel.name ?? '');
        const value = before === null ? (reachedStart ? 0 : NaN) : lastTurn(before, count, blockBytes, aux);
        if (value === null) continue;
        open.delete(index);
        fillStart(out[index], packets, blockBytes, aux, value);
      }
    }
  };
}

function hasTurn(packets: DataView, at: number, { turn }: AuxChannel): boolean {
  return turn !== null && ((packets.getUint8(at + turn.byte) >> turn.bit) & 1) === 1;
}

/** The last value in some packets; null where the channel had no turn. */
function lastTurn(packets: DataView, count: number, packetBytes: number, aux: AuxChannel | undefined): number | null {
  if (aux === undefined) return 0;
  for (let packet = count - 1; packet >= 0; packet--) {
    if (hasTurn(packets, packet * packetBytes, aux)) return packets.getInt16(packet * packetBytes + aux.byte, true);
  }
  return null;
}

/** Puts the value before the channel's first turn. */
function fillStart(
  values: Float64Array | undefined,
  packets: DataView,
  packetBytes: number,
  aux: AuxChannel | undefined,
  value: number,
): void {
  if (values === undefined || aux === undefined) return;
  for (let k = 0; k < values.length && !hasTurn(packets, k * packetBytes, aux); k++) values[k] = value;
}
