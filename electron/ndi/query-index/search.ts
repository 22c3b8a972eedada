import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { type JsonValue, parseDocumentJson } from '../../../shared/model/document-json.ts';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { type DocumentEntry, entryOfDocument } from '../database/document-index.ts';
import { documentTest } from '../database/document-test.ts';
import { type ClassCount, type DocumentPage, pageOf, type PageRequest } from '../database/page.ts';
import type { DocumentFilter } from '../database/select.ts';
import { fold } from '../query/free-text.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { QueryCompiler } from './compile.ts';
import { countOf } from './count.ts';
import { oddKind } from './layout.ts';
import { MOST_SORTED_TEXTS } from './field-order.ts';
import { KnownOrders } from './known-orders.ts';
import { type Members, membersOf } from './members.ts';
import { areFew, FEW_DOCUMENTS, listed, readFew } from './read-few.ts';
import { fromTheNearerEnd, isColumn, orderOf, WALK_FROM_SHARE } from './order.ts';
import { type QueryTests, Tests } from './query-tests.ts';
import { allOf, anyOf, type DocumentSet, expressionOf, selectOf, sql } from './sets.ts';

/** Answers to the newest questions that are remembered: a list is asked for page after page. */
const REMEMBERED = 32;

interface Plan {
  readonly set: DocumentSet;
  readonly total: number;
  readonly tests: Tests;
  /** Worked out when it is first needed. */
  members: Members | null;
}

export interface SearchOptions {
  /** Is told of each value and document that SQL alone cannot judge. */
  readonly onTest?: () => void;
  /** So many documents are read whole rather than looked up: see `readFew`. */
  readonly few?: number;
  /** See `WalkRequest`. */
  readonly sorted?: number;
}

/**
 * Asks an index. Counting and paging happen in SQLite: a call holds what it answers with and no more, however many
 * documents there are.
 */
export class IndexSearch {
  readonly #database: DatabaseSync;
  readonly #read: (docIdx: number) => NdiDocument;
  readonly #few: number;
  readonly #sorted: number;
  #generation = -1;
  #catalogue: Catalogue | null = null;
  readonly #plans = new Map<string, Plan>();
  #tests = new Tests();
  #isFound: Members = () => true;
  readonly #orders: KnownOrders;

  /** @param read gives a whole document by its number in NDI's database */
  constructor(
    database: DatabaseSync,
    read: (docIdx: number) => NdiDocument,
    { onTest = () => undefined, few = FEW_DOCUMENTS, sorted = MOST_SORTED_TEXTS }: SearchOptions = {},
  ) {
    this.#database = database;
    this.#read = read;
    this.#few = few;
    this.#sorted = sorted;
    this.#orders = new KnownOrders(database);
    database.function('is_found', (docIdx: SQLOutputValue) => Number(this.#isFound(Number(docIdx))));
    const holds = (name: string, test: (number: number, value: SQLOutputValue) => boolean) => {
      database.function(name, (number: SQLOutputValue, value: SQLOutputValue) => {
        onTest();
        return Number(test(Number(number), value));
      });
    };
    holds('text_holds', (number, value) => this.#tests.text(number)(String(value)));
    holds('number_holds', (number, value) => this.#tests.value(number)(Number(value)));
    holds('value_holds', (number, value) => this.#tests.value(number)(parseValue(String(value))));
    holds('document_holds', (number, value) => this.#tests.document(number)(this.#read(Number(value))));
  }

  catalogue(): Catalogue {
    const generation = Number(
      this.#database.prepare(`SELECT value FROM state WHERE key = 'generation'`).get()?.['value'] ?? 0,
    );
    if (this.#catalogue === null || generation !== this.#generation) {
      this.#plans.clear();
      this.#orders.forget();
      this.#catalogue = readCatalogue(this.#database);
      this.#generation = generation;
    }
    return this.#catalogue;
  }

  /** @throws NdiError query.invalid */
  count(filter: DocumentFilter): number {
    return this.#plan(filter).total;
  }

  page(filter: DocumentFilter, request: PageRequest): DocumentPage {
    const plan = this.#plan(filter);
    this.#tests = plan.tests;
    const catalogue = this.catalogue();
    if (!isColumn(request.sort)) return { total: plan.total, entries: this.#byWalking(plan, request) };
    const { turned, ...asked } = fromTheNearerEnd(request, plan.total);
    const walks = plan.total > catalogue.documents / WALK_FROM_SHARE;
    const isListed =
      walks && plan.set.is !== 'kinds' && plan.total < catalogue.documents && selectOf(plan.set) !== null;
    if (isListed) this.#isFound = this.#members(plan);
    const found = isListed ? sql('is_found(d.doc_idx)') : expressionOf(plan.set, walks);
    const order = orderOf(plan.total === catalogue.documents ? sql('1') : found, asked);
    const rows = this.#database.prepare(order.text).all(...order.values, asked.limit, asked.offset);
    const entries = rows.map((row) => this.#entryOf(row));
    return { total: plan.total, entries: turned ? entries.reverse() : entries };
  }

  #members(plan: Plan): Members {
    return (plan.members ??= membersOf(this.#database, plan.set));
  }

  #byWalking(plan: Plan, request: PageRequest): DocumentEntry[] {
    const { set, total } = plan;
    const catalogue = this.catalogue();
    // Few documents tell their values quicker themselves.
    if (total <= this.#few) {
      const { text, values } = expressionOf(set);
      const rows = this.#database.prepare(`SELECT d.* FROM doc d WHERE ${text} ORDER BY d.doc_idx`).all(...values);
      if (areFew(rows, this.#few)) {
        const entries = rows.map((row) => this.#entryOf(row));
        return pageOf(entries, request, (entry) => this.#read(entry.docIdx)).entries;
      }
    }
    const isMeant = total === catalogue.documents ? () => true : this.#members(plan);
    const found = this.#orders.page(catalogue, isMeant, request, this.#sorted);
    return this.#database
      .prepare('SELECT t.* FROM json_each(?) page CROSS JOIN doc t ON t.doc_idx = page.value ORDER BY page.key')
      .all(JSON.stringify(found))
      .map((row) => this.#entryOf(row));
  }

  /** Entries of all documents found, in the order of the database. */
  entries(filter: DocumentFilter): DocumentEntry[] {
    return this.page(filter, { sort: 'stored', descending: false, offset: 0, limit: -1 }).entries;
  }

  byId(id: string): DocumentEntry | undefined {
    // Of documents that share an id the last counts.
    const row = this.#database.prepare('SELECT * FROM doc WHERE id = ? ORDER BY doc_idx DESC LIMIT 1').get(id);
    return row === undefined ? undefined : this.#entryOf(row);
  }

  /** Number of documents by class, in alphabetical order. */
  classes(filter: DocumentFilter): ClassCount[] {
    const { set, tests } = this.#plan(filter);
    this.#tests = tests;
    const catalogue = this.catalogue();
    const counts = new Map<string, number>();
    const add = (name: string, count: number) => counts.set(name, (counts.get(name) ?? 0) + count);
    if (set.is === 'kinds')
      for (const kind of catalogue.kinds) if (set.kinds.has(kind.index)) add(kind.class, kind.documents);
    if (set.is !== 'kinds') {
      const names = new Map(catalogue.kinds.map((kind) => [kind.index, kind.class]));
      const { text, values } = expressionOf(set);
      const odd = this.#database.prepare(`SELECT d.doc_idx, d.kind FROM doc d WHERE d.kind = ${oddKind} AND (${text})`);
      for (const row of odd.iterate(...values)) add(this.#entryOf(row).class, 1);
      const grouped = this.#database.prepare(
        `SELECT d.kind, count(*) AS documents FROM doc d WHERE d.kind > ${oddKind} AND (${text}) GROUP BY d.kind`,
      );
      for (const row of grouped.iterate(...values)) add(names.get(Number(row['kind'])) ?? '', Number(row['documents']));
    }
    const rows = [...counts].map(([name, count]) => ({ class: name, count }));
    return rows.sort((a, b) => (a.class < b.class ? -1 : 1));
  }

  /** Fields of the documents (of a class), each with how many documents have it. */
  fields(className?: string): Map<string, number> {
    const counts = new Map<string, number>();
    for (const kind of this.catalogue().kinds) {
      if (className !== undefined && kind.class !== className) continue;
      for (const path of kind.paths) counts.set(path, (counts.get(path) ?? 0) + kind.documents);
    }
    return counts;
  }

  /** Texts that a field has, those that begin so first, then those that hold it. */
  values(path: string, beginning: string, limit: number): string[] {
    if (path === 'base.session_id') return [...new Set(this.catalogue().kinds.map((kind) => kind.sessionId))];
    const field = this.catalogue().fields.get(path);
    if (field === undefined || field.own < 0) return [];
    const rows = this.#database
      .prepare(
        `SELECT v.text FROM (SELECT value_idx FROM field_value WHERE field = ? AND type = 0 LIMIT 20000) f
         JOIN value v ON v.value_idx = f.value_idx WHERE ? = '' OR instr(coalesce(v.folded, v.text), ?) > 0
         ORDER BY instr(coalesce(v.folded, v.text), ?) > 1, v.text LIMIT ?`,
      )
      .all(field.own, fold(beginning), fold(beginning), fold(beginning), limit);
    return rows.map((row) => String(row['text']));
  }

  /** Documents whose JSON cannot be read. */
  unreadable(): { id: string; why: string }[] {
    const rows = this.#database.prepare('SELECT id, why FROM unreadable ORDER BY doc_idx').all();
    return rows.map((row) => ({ id: String(row['id']), why: String(row['why']) }));
  }

  #plan(filter: DocumentFilter): Plan {
    const catalogue = this.catalogue();
    const key = JSON.stringify(filter);
    let plan = this.#plans.get(key);
    if (plan === undefined) {
      const tests = new Tests();
      this.#tests = tests;
      const asked = this.#setOf(filter, catalogue, tests);
      const shown = this.#few === 0 ? asked : readFew(this.#database, asked, filter, this.#few, this.#read);
      const set = this.#withOddDocuments(shown, filter, catalogue);
      plan = { set, tests, total: countOf(this.#database, set, catalogue), members: null };
    }
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    for (const oldest of this.#plans.keys()) {
      if (this.#plans.size <= REMEMBERED) break;
      this.#plans.delete(oldest);
    }
    return plan;
  }

  #setOf(filter: DocumentFilter, catalogue: Catalogue, tests: QueryTests): DocumentSet {
    const compiler = new QueryCompiler(catalogue, tests);
    const { id, sessionId, class: className, isa, dependsOn, query, text } = filter;
    const parts: DocumentSet[] = [];
    if (sessionId !== undefined) parts.push(compiler.kindsWhere((kind) => kind.sessionId === sessionId));
    if (className !== undefined) parts.push(compiler.kindsWhere((kind) => kind.class === className));
    if (isa !== undefined) parts.push(compiler.isa(isa));
    if (id !== undefined) {
      parts.push({
        is: 'docs',
        sql: sql(`SELECT doc_idx FROM doc WHERE id = ? AND +kind > ${oddKind}`, id),
        distinct: true,
        isLookedUp: true,
      });
    }
    if (dependsOn !== undefined) parts.push(compiler.dependsOn(dependsOn.name, dependsOn.id));
    if (query !== undefined) parts.push(compiler.query(query));
    if (text !== undefined) parts.push(compiler.freeText(text));
    return allOf(parts, catalogue.everyKind);
  }

  /** Documents that the index cannot show are asked one by one. */
  #withOddDocuments(set: DocumentSet, filter: DocumentFilter, catalogue: Catalogue): DocumentSet {
    if (catalogue.oddDocuments === 0) return set;
    const test = documentTest(filter);
    const found: number[] = [];
    for (const row of this.#database.prepare(`SELECT doc_idx FROM doc WHERE kind = ${oddKind}`).iterate()) {
      const docIdx = Number(row['doc_idx']);
      if (test(this.#read(docIdx))) found.push(docIdx);
    }
    const shown: DocumentSet =
      set.is === 'kinds' ? set : { is: 'all', of: [{ is: 'kinds', kinds: catalogue.everyKind }, set] };
    if (found.length === 0) return shown;
    return anyOf([shown, listed(found)]);
  }

  #entryOf(row: Record<string, SQLOutputValue>): DocumentEntry {
    const docIdx = Number(row['doc_idx']);
    const kind = Number(row['kind']);
    if (kind === oddKind) return entryOfDocument(docIdx, this.#read(docIdx));
    const { class: className, sessionId, superclasses } = this.#kind(kind);
    const read = this.#read;
    return {
      docIdx,
      id: String(row['id']),
      class: className,
      name: String(row['name']),
      sessionId,
      datestamp: String(row['datestamp']),
      superclasses,
      // Seldom asked of a list, so read when it is.
      get dependencies() {
        return entryOfDocument(docIdx, read(docIdx)).dependencies;
      },
    };
  }

  #kind(index: number) {
    // A kind stays what it is; only one that came meanwhile has to be looked for.
    const found = this.#catalogue?.kindOf.get(index) ?? this.catalogue().kindOf.get(index);
    if (found === undefined) throw new Error(`The query index has no kind ${index}.`);
    return found;
  }
}

function parseValue(json: string): JsonValue {
  return parseDocumentJson(`{"value":${json}}`)['value'] ?? null;
}
