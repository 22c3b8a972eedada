import type { PageRequest, SortKey } from '../database/page.ts';
import type { Catalogue } from './catalogue.ts';
import { type DocumentSet, expressionOf, type Sql, sql } from './sets.ts';

const COLUMNS: Readonly<Record<string, string>> = {
  name: 'name',
  datestamp: 'datestamp',
  id: 'id',
  stored: 'doc_idx',
  'base.id': 'id',
  'base.datestamp': 'datestamp',
};

/** Whether the order is that of a field, which `pageByField` walks along. */
export function isByField(sort: SortKey): boolean {
  return sort !== 'class' && !Object.hasOwn(COLUMNS, sort);
}

/** Where at least one document in so many is found, walking all in order until a page is full is quicker than sorting. */
const WALK_FROM_SHARE = 20;

/** A page in the second half of a list is counted off from its end: SQLite walks over all rows before a page. */
export function fromTheNearerEnd(request: PageRequest, total: number): PageRequest & { readonly turned: boolean } {
  const { sort, descending, offset, limit } = request;
  const end = limit < 0 ? total : Math.min(total, offset + limit);
  // Documents without a field come last in either direction.
  if (isByField(sort) || offset >= end || offset < total - end) return { ...request, turned: false };
  return { sort, descending: !descending, offset: total - end, limit: end - offset, turned: true };
}

/**
 * The rows of a page: documents of a set in the order of a column or of their classes, ties in the order of the database. Two values are left open, the
 * number of rows and the first.
 */
export function orderOf(set: DocumentSet, total: number, catalogue: Catalogue, { sort, descending }: PageRequest): Sql {
  const direction = descending ? 'DESC' : 'ASC';
  const column = COLUMNS[sort];
  // The worst case, all documents found at the far end of the order, costs one test of a document each.
  const walks = total > catalogue.documents / WALK_FROM_SHARE;
  const where = expressionOf(set, walks && column !== undefined);
  if (column !== undefined) {
    return rowsOf(
      `SELECT d.doc_idx FROM doc d WHERE ${where.text} ORDER BY d.${column} ${direction}, d.doc_idx ${direction} LIMIT ? OFFSET ?`,
      where,
      `t.${column} ${direction}, t.doc_idx ${direction}`,
    );
  }
  const key = '(SELECT k.class FROM kind k WHERE k.kind_idx = d.kind)';
  const inner = `SELECT d.doc_idx, ${key} AS key FROM doc d WHERE ${where.text} ORDER BY key ${direction}, d.doc_idx ${direction} LIMIT ? OFFSET ?`;
  return rowsOf(inner, where, `page.key ${direction}, t.doc_idx ${direction}`);
}

function rowsOf(inner: string, where: Sql, order: string): Sql {
  return sql(
    `SELECT t.* FROM (${inner}) page JOIN doc t ON t.doc_idx = page.doc_idx ORDER BY ${order}`,
    ...where.values,
  );
}
