import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { beat } from '../files/heartbeat.ts';
import { formatFault, refuseDatabase, toReadFault } from './file-faults.ts';

const WINDOW_BYTES = 64 * 1024;

/**
 * A file opened for reading headers, tables and events: positioned reads through a small window, so that many small
 * reads close to each other cost one call. Close it: `withFile` does.
 */
export class FileBytes {
  readonly path: string;
  readonly size: number;
  readonly #handle: number;
  readonly #window = new Uint8Array(WINDOW_BYTES);
  #windowAt = 0;
  #windowLength = 0;

  /** @throws NdiError path.* */
  constructor(path: string) {
    this.path = path;
    refuseDatabase(path);
    try {
      // Asked before it is opened: opening a pipe would wait for its writer.
      const stat = statSync(path);
      if (!stat.isFile()) throw formatFault('format.unknown', path, 'this is not a regular file.');
      this.size = stat.size;
      this.#handle = openSync(path, 'r');
    } catch (error) {
      throw toReadFault(error, path);
    }
  }

  /**
   * Exactly `length` bytes at `offset`; the view is valid until the next call.
   * @throws NdiError format.truncated when the file ends before, naming `field`
   */
  view(offset: number, length: number, field: string): DataView {
    this.#requireInside(offset, length, field);
    if (length > WINDOW_BYTES) return new DataView(this.#read(new Uint8Array(length), offset, length, field).buffer);
    if (offset < this.#windowAt || offset + length > this.#windowAt + this.#windowLength) {
      const wanted = Math.min(WINDOW_BYTES, this.size - offset);
      this.#windowLength = 0;
      this.#read(this.#window, offset, wanted, field);
      this.#windowAt = offset;
      this.#windowLength = wanted;
    }
    return new DataView(this.#window.buffer, offset - this.#windowAt, length);
  }

  /**
   * As `view`, but reads no more than what is asked for: for small heads that lie far from each other.
   * @throws NdiError format.truncated when the file ends before, naming `field`
   */
  peek(offset: number, length: number, field: string): DataView {
    this.#requireInside(offset, length, field);
    return new DataView(this.#read(new Uint8Array(length), offset, length, field).buffer);
  }

  /** Before anything is allocated: a length in a header may be a lie. */
  #requireInside(offset: number, length: number, field: string): void {
    if (offset >= 0 && length >= 0 && offset + length <= this.size) return;
    throw formatFault('format.truncated', this.path, `the file ends inside ${field} (byte ${offset}).`, {
      field,
      offset,
      needed: length,
      size: this.size,
    });
  }

  #read(into: Uint8Array<ArrayBuffer>, offset: number, length: number, field: string): Uint8Array<ArrayBuffer> {
    let done = 0;
    try {
      while (done < length) {
        const got = readSync(this.#handle, into, done, length - done, offset + done);
        beat();
        if (got === 0) break;
        done += got;
      }
    } catch (error) {
      throw toReadFault(error, this.path);
    }
    if (done < length) {
      throw formatFault('format.truncated', this.path, `the file ends inside ${field} (byte ${offset + done}).`, {
        field,
        offset: offset + done,
      });
    }
    return into;
  }

  close(): void {
    closeSync(this.#handle);
  }
}

export function withFile<T>(path: string, use: (file: FileBytes) => T): T {
  const file = new FileBytes(path);
  try {
    return use(file);
  } finally {
    file.close();
  }
}

/** Reads the fields of a header one after the other; each read names its field for the error. */
export class HeaderCursor {
  readonly file: FileBytes;
  at: number;

  constructor(file: FileBytes, at = 0) {
    this.file = file;
    this.at = at;
  }

  u8(field: string): number {
    return this.#take(1, field).getUint8(0);
  }
  u16(field: string): number {
    return this.#take(2, field).getUint16(0, true);
  }
  i16(field: string): number {
    return this.#take(2, field).getInt16(0, true);
  }
  u32(field: string): number {
    return this.#take(4, field).getUint32(0, true);
  }
  f32(field: string): number {
    return this.#take(4, field).getFloat32(0, true);
  }
  bytes(length: number, field: string): DataView {
    return this.#take(length, field);
  }
  /** A fixed field of Latin-1 characters, ended by NUL or blanks. */
  text(length: number, field: string): string {
    return latin1(this.#take(length, field));
  }
  /** An i16 that counts something. */
  count(field: string): number {
    const at = this.at;
    const value = this.i16(field);
    if (value < 0) throw this.invalid(field, value, at, 'is negative');
    return value;
  }

  invalid(field: string, value: number | string, offset: number, what: string) {
    return formatFault('format.invalid', this.file.path, `${field} ${what} (${value}, at byte ${offset}).`, {
      field,
      value: Number.isNaN(value) ? 'NaN' : value,
      offset,
    });
  }

  #take(length: number, field: string): DataView {
    const view = this.file.view(this.at, length, field);
    this.at += length;
    return view;
  }
}

const latin1Decoder = new TextDecoder('latin1');

/** Text up to the first NUL, without trailing blanks. */
export function latin1(view: DataView): string {
  const bytes = new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength);
  const end = bytes.indexOf(0);
  return latin1Decoder.decode(end < 0 ? bytes : bytes.subarray(0, end)).trimEnd();
}
