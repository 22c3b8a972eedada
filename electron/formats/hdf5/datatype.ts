import type { Hdf5Cursor } from './reader.ts';

/** What one element of a dataset or attribute is. */
export type Datatype =
  | { readonly kind: 'integer'; readonly size: number; readonly signed: boolean; readonly bigEndian: boolean }
  | { readonly kind: 'float'; readonly size: number; readonly bigEndian: boolean }
  | { readonly kind: 'string'; readonly size: number }
  | { readonly kind: 'compound'; readonly size: number; readonly members: readonly Member[] }
  | { readonly kind: 'reference'; readonly size: number; readonly region: boolean }
  | {
      readonly kind: 'enum';
      readonly size: number;
      readonly base: Datatype;
      readonly names: ReadonlyMap<number, string>;
    }
  | { readonly kind: 'list'; readonly size: number; readonly base: Datatype; readonly text: boolean }
  | { readonly kind: 'array'; readonly size: number; readonly base: Datatype; readonly count: number }
  | { readonly kind: 'opaque'; readonly size: number };

export interface Member {
  readonly name: string;
  readonly offset: number;
  readonly type: Datatype;
}

const MAX_DEPTH = 8;

/** Parses a datatype message (class and version in the first byte). */
export function readDatatype(body: Hdf5Cursor, depth = 0): Datatype {
  if (depth > MAX_DEPTH) throw body.invalid('nests types too deeply');
  const first = body.u8();
  const [version, kind] = [first >> 4, first & 15];
  const bits = body.number(3);
  const size = body.u32();
  const bigEndian = (bits & 1) !== 0;
  switch (kind) {
    case 0:
      body.skip(4);
      return { kind: 'integer', size, signed: (bits & 8) !== 0, bigEndian };
    case 1:
      body.skip(12);
      return { kind: 'float', size, bigEndian };
    case 3:
      return { kind: 'string', size };
    case 4:
      body.skip(4);
      return { kind: 'integer', size, signed: false, bigEndian };
    case 6:
      return { kind: 'compound', size, members: readMembers(body, version, bits & 0xffff, size, depth) };
    case 7:
      return { kind: 'reference', size, region: (bits & 15) === 1 };
    case 8:
      return readEnum(body, version, bits & 0xffff, size, depth);
    case 9:
      return { kind: 'list', size, text: (bits & 15) === 1, base: readDatatype(body, depth + 1) };
    case 10: {
      const rank = body.u8();
      if (version < 3) body.skip(3);
      let count = 1;
      for (let index = 0; index < rank; index++) count *= body.u32();
      if (version < 3) body.skip(4 * rank);
      return { kind: 'array', size, count, base: readDatatype(body, depth + 1) };
    }
    default:
      // Times and opaque bytes: nothing here reads them.
      return { kind: 'opaque', size };
  }
}

function readMembers(body: Hdf5Cursor, version: number, count: number, size: number, depth: number): Member[] {
  const offsetBytes = size < 256 ? 1 : size < 65_536 ? 2 : size < 16_777_216 ? 3 : 4;
  return Array.from({ length: count }, () => {
    const start = body.at;
    const name = body.terminated();
    if (version < 3) body.align(8, start);
    const offset = version < 3 ? body.u32() : body.number(offsetBytes);
    // Version 1 could declare an array in place; its dimensions are not in use by anybody who writes NWB.
    if (version === 1 && body.skip(0).u8() > 0) throw body.unsupported('has an array member of the first version');
    if (version === 1) body.skip(27);
    const type = readDatatype(body, depth + 1);
    if (offset + type.size > size) throw body.invalid('has a member beyond its end');
    return { name, offset, type };
  });
}

function readEnum(body: Hdf5Cursor, version: number, count: number, size: number, depth: number): Datatype {
  const base = readDatatype(body, depth + 1);
  const names = Array.from({ length: count }, () => {
    const start = body.at;
    const name = body.terminated();
    if (version < 3) body.align(8, start);
    return name;
  });
  return { kind: 'enum', size, base, names: new Map(names.map((name) => [body.number(base.size), name])) };
}

/** Sizes along each dimension: one element for a scalar, none for a null space. */
export function readDataspace(body: Hdf5Cursor): { readonly shape: readonly number[]; readonly isNull: boolean } {
  const version = body.u8();
  const rank = body.u8();
  body.skip(1);
  const isNull = version === 2 && body.u8() === 2;
  if (version === 1) body.skip(5);
  if (rank > 32) throw body.invalid(`has ${rank} dimensions`);
  return { shape: Array.from({ length: rank }, () => body.size()), isNull };
}
