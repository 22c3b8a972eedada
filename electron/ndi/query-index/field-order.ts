import type { DatabaseSync } from 'node:sqlite';
import type { PageRequest } from '../database/page.ts';
import type { Catalogue } from './catalogue.ts';
import { noDocuments } from './document-numbers.ts';
import { oddKind, valueType } from './layout.ts';
import { type Lister, listAtOnce, listInTurn } from './numbers.ts';
import { valueKey } from './texts.ts';

export interface WalkRequest extends Pick<PageRequest, 'sort' | 'descending'> {
  /** More texts of a field are not looked up one by one: where few documents are asked for, and these are most of all
   * texts, they are walked along; where all are, ranked. */
  readonly sorted: number;
  /** How many documents are likely to be asked for; Infinity: all, which are then read at once. */
  readonly few: number;
}

/**
 * Numbers of all documents in the order of one of their fields, or of their classes, each once.
 *
 * Fields: numbers before texts (whatever their case; lists of texts joined, truth values as words), turned round where the
 * order descends; documents with nothing of these last. Of several values of one document the one that comes first counts.
 *
 * Walks over the values in order: the first few documents are there at once, and for them nothing but the distinct texts
 * of the field is ever sorted.
 */
export function* walk(database: DatabaseSync, catalogue: Catalogue, request: WalkRequest): Generator<number> {
  const list = request.few === Infinity ? listAtOnce(database) : listInTurn(database);
  const lists =
    request.sort === 'class' ? byClass(catalogue, request, list) : new FieldWalk(catalogue, request, list).lists();
  const seen = noDocuments(database);
  for (const documents of lists) {
    for (const docIdx of documents) if (seen.add(docIdx)) yield docIdx;
    if (seen.size === catalogue.documents) return;
  }
}

/** A class with fewer than one document in so many is gathered and sorted; of others every few documents are one. */
const RARE_SHARE = 20;

function* byClass(catalogue: Catalogue, { descending }: WalkRequest, list: Lister): Generator<Iterable<number>> {
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
    yield list(text)(documents);
  }
}

class FieldWalk {
  readonly #own: number;
  readonly #joined: number;
  readonly #direction: 'ASC' | 'DESC';
  readonly #sorted: number;
  readonly #few: number;
  readonly #list: Lister;

  constructor(catalogue: Catalogue, { sort, descending, sorted, few }: WalkRequest, list: Lister) {
    this.#list = list;
    const { own, joined } = catalogue.fields.get(sort) ?? { own: -1, joined: -1 };
    this.#own = own;
    this.#joined = joined;
    this.#direction = descending ? 'DESC' : 'ASC';
    this.#sorted = sorted;
    this.#few = few;
  }

  /** Documents with numbers and with texts, then all: one that is listed again has had its place. */
  *lists(): Generator<Iterable<number>> {
    const ascends = this.#direction === 'ASC';
    if (ascends) yield this.#withNumbers();
    yield* this.#withTexts();
    if (!ascends) yield this.#withNumbers();
    yield this.#numbers(`SELECT doc_idx FROM doc ORDER BY doc_idx ${this.#direction}`);
  }

  #withNumbers(): Iterable<number> {
    return this.#numbers(
      `SELECT doc_idx FROM number WHERE field = ${this.#own} ORDER BY value ${this.#direction}, doc_idx ${this.#direction}`,
    );
  }

  *#withTexts(): Generator<Iterable<number>> {
    // Of one field the rows lie in order.
    const fields = this.#joined < 0 ? `= ${this.#own}` : `IN (${this.#own}, ${this.#joined})`;
    const [count = 0] = this.#numbers(`SELECT count(*) FROM field_value WHERE field ${fields}`);
    if (count > this.#sorted && this.#few === Infinity) {
      yield this.#numbers(
        `SELECT p.doc_idx FROM (SELECT v.value_idx, rank() OVER (ORDER BY ${this.#textOrder}) AS place FROM ${this.#texts}) t
         CROSS JOIN posting p ON p.value_idx = t.value_idx AND p.field ${fields}
         ORDER BY t.place, p.doc_idx ${this.#direction}`,
      );
      return;
    }
    if (count > this.#sorted && this.#areMostTexts(count)) {
      yield this.#numbers(
        `SELECT p.doc_idx FROM value v CROSS JOIN posting p ON p.value_idx = v.value_idx AND p.field ${fields}
         WHERE v.text IS NOT NULL AND ${IS_WORD}
         ORDER BY ${valueKey} ${this.#direction}, ${this.#textOrder}, p.doc_idx ${this.#direction}`,
      );
      return;
    }
    const documents = this.#list(
      `SELECT doc_idx FROM posting WHERE value_idx = ? AND field ${fields} ORDER BY doc_idx ${this.#direction}`,
    );
    let last = -1;
    for (const value of this.#textsSorted()) {
      // Alone in one document and in a list of another.
      if (value !== last) yield documents(value);
      last = value;
    }
  }

  /** Whether so many of all texts are the field's that to walk along all is quicker than to sort these. */
  #areMostTexts(count: number): boolean {
    const [all = 0] = this.#numbers('SELECT max(value_idx) FROM value');
    return count * WALKED_SHARE > all;
  }

  /** Numbers of the texts in order; the first few are picked out without sorting all. */
  *#textsSorted(): Generator<number> {
    const few = this.#few;
    const texts = `SELECT v.value_idx FROM ${this.#texts} ORDER BY ${this.#textOrder}, v.value_idx LIMIT ? OFFSET ?`;
    const isPickedOut = few <= MOST_PICKED_OUT;
    if (isPickedOut) yield* this.#numbers(texts, few, 0);
    yield* this.#numbers(texts, -1, isPickedOut ? few : 0);
  }

  /** Whatever their case; what differs in nothing else, capitals first. */
  get #textOrder(): string {
    return `coalesce(v.folded, v.text) ${this.#direction}, v.text ${this.#direction}`;
  }

  get #texts(): string {
    return `field_value f CROSS JOIN value v ON v.value_idx = f.value_idx AND f.field IN (${this.#own}, ${this.#joined}) AND ${IS_WORD}`;
  }

  #numbers(text: string, ...values: number[]): Iterable<number> {
    return this.#list(text)(...values);
  }
}

/** Texts, and truth values as words. */
const IS_WORD = `(v.type <= ${valueType.mark} OR v.text IN ('true', 'false'))`;
/** So many texts are sorted in a few hundredths of a second. */
export const MOST_SORTED_TEXTS = 20_000;
/** One text in so many is the field's: to pass over the others is quicker than to sort. */
const WALKED_SHARE = 3;
/** More are quicker sorted with all others. */
const MOST_PICKED_OUT = 2_000;
