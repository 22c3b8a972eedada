import { closeSync, openSync, readSync } from 'node:fs';
import { beat } from '../files/heartbeat.ts';
import { formatFault, toReadFault, vanished } from '../formats/file-faults.ts';

/** Handles are closed after so long without a read, so that files can be deleted or replaced (Windows). */
const IDLE_MS = 2_000;
const MAX_OPEN = 32;

/** Open files of one thread, for reads of samples. A handle that is not used for two seconds is closed. */
export class FileHandles {
  readonly #open = new Map<string, { handle: number; usedAt: number }>();
  #timer: NodeJS.Timeout | null = null;

  /**
   * Reads exactly `bytes.length` bytes; or of every `stepBytes` of them the first `pieceBytes`, and leaves the others.
   * @throws NdiError path.vanished, format.truncated (the file has become shorter), path.ioFault
   */
  readInto(path: string, bytes: Uint8Array, position: number, pieceBytes = bytes.length, stepBytes = pieceBytes): void {
    const handle = this.#handleOf(path);
    for (let at = 0; at < bytes.length; at += stepBytes) {
      const end = Math.min(bytes.length, at + pieceBytes);
      const done = this.#fill(path, handle, bytes, at, end, position);
      if (done === end) continue;
      this.close(path);
      throw formatFault('format.truncated', path, 'the file has become shorter since its header was read.', {
        offset: position + done,
        missing: bytes.length - done,
      });
    }
  }

  /** Fills [at, end) of the bytes as far as the file goes. @returns where it ended */
  #fill(path: string, handle: number, bytes: Uint8Array, at: number, end: number, position: number): number {
    try {
      while (at < end) {
        const got = readSync(handle, bytes, at, end - at, position + at);
        beat();
        if (got === 0) break;
        at += got;
      }
      return at;
    } catch (error) {
      this.close(path);
      throw toReadFault(error, path);
    }
  }

  close(path: string): void {
    const entry = this.#open.get(path);
    if (entry === undefined) return;
    this.#open.delete(path);
    closeSync(entry.handle);
  }

  closeAll(): void {
    for (const path of [...this.#open.keys()]) this.close(path);
  }

  #handleOf(path: string): number {
    const usedAt = Date.now();
    const known = this.#open.get(path);
    if (known !== undefined) {
      known.usedAt = usedAt;
      return known.handle;
    }
    if (this.#open.size >= MAX_OPEN) this.#closeOldest();
    try {
      const handle = openSync(path, 'r');
      this.#open.set(path, { handle, usedAt });
      this.#timer ??= setInterval(() => this.#closeIdle(), IDLE_MS / 2).unref();
      return handle;
    } catch (error) {
      // Its header was read before: a file that is missing now has gone in between.
      const fault = toReadFault(error, path);
      throw fault.code === 'path.missing' ? vanished(path, error) : fault;
    }
  }

  #closeOldest(): void {
    let oldest: string | undefined;
    let usedAt = Infinity;
    for (const [path, entry] of this.#open) {
      if (entry.usedAt < usedAt) [oldest, usedAt] = [path, entry.usedAt];
    }
    if (oldest !== undefined) this.close(oldest);
  }

  #closeIdle(): void {
    const limit = Date.now() - IDLE_MS;
    for (const [path, entry] of [...this.#open]) if (entry.usedAt < limit) this.close(path);
    if (this.#open.size === 0 && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }
}
