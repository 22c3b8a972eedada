import { createReadStream, rmSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { toFileError } from '../files/file-faults.ts';

/**
 * A file that appears when it is whole: written beside its place and then renamed. The target `-` is standard output,
 * which gets the bytes when all of them are there, so that a failure leaves no half answer.
 */
export class OutputFile {
  readonly #target: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;
  readonly #removeAtExit: () => void;
  #size = 0;

  private constructor(target: string, temporary: string, handle: FileHandle) {
    this.#target = target;
    this.#temporary = temporary;
    this.#handle = handle;
    this.#removeAtExit = () => rmSync(temporary, { force: true });
    process.once('exit', this.#removeAtExit);
  }

  /** @throws NdiError path.* */
  static async open(target: string): Promise<OutputFile> {
    const place = target === '-' ? join(tmpdir(), `ndi-${Date.now()}`) : target;
    const temporary = `${place}.${process.pid}.part`;
    return new OutputFile(target, temporary, await guard(target, open(temporary, 'wx', 0o666)));
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#size;
  }

  async write(bytes: Uint8Array | string): Promise<void> {
    const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    await guard(this.#target, writeAll(this.#handle, buffer, this.#size));
    this.#size += buffer.length;
  }

  /** Writes over bytes that are there already. */
  async patch(position: number, bytes: Uint8Array): Promise<void> {
    await guard(this.#target, writeAll(this.#handle, bytes, position));
  }

  /** Puts the file in its place. */
  async finish(): Promise<void> {
    await guard(this.#target, this.#handle.close());
    if (this.#target === '-') {
      await pipeline(createReadStream(this.#temporary), process.stdout, { end: false });
      await rm(this.#temporary, { force: true });
    } else await guard(this.#target, rename(this.#temporary, this.#target));
    process.off('exit', this.#removeAtExit);
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#temporary, { force: true });
    process.off('exit', this.#removeAtExit);
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }
}

async function guard<T>(target: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw toFileError(error, target);
  }
}
