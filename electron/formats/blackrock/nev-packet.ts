import { latin1 } from '../file-bytes.ts';
import type { NevHeader } from './nev-header.ts';

const COMMENT = 0xffff;
const CONTINUATION_STAMP = 0xffffffffn;
/** Electrodes are 1 to 2048; what lies between them and the kinds of 0xFFFB and above is Ripple's own. */
const LAST_ELECTRODE = 2048;
const DIGITAL_CHANGED = 0x01;
const SERIAL_BYTE = 0x80;

export function stampOf(view: DataView, at: number, header: NevHeader): bigint {
  return header.stampBytes === 8 ? view.getBigUint64(at, true) : BigInt(view.getUint32(at, true));
}

/**
 * What a packet is: the name of its NDI channel, or its value there (unit of a spike, word of a port, text of a
 * comment). Null for kinds that are no events of ours (video, tracking, button, configuration, Ripple's own).
 */
export function decodePacket(view: DataView, at: number, header: NevHeader, want: 'channel'): string | null;
export function decodePacket(view: DataView, at: number, header: NevHeader, want: 'value'): number | string | null;
export function decodePacket(
  view: DataView,
  at: number,
  header: NevHeader,
  want: 'channel' | 'value',
): number | string | null {
  const body = at + header.stampBytes;
  const id = view.getUint16(body, true);
  if (id === 0) {
    const reason = view.getUint8(body + 2);
    const word = header.packetBytes >= header.stampBytes + 6 ? view.getUint16(body + 4, true) : 0;
    if (reason & SERIAL_BYTE) return want === 'channel' ? 'mk2' : word & 0xff;
    if (reason & DIGITAL_CHANGED) return want === 'channel' ? 'mk1' : word;
    return null;
  }
  if (id <= LAST_ELECTRODE) return want === 'channel' ? electrodeName(id) : view.getUint8(body + 2);
  if (id !== COMMENT || stampOf(view, at, header) === CONTINUATION_STAMP) return null;
  return want === 'channel' ? 'tx1' : commentText(view, at, body, header);
}

const otherKinds: Readonly<Record<number, string>> = {
  0: 'analog or periodic triggers',
  0xfffe: 'video synchronization',
  0xfffd: 'video tracking',
  0xfffc: 'patient buttons',
  0xfffb: 'changes of the configuration',
};

/** What a packet that is no event of ours holds, for people; null for those that only go on with the one before. */
export function otherKindOf(view: DataView, at: number, header: NevHeader): string | null {
  const id = view.getUint16(at + header.stampBytes, true);
  return id === COMMENT ? null : (otherKinds[id] ?? 'kinds of its maker');
}

const electrodeNames: string[] = [];

function electrodeName(id: number): string {
  return (electrodeNames[id] ??= `e${id}`);
}

/** Character set 1 is UTF-16, anything else one byte a character. */
function commentText(view: DataView, at: number, body: number, header: NevHeader): string {
  const start = body + 8;
  const end = at + header.packetBytes;
  if (start >= end) return '';
  const bytes = new DataView(view.buffer, view.byteOffset + start, end - start);
  if (view.getUint8(body + 2) !== 1) return latin1(bytes);
  const text = new TextDecoder('utf-16le').decode(bytes);
  return text.split('\0', 1)[0] ?? '';
}
