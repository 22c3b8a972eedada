import { formatFault } from '../file-faults.ts';

/** Bytes of a MAT file: a `FileBytes`, or a piece that was inflated. */
export interface MatSource {
  readonly path: string;
  readonly size: number;
  view(offset: number, length: number, field: string): DataView;
}

/** Kinds of numbers as they are stored, which may be smaller than the class of the array. */
export const storedKinds = {
  1: 'i8',
  2: 'u8',
  3: 'i16',
  4: 'u16',
  5: 'i32',
  6: 'u32',
  7: 'f32',
  9: 'f64',
  12: 'i64',
  13: 'u64',
} as const;
export type StoredKind = (typeof storedKinds)[keyof typeof storedKinds];

/** Bytes of a stored number. */
export const numberBytes: Readonly<Record<StoredKind, number>> = {
  i8: 1,
  u8: 1,
  i16: 2,
  u16: 2,
  i32: 4,
  u32: 4,
  f32: 4,
  f64: 8,
  i64: 8,
  u64: 8,
};

/** Where the numbers of an array lie: column after column. */
export interface MatNumbers {
  readonly kind: 'numbers';
  readonly dims: readonly number[];
  readonly source: MatSource;
  readonly offset: number;
  readonly word: StoredKind;
  readonly littleEndian: boolean;
}

/** All numbers of an array as doubles, column after column. @throws NdiError format.invalid beyond `most` numbers */
export function matNumbers(value: MatNumbers, most = 10_000_000): Float64Array {
  const count = value.dims.reduce((product, size) => product * size, 1);
  if (!(count <= most)) throw matFault(value.source, `an array claims ${count} numbers`, value.offset);
  const bytes = numberBytes[value.word];
  const data = value.source.view(value.offset, count * bytes, 'an array');
  const get = getters[value.word];
  return Float64Array.from({ length: count }, (_, index) => get(data, index * bytes, value.littleEndian));
}

const getters: Readonly<Record<StoredKind, (data: DataView, at: number, little: boolean) => number>> = {
  i8: (data, at) => data.getInt8(at),
  u8: (data, at) => data.getUint8(at),
  i16: (data, at, little) => data.getInt16(at, little),
  u16: (data, at, little) => data.getUint16(at, little),
  i32: (data, at, little) => data.getInt32(at, little),
  u32: (data, at, little) => data.getUint32(at, little),
  f32: (data, at, little) => data.getFloat32(at, little),
  f64: (data, at, little) => data.getFloat64(at, little),
  i64: (data, at, little) => Number(data.getBigInt64(at, little)),
  u64: (data, at, little) => Number(data.getBigUint64(at, little)),
};

/** Damage, with the byte where it lies. */
export function matFault(source: MatSource, what: string, offset: number) {
  return formatFault('format.invalid', source.path, `${what}.`, { offset });
}
