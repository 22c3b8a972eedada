import { deflateSync } from 'node:zlib';

/**
 * A value of a MAT file to be written for a test: a text, a record, a row of cells, a row of records or of objects (of
 * old classes), an object of a new class, or numbers column after column.
 */
export type Made =
  | string
  | readonly Made[]
  | MadeRecords
  | { readonly opaqueClass: string }
  | { readonly [field: string]: Made }
  | MadeNumbers;

interface MadeNumbers {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array | Int16Array | Uint8Array;
}

interface MadeRecords {
  readonly records: readonly MadeRecord[];
  readonly className?: string;
}

interface MadeRecord {
  readonly [field: string]: Made;
}

/** The bytes of a MAT file of level 5 with some variables. */
export function madeMat(variables: Readonly<Record<string, Made>>, compressed = false): Buffer {
  const head = Buffer.alloc(128, ' ');
  head.write('MATLAB 5.0 MAT-file, made for a test', 'latin1');
  head.writeUInt16LE(0x0100, 124);
  head.write('IM', 126, 'latin1');
  const parts = Object.entries(variables).map(([name, value]) => {
    const plain = matrix(name, value);
    return compressed ? element(15, deflateSync(plain), false) : plain;
  });
  return Buffer.concat([head, ...parts]);
}

function element(type: number, data: Uint8Array, isPadded = true): Buffer {
  const tag = Buffer.alloc(8);
  tag.writeUInt32LE(type, 0);
  tag.writeUInt32LE(data.length, 4);
  return Buffer.concat([tag, data, Buffer.alloc(isPadded ? (8 - (data.length % 8)) % 8 : 0)]);
}

function ints(...values: number[]): Buffer {
  return Buffer.from(Int32Array.from(values).buffer);
}

function matrix(name: string, value: Made): Buffer {
  if (isOpaque(value)) {
    const words = [name, 'MCOS', value.opaqueClass].map((word) => element(1, Buffer.from(word, 'latin1')));
    return element(14, Buffer.concat([element(6, ints(17, 0)), ...words, matrix('', row(0xdd00_0000))]));
  }
  const [kind, rows, columns, data] = content(value);
  const flags = element(6, ints(kind, 0));
  const dims = element(5, ints(rows, columns));
  return element(14, Buffer.concat([flags, dims, element(1, Buffer.from(name, 'latin1')), data]));
}

function isOpaque(value: Made): value is { readonly opaqueClass: string } {
  return typeof value === 'object' && typeof (value as { opaqueClass?: unknown }).opaqueClass === 'string';
}

function areNumbers(value: Made): value is MadeNumbers {
  return typeof value === 'object' && ArrayBuffer.isView((value as { values?: unknown }).values);
}

function areRecords(value: Made): value is MadeRecords {
  return typeof value === 'object' && Array.isArray((value as { records?: unknown }).records);
}

function content(value: Made): [kind: number, rows: number, columns: number, data: Buffer] {
  if (Array.isArray(value)) {
    const cells = value as readonly Made[];
    return [1, 1, cells.length, Buffer.concat(cells.map((cell) => matrix('', cell)))];
  }
  if (typeof value === 'string') return [4, 1, value.length, element(4, Buffer.from(value, 'utf16le'))];
  if (areNumbers(value)) {
    const { rows, columns, values } = value;
    // A matrix of doubles may be stored in fewer bytes.
    const type = values instanceof Float64Array ? 9 : values instanceof Int16Array ? 3 : 2;
    return [6, rows, columns, element(type, Buffer.from(values.buffer, values.byteOffset, values.byteLength))];
  }
  if (!areRecords(value)) return [2, 1, 1, recordsData([value as MadeRecord])];
  if (value.className === undefined) return [2, 1, value.records.length, recordsData(value.records)];
  const named = Buffer.concat([element(1, Buffer.from(value.className, 'latin1')), recordsData(value.records)]);
  return [3, 1, value.records.length, named];
}

function recordsData(records: readonly MadeRecord[]): Buffer {
  const fields = Object.keys(records[0] ?? {});
  const names = Buffer.alloc(32 * fields.length);
  fields.forEach((field, index) => names.write(field, 32 * index, 'latin1'));
  const values = records.flatMap((record) => fields.map((field) => matrix('', record[field] ?? row())));
  return Buffer.concat([element(5, ints(32)), element(1, names), ...values]);
}

export function row(...values: number[]): Made {
  return { rows: 1, columns: values.length, values: Float64Array.from(values) };
}
