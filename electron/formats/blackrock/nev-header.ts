import type { Problem } from '../../../shared/contract/common.ts';
import { HeaderCursor, latin1, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { readStart } from './start-time.ts';

export const NEV_MAGICS = ['NEURALEV', 'BREVENTS'] as const;

/** Stored where nanovolts a bit do not fit into 16 bits (spec 2.1, analog inputs). */
const OVERFLOWED_FACTOR = 21_516;
const OVERFLOWED_NANOVOLTS = 152_592.547;

export interface NevHeader {
  readonly spec: string;
  /** Bytes of the headers: position of the first packet. */
  readonly bytes: number;
  readonly packetBytes: number;
  /** Ticks of the time stamps a second. */
  readonly resolution: number;
  /** 4 in spec 2.x, 8 in 3.x: bytes of a time stamp. */
  readonly stampBytes: 4 | 8;
  readonly startedAt: string | null;
  readonly application: string;
  /** Nanovolts a bit by electrode: the scaling of spec 2.1 NSx. */
  readonly nanovolts: ReadonlyMap<number, number>;
  readonly electrodeLabels: ReadonlyMap<number, string>;
  /** Connector by electrode, from 1 (bank A). */
  readonly banks: ReadonlyMap<number, number>;
  readonly digitalLabel: string | null;
  readonly serialLabel: string | null;
  readonly problems: readonly Problem[];
}

/** @throws NdiError format.* naming the field */
export function readNevHeader(file: FileBytes): NevHeader {
  if (file.size === 0) throw formatFault('format.empty', file.path, 'the file has no bytes.', { size: 0 });
  const at = new HeaderCursor(file);
  const magic = at.text(8, 'the file type');
  if (magic !== 'NEURALEV' && magic !== 'BREVENTS') {
    throw at.invalid('the file type', magic, 0, 'is not one of Blackrock NEV');
  }
  const major = at.u8('the major version');
  const spec = `${major}.${at.u8('the minor version')}`;
  const stampBytes = magic === 'BREVENTS' ? 8 : 4;
  at.u16('the flags');
  const bytesAt = at.at;
  const bytes = at.u32('the header length');
  const packetBytes = at.u32('the packet length');
  if (packetBytes < stampBytes + 4) throw at.invalid('the packet length', packetBytes, 16, 'is too small');
  const resolution = at.u32('the time stamp resolution');
  if (resolution === 0) throw at.invalid('the time stamp resolution', resolution, 20, 'is zero');
  at.u32('the waveform sample rate');
  const startedAt = readStart(at);
  const application = at.text(32, 'the application');
  at.text(256, 'the comment');
  const count = at.u32('the number of extended headers');
  const end = at.at + 32 * count;
  if (end > file.size || bytes > file.size) {
    const needed = Math.max(end, bytes);
    throw formatFault('format.truncated', file.path, `the file ends inside the extended headers (${needed} bytes).`, {
      field: 'the number of extended headers',
      value: count,
      offset: 332,
      size: file.size,
    });
  }
  if (bytes < end) throw at.invalid('the header length', bytes, bytesAt, `is less than its ${count} extended headers`);
  const extended = readExtended(at, count);
  const problems: Problem[] = [];
  return { spec, bytes, packetBytes, resolution, stampBytes, startedAt, application, ...extended, problems };
}

function readExtended(at: HeaderCursor, count: number) {
  const nanovolts = new Map<number, number>();
  const electrodeLabels = new Map<number, string>();
  const banks = new Map<number, number>();
  let digitalLabel: string | null = null;
  let serialLabel: string | null = null;
  for (let index = 1; index <= count; index++) {
    const view = at.bytes(32, `extended header ${index}`);
    const text = (from: number, length: number) => latin1(new DataView(view.buffer, view.byteOffset + from, length));
    const type = text(0, 8);
    const electrode = view.getUint16(8, true);
    if (type === 'NEUEVWAV') {
      const factor = view.getUint16(12, true);
      banks.set(electrode, view.getUint8(10));
      nanovolts.set(electrode, factor === OVERFLOWED_FACTOR ? OVERFLOWED_NANOVOLTS : factor);
    } else if (type === 'NEUEVLBL') {
      electrodeLabels.set(electrode, text(10, 16));
    } else if (type === 'DIGLABEL') {
      if (view.getUint8(24) === 1) digitalLabel = text(8, 16);
      else serialLabel = text(8, 16);
    }
  }
  return { nanovolts, electrodeLabels, banks, digitalLabel, serialLabel };
}
