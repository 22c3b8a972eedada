import { formatFault } from '../file-faults.ts';

/** Where HDF5 structures are read from: a `FileBytes`, or positioned reads of a worker. */
export interface Hdf5Source {
  readonly path: string;
  readonly size: number;
  /**
   * Exactly `length` bytes at `offset`; valid until the next call.
   * @throws NdiError format.truncated naming `field`
   */
  view(offset: number, length: number, field: string): DataView;
}

/** Bytes of one structure; a file that lies about sizes must not make us allocate more. */
const MAX_STRUCTURE_BYTES = 16 << 20;

/** The widths that a file chose for addresses and lengths, and where its addresses count from. */
export interface Hdf5Widths {
  readonly base: number;
  readonly offsetSize: number;
  readonly lengthSize: number;
}

/** A structure of an HDF5 file, read field after field (HDF5 File Format Specification, version 3). Little-endian. */
export class Hdf5Cursor {
  readonly #data: DataView;
  readonly #field: string;
  readonly #path: string;
  readonly #widths: Hdf5Widths;
  at = 0;

  constructor(data: DataView, field: string, path: string, widths: Hdf5Widths) {
    this.#data = data;
    this.#field = field;
    this.#path = path;
    this.#widths = widths;
  }

  get length(): number {
    return this.#data.byteLength;
  }
  get left(): number {
    return this.length - this.at;
  }

  /** An unsigned number of 0 to 8 bytes; what a double cannot hold exactly is no size or address of a real file. */
  number(bytes: number): number {
    this.#need(bytes);
    let value = 0;
    for (let index = bytes - 1; index >= 0; index--) value = value * 256 + this.#data.getUint8(this.at + index);
    this.at += bytes;
    return value;
  }
  u8(): number {
    return this.number(1);
  }
  u16(): number {
    return this.number(2);
  }
  u32(): number {
    return this.number(4);
  }
  size(): number {
    return this.number(this.#widths.lengthSize);
  }
  /** An address in the file, or null where there is nothing: all bits set. */
  address(): number | null {
    const { offsetSize, base } = this.#widths;
    const value = this.number(offsetSize);
    return value >= 2 ** (8 * offsetSize) - 1 ? null : base + value;
  }
  skip(bytes: number): this {
    this.#need(bytes);
    this.at += bytes;
    return this;
  }
  /** To the next multiple of `bytes` from a position. */
  align(bytes: number, from = 0): this {
    const over = (this.at - from) % bytes;
    // The last field of some structures is not padded.
    if (over !== 0) this.at = Math.min(this.length, this.at + bytes - over);
    return this;
  }
  bytes(length: number): DataView {
    this.#need(length);
    const part = new DataView(this.#data.buffer, this.#data.byteOffset + this.at, length);
    this.at += length;
    return part;
  }
  /** A part with its own end. */
  part(length: number, field: string): Hdf5Cursor {
    return new Hdf5Cursor(this.bytes(length), field, this.#path, this.#widths);
  }
  /** Latin letters that mark a structure, or UTF-8 text up to its NUL. */
  text(length: number): string {
    return textOf(this.bytes(length));
  }
  /** Text up to and with its NUL. */
  terminated(): string {
    let end = this.at;
    while (end < this.length && this.#data.getUint8(end) !== 0) end++;
    const text = this.text(end - this.at);
    return (this.skip(1), text);
  }
  expect(mark: string): this {
    const found = this.text(mark.length);
    if (found !== mark) throw this.invalid(`is not marked "${mark}"`);
    return this;
  }

  invalid(what: string) {
    const details = { field: this.#field, offset: this.at };
    return formatFault('format.invalid', this.#path, `${this.#field} ${what}.`, details);
  }
  unsupported(what: string) {
    return formatFault('format.unsupported', this.#path, `${this.#field} ${what}.`, { field: this.#field });
  }

  #need(bytes: number): void {
    if (!(bytes >= 0) || this.at + bytes > this.length) throw this.invalid(`ends too early (byte ${this.at} of it)`);
  }
}

const utf8 = new TextDecoder();

/** UTF-8 text up to the first NUL. */
export function textOf(view: DataView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** Reads a structure of known length at an address: its own copy, so that others may be read meanwhile. */
export function structureAt(
  source: Hdf5Source,
  widths: Hdf5Widths,
  address: number,
  length: number,
  field: string,
): Hdf5Cursor {
  if (!(length >= 0) || length > MAX_STRUCTURE_BYTES) {
    throw formatFault('format.invalid', source.path, `${field} claims ${length} bytes.`, { field, value: length });
  }
  const view = source.view(address, length, field);
  const copy = view.buffer.slice(view.byteOffset, view.byteOffset + length);
  return new Hdf5Cursor(new DataView(copy), field, source.path, widths);
}
