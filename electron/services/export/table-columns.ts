import { type JsonValue, toPlainJson } from '../../../shared/model/document-json.ts';
import { dependencyValue, documentClass, type NdiDocument, objectOf } from '../../../shared/model/documents.ts';
import { fieldValue } from '../document-cells.ts';
import type { ColumnType, TableValue } from './table-writers.ts';
import { ownValue } from '../../../shared/model/own-value.ts';

/** Columns that every list has, by their short names. */
const SHORT: Readonly<Record<string, (document: NdiDocument) => JsonValue | undefined>> = {
  id: (document) => fieldValue(document, 'base.id'),
  class: (document) => documentClass(document),
  name: (document) => fieldValue(document, 'base.name'),
  sessionId: (document) => fieldValue(document, 'base.session_id'),
  datestamp: (document) => fieldValue(document, 'base.datestamp'),
};
export const shortColumns: readonly string[] = Object.keys(SHORT);

/** More fields are left to those who name them. */
const MOST_FOUND = 200;
const NOT_FOUND = new Set(['base', 'document_class', 'files']);

/** The value of a column: lists and objects as JSON. */
export function tableValue(document: NdiDocument, column: string): TableValue {
  const value = ownValue(SHORT, column)?.(document) ?? dependencyOf(document, column) ?? fieldValue(document, column);
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return JSON.stringify(toPlainJson(value));
  return value;
}

/** NDI's tables name a dependency `depends_on_NAME`. */
const DEPENDS_ON = 'depends_on_';

function dependencyOf(document: NdiDocument, column: string): string | undefined {
  if (!column.startsWith(DEPENDS_ON)) return undefined;
  return dependencyValue(document, column.slice(DEPENDS_ON.length)) || undefined;
}

/** Learns from all documents which columns there are and what they hold, before the first row is written. */
export class ColumnFinder {
  readonly #named: readonly string[] | undefined;
  readonly #types = new Map<string, ColumnType>();
  readonly #found = new Set<string>();

  /** @param named the columns that are wanted; else every field that holds a value of its own */
  constructor(named: readonly string[] | undefined) {
    this.#named = named;
  }

  see(document: NdiDocument): void {
    if (this.#named === undefined) {
      for (const [group, value] of Object.entries(document)) if (!NOT_FOUND.has(group)) this.#find(group, value);
    }
    for (const column of this.columns()) this.#learn(column, tableValue(document, column));
  }

  columns(): string[] {
    return [...(this.#named ?? [...shortColumns, ...this.#found])];
  }

  types(): ColumnType[] {
    return this.columns().map((column) => this.#types.get(column) ?? 'text');
  }

  #find(path: string, value: JsonValue): void {
    const fields = objectOf(value);
    if (path === 'depends_on' || fields === null) {
      // Dependencies are named by what they are: one column each.
      const names = path === 'depends_on' && Array.isArray(value) ? value.map((one) => objectOf(one)?.['name']) : [];
      for (const name of names) if (typeof name === 'string') this.#add(`${DEPENDS_ON}${name}`);
      if (path !== 'depends_on') this.#add(path);
      return;
    }
    for (const [key, item] of Object.entries(fields)) this.#find(`${path}.${key}`, item);
  }

  #add(path: string): void {
    if (this.#found.size < MOST_FOUND) this.#found.add(path);
  }

  /** A column of mixed values is one of texts. */
  #learn(column: string, value: TableValue): void {
    if (value === null) return;
    const type = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text';
    const known = this.#types.get(column);
    this.#types.set(column, known === undefined || known === type ? type : 'text');
  }
}
