import { createHash, randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from './database.ts';

export interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly path: string;
}

interface PutOptions {
  /** Where one bit is kept wrongly. */
  readonly flipAtByte?: number | null;
  readonly availableAt?: number;
  /** Keeps as many zeros, without a checksum. */
  readonly discard?: boolean;
}

/** Bytes by key: files of a folder, named in the database. */
export class Objects {
  readonly #db: Database;
  readonly #folder: string;

  constructor(db: Database, folder: string) {
    this.#db = db;
    this.#folder = folder;
  }

  /**
   * Keeps an object once its last byte has come; a broken upload leaves nothing.
   * @param availableAt time from which it can be read
   */
  async put(key: string, bytes: AsyncIterable<Uint8Array>, options: PutOptions = {}) {
    const blob = randomUUID();
    const path = join(this.#folder, blob);
    const hash = createHash('md5');
    const file = await open(path, 'w');
    let size = 0;
    try {
      for await (const part of bytes) {
        size += options.discard === true ? part.byteLength : 0;
        if (options.discard === true) continue;
        const kept = flipped(part, (options.flipAtByte ?? -1) - size);
        hash.update(kept);
        size += kept.byteLength;
        await file.writeFile(kept);
      }
      if (options.discard === true) await file.truncate(size);
      await file.close();
    } catch (thrown) {
      await file.close();
      await rm(path, { force: true });
      throw thrown;
    }
    // One with a dash says nothing of the bytes, as with objects that the storage was given in parts.
    const etag = options.discard === true ? `${randomUUID()}-1` : hash.digest('hex');
    const before = this.#db.get('SELECT blob FROM objects WHERE key = ?', key);
    const values = [key, size, etag, blob, options.availableAt ?? 0] as const;
    this.#db.run('INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?)', ...values);
    if (before !== undefined) await rm(join(this.#folder, String(before['blob'])), { force: true });
    return { key, size, etag, path };
  }

  get(key: string, nowMs: number): StoredObject | null {
    const row = this.#db.get('SELECT * FROM objects WHERE key = ?', key);
    if (row === undefined || Number(row['available_at']) > nowMs) return null;
    const path = join(this.#folder, String(row['blob']));
    return { key, size: Number(row['size']), etag: String(row['etag']), path };
  }
}

function flipped(part: Uint8Array, at: number): Uint8Array {
  const byte = part[at];
  return byte === undefined ? part : Uint8Array.from(part).fill(byte ^ 1, at, at + 1);
}
