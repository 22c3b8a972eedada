import { NdiError } from '../../shared/model/errors.ts';

/** What gives way when the cache is full: the oldest, the newest, or nothing (adding fails). */
export type Replacement = 'fifo' | 'lifo' | 'error';

export interface CacheItem {
  readonly key: string;
  readonly type: string;
  /** Items of a lower priority give way first. */
  readonly priority: number;
  readonly bytes: number;
  readonly data: unknown;
}

const MAX_BYTES = 10e9;

/** NDI's cache of computed values (ndi-core reference, 8.7). The caller says how many bytes an item takes. */
export class Cache {
  readonly #maxBytes: number;
  readonly #replacement: Replacement;
  /** In the order in which they were added, which is that of their times. */
  #items: CacheItem[] = [];

  constructor(options: { maxBytes?: number; replacement?: Replacement } = {}) {
    this.#maxBytes = options.maxBytes ?? MAX_BYTES;
    this.#replacement = options.replacement ?? 'fifo';
  }

  get bytes(): number {
    return this.#items.reduce((sum, item) => sum + item.bytes, 0);
  }

  /**
   * Adds an item beside those of the same key and type. Where it does not fit, items give way by priority and then by
   * the rule; if the new one would be among them, it is not added and nothing changes.
   * @returns whether it was added
   * @throws NdiError usage.invalid for a size or priority that is no number, range.tooLarge for an item larger than the cache, or a full cache under the rule `error`
   */
  add(item: CacheItem): boolean {
    if (!(item.bytes >= 0) || Number.isNaN(item.priority)) throw noSize(item);
    if (item.bytes > this.#maxBytes) throw tooLarge(item, this.#maxBytes);
    let excess = this.bytes + item.bytes - this.#maxBytes;
    if (excess > 0 && this.#replacement === 'error') throw tooLarge(item, this.#maxBytes);
    const leaving = new Set<CacheItem>();
    const newestFirst = this.#replacement === 'lifo';
    const all = [...this.#items, item];
    const order = (newestFirst ? all.toReversed() : all).toSorted((a, b) => a.priority - b.priority);
    for (const candidate of order) {
      if (excess <= 0) break;
      leaving.add(candidate);
      excess -= candidate.bytes;
    }
    if (leaving.has(item)) return false;
    this.#items = all.filter((one) => !leaving.has(one));
    return true;
  }

  /** All items of a key and type, the oldest first; the case of both counts. */
  lookup(key: string, type: string): CacheItem[] {
    return this.#items.filter((item) => item.key === key && item.type === type);
  }

  remove(key: string, type: string): void {
    this.#items = this.#items.filter((item) => item.key !== key || item.type !== type);
  }

  clear(): void {
    this.#items = [];
  }
}

function noSize({ key, bytes, priority }: CacheItem): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `"${key}" cannot be kept: ${bytes} bytes and the priority ${priority} cannot be compared with others.`,
    recovery: 'Give a size from 0 bytes on, and a number as the priority.',
    details: { key },
  });
}

function tooLarge(item: CacheItem, maxBytes: number): NdiError {
  return new NdiError({
    code: 'range.tooLarge',
    message: `"${item.key}" (${item.bytes} bytes) does not fit in the cache of ${maxBytes} bytes.`,
    recovery: 'Clear the cache, or give it more room.',
    details: { key: item.key, bytes: item.bytes, maxBytes },
  });
}
