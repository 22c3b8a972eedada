import { deflateSync } from 'node:zlib';

/** A value of a MAT file to be written for a test: a text, a record, or numbers column after column. */
export type Made =
  | string
  | { readonly [field: string]: Made }
  | { readonly rows: number; readonly columns: number; readonly values: Float64Array | Int16Array | Uint8Array };

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
  const [kind, rows, columns, data] = content(value);
  const flags = element(6, ints(kind, 0));
  const dims = element(5, ints(rows, columns));
  return element(14, Buffer.concat([flags, dims, element(1, Buffer.from(name, 'latin1')), data]));
}

function content(value: Made): [kind: number, rows: number, columns: number, data: Buffer] {
  if (typeof value === 'string') return [4, 1, value.length, element(4, Buffer.from(value, 'utf16le'))];
  if ('values' in value && ArrayBuffer.isView(value.values)) {
    const { rows, columns, values } = value as Made & { rows: number; columns: number; values: Float64Array };
    // A matrix of doubles may be stored in fewer bytes.
    const type = values instanceof Float64Array ? 9 : (values as unknown) instanceof Int16Array ? 3 : 2;
    return [6, rows, columns, element(type, Buffer.from(values.buffer, values.byteOffset, values.byteLength))];
  }
  const fields = Object.entries(value as { readonly [field: string]: Made });
  const names = Buffer.alloc(32 * fields.length);
  fields.forEach(([field], index) => names.write(field, 32 * index, 'latin1'));
  const values = fields.map(([, one]) => matrix('', one));
  return [2, 1, 1, Buffer.concat([element(5, ints(32)), element(1, names), ...values])];
}

export function row(...values: number[]): Made {
  return { rows: 1, columns: values.length, values: Float64Array.from(values) };
}
