import type { DatabaseSync } from 'node:sqlite';
import type { PageRequest } from '../database/page.ts';
import type { Catalogue } from './catalogue.ts';
import { oddKind, valueType } from './layout.ts';
import { type DocumentSet, expressionOf } from './sets.ts';

/**
 * Numbers of the documents of a page in the order of one of their fields, or of their classes.
 *
 * Fields: numbers before texts (lists of texts joined, truth values as words), turned round where the order descends;
 * documents with nothing of these last. Of several values of one document the one that comes first counts.
 *
 * Walks over the values in order until the page is full: the first page is there at once, and nothing but the distinct
 * texts of the field is ever sorted.
 * @param set the documents found; null: all
 */
export function pageByWalking(
  database: DatabaseSync,
  catalogue: Catalogue,
  set: DocumentSet | null,
  request: PageRequest,
): number[] {
  const { sort, offset, limit } = request;
  const end = limit < 0 ? Infinity : offset + limit;
  const isMeant = set === null ? () => true : membersOf(database, set);
  const seen = catalogue.fields.get(sort)?.multiple === true ? new Set<number>() : null;
  const found: number[] = [];
  let passed = 0;
  const walk =
    sort === 'class'
      ? byClass(database, catalogue, request)
      : new FieldWalk(database, catalogue, request).documents(end);
  for (const docIdx of walk) {
    if (passed >= end) break;
    if (!isMeant(docIdx) || seen?.has(docIdx) === true) continue;
    seen?.add(docIdx);
    if (passed >= offset) found.push(docIdx);
    passed += 1;
  }
  return found;
}

/** Numbers from here on are too large to give each document a bit. */
const MOST_BITS = 2 ** 30;

/** A bit a document: a set of numbers would take forty times the room. */
function membersOf(database: DatabaseSync, set: DocumentSet): (docIdx: number) => boolean {
  const last = Number(database.prepare('SELECT max(doc_idx) AS last FROM doc').get()?.['last'] ?? 0);
  const { text, values } = expressionOf(set);
  const members = numbersOf(database, `SELECT d.doc_idx FROM doc d WHERE ${text}`, ...values);
  if (last >= MOST_BITS) {
    const all = new Set(members);
    return (docIdx) => all.has(docIdx);
  }
  const bits = new Uint8Array((last >> 3) + 1);
  for (const docIdx of members) bits[docIdx >> 3] = (bits[docIdx >> 3] ?? 0) | (1 << (docIdx & 7));
  return (docIdx) => ((bits[docIdx >> 3] ?? 0) & (1 << (docIdx & 7))) !== 0;
}

/** A class with fewer than one document in so many is gathered and sorted; of others every few documents are one. */
const RARE_SHARE = 20;

function* byClass(database: DatabaseSync, catalogue: Catalogue, { descending }: PageRequest): Generator<number> {
  const classes = new Map<string, { kinds: number[]; documents: number }>();
  // Documents that the index does not show come before all classes.
  const kinds = [{ index: oddKind, class: '', documents: catalogue.oddDocuments }, ...catalogue.kinds];
  for (const { index, class: name, documents } of kinds) {
    const known = classes.get(name) ?? { kinds: [], documents: 0 };
    classes.set(name, { kinds: [...known.kinds, index], documents: known.documents + documents });
  }
  const direction = descending ? 'DESC' : 'ASC';
  const names = [...classes.keys()].sort();
  for (const name of descending ? names.reverse() : names) {
    const { kinds: own, documents } = classes.get(name) ?? { kinds: [], documents: 0 };
    const kind = documents * RARE_SHARE < catalogue.documents ? 'kind' : '+kind';
    const text = `SELECT doc_idx FROM doc WHERE ${kind} IN (${own.join(', ')}) ORDER BY doc_idx ${direction} LIMIT ?`;
    yield* numbersOf(database, text, documents);
  }
}

class FieldWalk {
  readonly #database: DatabaseSync;
  /** Kinds in which the field occurs. */
  readonly #kinds: readonly number[];
  readonly #own: number;
  readonly #joined: number;
  readonly #direction: 'ASC' | 'DESC';

  constructor(database: DatabaseSync, catalogue: Catalogue, { sort, descending }: PageRequest) {
    this.#database = database;
    this.#kinds = catalogue.kinds.filter((kind) => kind.paths.has(sort)).map((kind) => kind.index);
    const { own, joined } = catalogue.fields.get(sort) ?? { own: -1, joined: -1 };
    this.#own = own;
    this.#joined = joined;
    this.#direction = descending ? 'DESC' : 'ASC';
  }

  /** All documents, those with several values more than once. @param few how many are likely to be asked for */
  *documents(few: number): Generator<number> {
    const ascends = this.#direction === 'ASC';
    if (ascends) yield* this.#withNumbers();
    yield* this.#withTexts(few);
    if (!ascends) yield* this.#withNumbers();
    yield* this.#withoutEither();
  }

  #withNumbers(): Iterable<number> {
    return this.#numbers(
      `SELECT doc_idx FROM number WHERE field = ${this.#own} ORDER BY value ${this.#direction}, doc_idx ${this.#direction}`,
    );
  }

  *#withTexts(few: number): Generator<number> {
    // Of one field the rows lie in order.
    const fields = this.#joined < 0 ? `= ${this.#own}` : `IN (${this.#own}, ${this.#joined})`;
    const documents = `SELECT doc_idx FROM posting WHERE value_idx = ? AND field ${fields} ORDER BY doc_idx ${this.#direction}`;
    for (const value of this.#textsInOrder(few)) yield* this.#numbers(documents, value);
  }

  /** Numbers of the texts; the first few are picked out without sorting all. */
  *#textsInOrder(few: number): Generator<number> {
    const texts = `SELECT v.value_idx FROM ${this.#texts} ORDER BY v.text ${this.#direction}, v.value_idx LIMIT ? OFFSET ?`;
    let last = -1;
    const portions =
      few === Infinity
        ? [[-1, 0]]
        : [
            [few, 0],
            [-1, few],
          ];
    for (const portion of portions) {
      for (const value of this.#numbers(texts, ...portion)) {
        // Alone in one document and in a list of another.
        if (value !== last) yield value;
        last = value;
      }
    }
  }

  #withoutEither(): Iterable<number> {
    // A field may hold an empty list, say. Documents that the index does not show are of a kind without fields.
    return this.#numbers(
      `SELECT doc_idx FROM doc WHERE kind NOT IN (${this.#kinds.join(', ')}) OR doc_idx NOT IN (
         SELECT doc_idx FROM number WHERE field = ${this.#own} UNION ALL
         SELECT p.doc_idx FROM ${this.#texts} CROSS JOIN posting p ON p.value_idx = f.value_idx AND p.field = f.field)
       ORDER BY doc_idx ${this.#direction}`,
    );
  }

  get #texts(): string {
    return `field_value f CROSS JOIN value v ON v.value_idx = f.value_idx AND f.field IN (${this.#own}, ${this.#joined})
      AND (f.type <= ${valueType.mark} OR v.text IN ('true', 'false'))`;
  }

  #numbers(text: string, ...values: number[]): Iterable<number> {
    return numbersOf(this.#database, text, ...values);
  }
}

function* numbersOf(database: DatabaseSync, text: string, ...values: (number | string)[]): Generator<number> {
  const rows = database.prepare(text);
  rows.setReturnArrays(true);
  for (const [number] of rows.iterate(...values) as unknown as Iterable<[number]>) yield number;
}
