import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';

/**
 * Directories of a TIFF file, classic and BigTIFF, in either byte order.
 * Source: TIFF Revision 6.0 (Adobe, 1992) and the BigTIFF design of libtiff.
 */
export interface TiffFile {
  readonly file: FileBytes;
  readonly littleEndian: boolean;
  readonly big: boolean;
  readonly firstDirectory: number;
}

export interface Directory {
  readonly at: number;
  /** Where the next lies; 0 after the last. */
  readonly next: number;
  readonly fields: ReadonlyMap<number, Field>;
}

interface Field {
  readonly type: number;
  readonly count: number;
  /** Where its values lie in the file. */
  readonly at: number;
}

const TYPE_BYTES: Readonly<Record<number, number>> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 },
};
const MOST_FIELDS = 4096;
/** Strips or tiles of one picture. */
const MOST_VALUES = 4_000_000;
const MOST_TEXT = 1 << 20;

/** @throws NdiError format.invalid, format.truncated */
export function openTiff(file: FileBytes): TiffFile {
  const head = file.view(0, 8, 'the TIFF header');
  const mark = head.getUint16(0, false);
  const littleEndian = mark === 0x4949;
  const version = head.getUint16(2, littleEndian);
  if ((!littleEndian && mark !== 0x4d4d) || (version !== 42 && version !== 43)) {
    throw formatFault('format.invalid', file.path, 'it does not begin as a TIFF file.', { field: 'magic', offset: 0 });
  }
  const big = version === 43;
  const firstDirectory = big
    ? Number(file.view(8, 8, 'the TIFF header').getBigUint64(0, littleEndian))
    : head.getUint32(4, littleEndian);
  return { file, littleEndian, big, firstDirectory };
}

/** @throws NdiError format.invalid, format.truncated */
export function readDirectory({ file, littleEndian, big }: TiffFile, at: number): Directory {
  const countBytes = big ? 8 : 2;
  const counted = file.peek(at, countBytes, 'a directory');
  const count = big ? Number(counted.getBigUint64(0, littleEndian)) : counted.getUint16(0, littleEndian);
  if (count === 0 || count > MOST_FIELDS) {
    const sentence = `a directory claims ${count} fields (byte ${at}).`;
    throw formatFault('format.invalid', file.path, sentence, { field: 'directory', value: count, offset: at });
  }
  const [entryBytes, linkBytes] = big ? [20, 8] : [12, 4];
  const table = file.peek(at + countBytes, count * entryBytes + linkBytes, 'a directory');
  const word = (offset: number) =>
    big ? Number(table.getBigUint64(offset, littleEndian)) : table.getUint32(offset, littleEndian);
  const fields = new Map<number, Field>();
  for (let entry = 0; entry < count; entry++) {
    const offset = entry * entryBytes;
    const type = table.getUint16(offset + 2, littleEndian);
    const values = word(offset + 4);
    const valueAt = offset + (big ? 12 : 8);
    const isInside = values * (TYPE_BYTES[type] ?? 0) <= linkBytes;
    fields.set(table.getUint16(offset, littleEndian), {
      type,
      count: values,
      at: isInside ? at + countBytes + valueAt : word(valueAt),
    });
  }
  return { at, next: word(count * entryBytes), fields };
}

/**
 * The numbers of a field; [] where it is missing.
 * @throws NdiError format.invalid, format.truncated
 */
export function numbersOf({ file, littleEndian }: TiffFile, { fields }: Directory, tag: number): number[] {
  const field = fields.get(tag);
  if (field === undefined) return [];
  const { type, count, at } = field;
  const bytes = TYPE_BYTES[type];
  if (bytes === undefined || count > MOST_VALUES) {
    const sentence = `field ${tag} has ${count} values of type ${type}, which cannot be.`;
    throw formatFault('format.invalid', file.path, sentence, { field: String(tag), value: count, offset: at });
  }
  const view = file.peek(at, bytes * count, `field ${tag}`);
  return Array.from({ length: count }, (_, index) => readNumber(view, index * bytes, type, littleEndian));
}

export function numberOf(tiff: TiffFile, directory: Directory, tag: number, otherwise: number): number {
  return numbersOf(tiff, directory, tag)[0] ?? otherwise;
}

/** A text field, such as ImageDescription; empty where it is missing. */
export function textOf({ file }: TiffFile, { fields }: Directory, tag: number): string {
  const field = fields.get(tag);
  if (field?.type !== 2) return '';
  const view = file.peek(field.at, Math.min(field.count, MOST_TEXT), `field ${tag}`);
  return new TextDecoder('latin1').decode(view).replace(/\0.*$/s, '');
}

function readNumber(view: DataView, at: number, type: number, littleEndian: boolean): number {
  switch (type) {
    case 3:
      return view.getUint16(at, littleEndian);
    case 4:
    case 13:
      return view.getUint32(at, littleEndian);
    case 5:
      return view.getUint32(at, littleEndian) / view.getUint32(at + 4, littleEndian);
    case 6:
      return view.getInt8(at);
    case 8:
      return view.getInt16(at, littleEndian);
    case 9:
      return view.getInt32(at, littleEndian);
    case 10:
      return view.getInt32(at, littleEndian) / view.getInt32(at + 4, littleEndian);
    case 11:
      return view.getFloat32(at, littleEndian);
    case 12:
      return view.getFloat64(at, littleEndian);
    case 16:
    case 18:
      return Number(view.getBigUint64(at, littleEndian));
    case 17:
      return Number(view.getBigInt64(at, littleEndian));
    default:
      return view.getUint8(at);
  }
}
