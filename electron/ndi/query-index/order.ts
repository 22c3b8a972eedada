import type { PageRequest, SortKey } from '../database/page.ts';
import { type Sql, sql } from './sets.ts';
import { ownValue } from '../../../shared/model/own-value.ts';

const COLUMNS: Readonly<Record<string, string>> = {
  name: 'name',
  datestamp: 'datestamp',
  id: 'id',
  stored: 'doc_idx',
  'base.id': 'id',
  'base.name': 'name',
  'base.datestamp': 'datestamp',
};

/** Whether the order is that of a column of `doc`; others are walked along (`walk`). */
export function isColumn(sort: SortKey): boolean {
  return Object.hasOwn(COLUMNS, sort);
}

/**
 * Where at least one document in so many is found, walking all in order until a page is full is quicker than sorting. The
 * worst case, all documents found at the far end of the order, costs one test of a document each.
 */
export const WALK_FROM_SHARE = 20;

/** A page in the second half of a list is counted off from its end: SQLite walks over all rows before a page. */
export function fromTheNearerEnd(request: PageRequest, total: number): PageRequest & { readonly turned: boolean } {
  const { sort, descending, offset, limit } = request;
  const end = limit < 0 ? total : Math.min(total, offset + limit);
  if (offset >= end || offset < total - end) return { ...request, turned: false };
  return { sort, descending: !descending, offset: total - end, limit: end - offset, turned: true };
}

/**
 * The rows of a page: documents for which an expression holds, in the order of a column, ties in the order of the database. Two values are
 * left open, the number of rows and the first.
 */
export function orderOf(where: Sql, { sort, descending }: PageRequest): Sql {
  const direction = descending ? 'DESC' : 'ASC';
  const column = ownValue(COLUMNS, sort) ?? 'doc_idx';
  return sql(
    `SELECT t.* FROM (
       SELECT d.doc_idx FROM doc d WHERE ${where.text} ORDER BY d.${column} ${direction}, d.doc_idx ${direction} LIMIT ? OFFSET ?
     ) page JOIN doc t ON t.doc_idx = page.doc_idx ORDER BY t.${column} ${direction}, t.doc_idx ${direction}`,
    ...where.values,
  );
}
