import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { NdiError } from '../../../../shared/model/errors.ts';
import type { StreamedBody } from '../http/exchange.ts';
import type { Throttle } from './throttle.ts';

/** A local file as it was when its sending began. */
export interface FileState {
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** @returns null where there is no such file */
export async function fileState(path: string): Promise<FileState | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? { path, bytes: found.size, mtimeMs: found.mtimeMs } : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export async function hasChanged(before: FileState): Promise<boolean> {
  const now = await fileState(before.path);
  return now === null || now.bytes !== before.bytes || now.mtimeMs !== before.mtimeMs;
}

/** A file as a body that is hashed while it leaves; each attempt begins anew. */
export class FileBody implements StreamedBody {
  readonly sizeBytes: number;
  readonly #path: string;
  readonly #throttle: Throttle;
  readonly #signal: AbortSignal;
  #sha256: Hash = createHash('sha256');
  #md5: Hash = createHash('md5');

  constructor(file: FileState, throttle: Throttle, signal: AbortSignal) {
    this.sizeBytes = file.bytes;
    this.#path = file.path;
    this.#throttle = throttle;
    this.#signal = signal;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    this.#sha256 = createHash('sha256');
    this.#md5 = createHash('md5');
    let bytes = 0;
    if (this.sizeBytes > 0) {
      for await (const chunk of createReadStream(this.#path, { end: this.sizeBytes - 1 })) {
        const part = chunk as Buffer;
        bytes += part.byteLength;
        this.#sha256.update(part);
        this.#md5.update(part);
        await this.#throttle.pass(part.byteLength, this.#signal);
        yield part;
      }
    }
    if (bytes < this.sizeBytes) throw beingWritten(this.#path);
  }

  /** Hashes of the last attempt that was read to its end, in hexadecimal. */
  hashes(): { sha256: string; md5: string } {
    return { sha256: this.#sha256.copy().digest('hex'), md5: this.#md5.copy().digest('hex') };
  }
}

export function beingWritten(path: string): NdiError {
  return new NdiError({
    code: 'path.ioFault',
    message: `${path} is being written by another program.`,
    recovery: 'Wait until it has finished, then send again.',
    details: { path },
  });
}
