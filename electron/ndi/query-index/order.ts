import type { PageRequest } from '../database/page.ts';
import type { Catalogue } from './catalogue.ts';
import { type DocumentSet, expressionOf, type Sql, sql } from './sets.ts';

const COLUMNS: Readonly<Record<string, string>> = { name: 'name', datestamp: 'datestamp', id: 'id', stored: 'doc_idx' };

/** Where at least one document in so many is found, walking all in order until a page is full is quicker than sorting. */
const WALK_FROM_SHARE = 20;

/** A page in the second half of a list is counted off from its end: SQLite walks over all rows before a page. */
export function fromTheNearerEnd(request: PageRequest, total: number): PageRequest & { readonly turned: boolean } {
  const { sort, descending, offset, limit } = request;
  const end = limit < 0 ? total : Math.min(total, offset + limit);
  // Documents without a field come last in either direction.
  const canTurn = sort === 'class' || Object.hasOwn(COLUMNS, sort);
  if (!canTurn || offset >= end || offset < total - end) return { ...request, turned: false };
  return { sort, descending: !descending, offset: total - end, limit: end - offset, turned: true };
}

/**
 * The rows of a page: documents of a set in order, ties in the order of the database. Two values are left open, the
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
  if (sort === 'class') {
    const key = '(SELECT k.class FROM kind k WHERE k.kind_idx = d.kind)';
    const inner = `SELECT d.doc_idx, ${key} AS key FROM doc d WHERE ${where.text} ORDER BY key ${direction}, d.doc_idx ${direction} LIMIT ? OFFSET ?`;
    return rowsOf(inner, where, `page.key ${direction}, t.doc_idx ${direction}`);
  }
  return byField(sort, where, catalogue, direction);
}

function rowsOf(inner: string, where: Sql, order: string): Sql {
  return sql(
    `SELECT t.* FROM (${inner}) page JOIN doc t ON t.doc_idx = page.doc_idx ORDER BY ${order}`,
    ...where.values,
  );
}

/**
 * By a field of the documents: numbers before texts, documents without the field last, in either direction. Of several
 * values of one document the least counts.
 */
function byField(path: string, where: Sql, catalogue: Catalogue, direction: 'ASC' | 'DESC'): Sql {
  const field = catalogue.fields.get(path);
  const [own, joined] = [field?.own ?? -1, field?.joined ?? -1];
  const keys = `
    SELECT doc_idx, min(value) AS key FROM number WHERE field = ${own} GROUP BY doc_idx
    UNION ALL
    SELECT p.doc_idx, min(v.text) AS key FROM field_value f JOIN value v ON v.value_idx = f.value_idx
    JOIN posting p ON p.value_idx = f.value_idx AND p.field = f.field
    WHERE f.field IN (${own}, ${joined}) AND v.type <= 2 GROUP BY p.doc_idx`;
  const inner = `
    WITH hit AS MATERIALIZED (SELECT d.doc_idx FROM doc d WHERE ${where.text}),
    key AS MATERIALIZED (SELECT doc_idx, min(key) AS key FROM (${keys}) GROUP BY doc_idx)
    SELECT hit.doc_idx, key.key AS key FROM hit LEFT JOIN key ON key.doc_idx = hit.doc_idx
    ORDER BY key.key IS NULL, key.key ${direction}, hit.doc_idx ${direction} LIMIT ? OFFSET ?`;
  return rowsOf(inner, where, `page.key IS NULL, page.key ${direction}, t.doc_idx ${direction}`);
}
