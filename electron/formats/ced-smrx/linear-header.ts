import { textOf } from '../ced/events.ts';
import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { BLOCK_BYTES, BLOCK_HEAD_BYTES } from './numbers.ts';

const BODY_BYTES = BLOCK_BYTES - BLOCK_HEAD_BYTES;

/** The header as one row of bytes: the first block, then the bodies of the blocks by which it was extended. */
export class LinearHeader {
  readonly #file: FileBytes;
  readonly #extensions: readonly number[];

  /** @throws NdiError format.invalid for an extension that is no block of the file */
  constructor(file: FileBytes, extensions: readonly number[]) {
    this.#file = file;
    this.#extensions = extensions;
    for (const position of extensions) {
      if (position % BLOCK_BYTES === 0 && position > 0 && position < file.size) continue;
      const details = { field: 'header block', value: position, offset: 1024 };
      throw formatFault('format.invalid', file.path, `a block of its header lies nowhere (byte ${position}).`, details);
    }
  }

  /** @throws NdiError format.invalid beyond the header, format.truncated beyond the file; both naming `field` */
  view(at: number, length: number, field: string): DataView {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const { position, room } = this.#place(at + done, field);
      const part = this.#file.view(position, Math.min(room, length - done), field);
      bytes.set(new Uint8Array(part.buffer as ArrayBuffer, part.byteOffset, part.byteLength), done);
      done += part.byteLength;
    }
    return new DataView(bytes.buffer);
  }

  #place(at: number, field: string): { position: number; room: number } {
    if (at < BLOCK_BYTES) return { position: at, room: BLOCK_BYTES - at };
    const beyond = at - BLOCK_BYTES;
    const extension = this.#extensions[Math.floor(beyond / BODY_BYTES)];
    const within = beyond % BODY_BYTES;
    if (extension !== undefined) {
      return { position: extension + BLOCK_HEAD_BYTES + within, room: BODY_BYTES - within };
    }
    const details = { field, value: at };
    throw formatFault('format.invalid', this.#file.path, `${field} lie beyond its header (byte ${at} of it).`, details);
  }

  /** The texts of the file by their numbers; 0 is the empty one. */
  strings(at: number): Map<number, string> {
    const field = 'the texts';
    const head = this.view(at, 8, field);
    const bytes = 4 * head.getUint32(0, true);
    const count = head.getUint32(4, true);
    if (bytes > BLOCK_BYTES + this.#extensions.length * BODY_BYTES) {
      const details = { field, value: bytes, offset: at };
      throw formatFault('format.invalid', this.#file.path, `${field} are larger than its header.`, details);
    }
    const found = new Map<number, string>();
    const cursor = new TextCursor(this.view(at + 8, Math.max(0, bytes - 8), field));
    for (let number = 1; number <= count; number++) {
      const text = cursor.next();
      if (text === null) break;
      if (text !== undefined) found.set(number, text);
    }
    return found;
  }
}

/** Texts one after the other: a count of uses, and unless it is 0 characters up to a NUL, padded to four bytes. */
class TextCursor {
  readonly #view: DataView;
  #at = 0;

  constructor(view: DataView) {
    this.#view = view;
  }

  /** `undefined` for an unused number, `null` at the end. */
  next(): string | undefined | null {
    const { byteLength } = this.#view;
    if (this.#at + 4 > byteLength) return null;
    const uses = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    if (uses === 0) return undefined;
    let end = this.#at;
    while (end < byteLength && this.#view.getUint8(end) !== 0) end += 1;
    const text = textOf(new DataView(this.#view.buffer, this.#at, end - this.#at), 'utf-8');
    this.#at += Math.ceil((end + 1 - this.#at) / 4) * 4;
    return text;
  }
}
