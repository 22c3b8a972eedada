import type { DatabaseSync } from 'node:sqlite';
import type { PageRequest } from '../database/page.ts';
import type { Catalogue } from './catalogue.ts';
import { walk } from './field-order.ts';
import type { Members } from './members.ts';

/** Pages that end before this are there before a whole order is. */
const SHALLOW = 20_000;
/** Numbers kept, of 8 bytes each. */
const MOST_KEPT = 4_000_000;

/**
 * Pages in the order of a field, or of classes. The first ones are walked to. Whoever looks further down looks at more
 * than one: then the order of all documents is worked out once, and kept until the index changes.
 */
export class KnownOrders {
  readonly #database: DatabaseSync;
  readonly #kept = new Map<string, Float64Array>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** To be called when the index has changed. */
  forget(): void {
    this.#kept.clear();
  }

  /**
   * Numbers of the documents of a page.
   * @param isMeant which documents are found
   * @param sorted see `walk`
   */
  page(catalogue: Catalogue, isMeant: Members, request: PageRequest, sorted: number): number[] {
    const { sort, descending, offset, limit } = request;
    const end = limit < 0 ? Infinity : offset + limit;
    const key = `${descending ? 'down' : 'up'} ${sort}`;
    const isShallow = end <= Math.min(SHALLOW, catalogue.documents / 2);
    const all = isShallow
      ? (this.#kept.get(key) ?? walk(this.#database, catalogue, { ...request, sorted, few: end }))
      : this.#whole(catalogue, request, sorted, key);
    const found: number[] = [];
    let passed = 0;
    for (const docIdx of all) {
      if (passed >= end) break;
      if (!isMeant(docIdx)) continue;
      if (passed >= offset) found.push(docIdx);
      passed += 1;
    }
    return found;
  }

  #whole(catalogue: Catalogue, { sort, descending }: PageRequest, sorted: number, key: string): Float64Array {
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const order = Float64Array.from(walk(this.#database, catalogue, { sort, descending, sorted, few: Infinity }));
    this.#kept.set(key, order);
    let kept = [...this.#kept.values()].reduce((sum, one) => sum + one.length, 0);
    for (const [oldest, { length }] of this.#kept) {
      if (kept <= MOST_KEPT || oldest === key) break;
      this.#kept.delete(oldest);
      kept -= length;
    }
    return order;
  }
}
