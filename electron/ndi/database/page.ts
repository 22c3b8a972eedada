import type { JsonValue } from '../../../shared/model/document-json.ts';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { valuesAlong } from '../query/evaluate.ts';
import { fold } from '../query/free-text.ts';
import type { DocumentEntry } from './document-index.ts';
import { ownValue } from '../../../shared/model/own-value.ts';

/** `stored` is the order of the database; any other name is a field such as `element.type`. */
export type SortKey = 'class' | 'name' | 'datestamp' | 'id' | 'stored' | (string & {});

/** A stretch of a list of documents. Ties are in the order of the database. */
export interface PageRequest {
  readonly sort: SortKey;
  readonly descending: boolean;
  readonly offset: number;
  /** -1: to the end. */
  readonly limit: number;
}

export interface DocumentPage {
  /** Documents in the whole list. */
  readonly total: number;
  readonly entries: DocumentEntry[];
}

export interface ClassCount {
  readonly class: string;
  readonly count: number;
}

/** In alphabetical order. */
export function countClasses(entries: readonly DocumentEntry[]): ClassCount[] {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(entry.class, (counts.get(entry.class) ?? 0) + 1);
  const rows = [...counts].map(([name, count]) => ({ class: name, count }));
  return rows.sort((a, b) => (a.class < b.class ? -1 : 1));
}

type Key = string | number | null;

const KEYS: Readonly<Record<string, (entry: DocumentEntry) => Key>> = {
  name: (entry) => entry.name,
  class: (entry) => entry.class,
  datestamp: (entry) => entry.datestamp,
  id: (entry) => entry.id,
  stored: (entry) => entry.docIdx,
};

/** Whether summaries tell this order, without the documents. */
export function isSummaryKey(sort: SortKey): boolean {
  return Object.hasOwn(KEYS, sort);
}

/** A stretch of documents that are all at hand. `read` gives a whole document where a field decides the order. */
export function pageOf(
  entries: readonly DocumentEntry[],
  { sort, descending, offset, limit }: PageRequest,
  read: (entry: DocumentEntry) => NdiDocument,
): DocumentPage {
  const path = sort.split('.');
  const keyOf = ownValue(KEYS, sort) ?? ((entry: DocumentEntry) => firstOf(valuesAlong(read(entry), path), descending));
  const direction = descending ? -1 : 1;
  const sorted = entries
    .map((entry) => ({ entry, key: keyOf(entry) }))
    .sort((a, b) => {
      if ((a.key === null) !== (b.key === null)) return a.key === null ? 1 : -1;
      return direction * (compare(a.key, b.key) || a.entry.docIdx - b.entry.docIdx);
    });
  const page = sorted.slice(offset, limit < 0 ? undefined : offset + limit);
  return { total: entries.length, entries: page.map(({ entry }) => entry) };
}

/** Of several values of one document the one that comes first counts. */
function firstOf(values: readonly JsonValue[], descending: boolean): Key {
  const keys = values.map(sortValue).filter((key) => key !== null);
  return keys.reduce<Key>(
    (first, key) => (first === null || compare(key, first) < 0 !== descending ? key : first),
    null,
  );
}

/** Numbers and texts have an order, lists of texts as one text; anything else comes last. */
function sortValue(value: JsonValue): Key {
  if (typeof value === 'number') return Number.isNaN(value) ? null : value;
  if (typeof value === 'boolean') return textKey(String(value));
  if (typeof value === 'string') return textKey(value);
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')
    ? textKey(value.join(','))
    : null;
}

/** In order, texts stand whatever their case; what differs in nothing else, capitals first. */
function textKey(text: string): string {
  return `${fold(text)}\0${text}`;
}

/** Numbers before texts; texts by code unit, as NDI orders ids and time stamps. */
function compare(a: Key, b: Key): number {
  if (a === b || a === null || b === null) return 0;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : 1;
}
