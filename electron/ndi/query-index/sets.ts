/** Something that SQLite is asked, with its values in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/**
 * Which documents fulfil a condition, over the documents that the index shows faithfully (all kinds but the odd one).
 *
 * - `kinds`: all documents of these kinds.
 * - `docs`: those that a SELECT of `doc_idx` names; `distinct` where it names none twice, `isLookedUp` where finding them
 *   takes no longer for more documents, unless more are found.
 * - `test`: those for which an expression over `d` (a row of `doc`) is true; answered document by document.
 */
export type DocumentSet =
  | { readonly is: 'kinds'; readonly kinds: ReadonlySet<number> }
  | { readonly is: 'docs'; readonly sql: Sql; readonly distinct: boolean; readonly isLookedUp: boolean }
  | { readonly is: 'test'; readonly sql: Sql }
  | { readonly is: 'not'; readonly of: DocumentSet }
  | { readonly is: 'all' | 'any'; readonly of: readonly DocumentSet[] };

export const nothing: DocumentSet = { is: 'kinds', kinds: new Set() };

export function sql(text: string, ...values: (string | number)[]): Sql {
  return { text, values };
}

export function joinSql(parts: readonly Sql[], between: string): Sql {
  return { text: parts.map((part) => part.text).join(between), values: parts.flatMap((part) => part.values) };
}

/** All of these; what depends on kinds alone is worked out here. */
export function allOf(sets: readonly DocumentSet[], everyKind: ReadonlySet<number>): DocumentSet {
  let kinds: ReadonlySet<number> = everyKind;
  const rest: DocumentSet[] = [];
  for (const set of sets.flatMap((one) => (one.is === 'all' ? one.of : [one]))) {
    if (set.is === 'kinds') kinds = new Set([...kinds].filter((kind) => set.kinds.has(kind)));
    else rest.push(set);
  }
  if (rest.length === 0 || kinds.size === 0) return { is: 'kinds', kinds };
  if (kinds.size < everyKind.size) rest.unshift({ is: 'kinds', kinds });
  const [only, ...more] = rest;
  return only !== undefined && more.length === 0 ? only : { is: 'all', of: rest };
}

/** Any of these. */
export function anyOf(sets: readonly DocumentSet[]): DocumentSet {
  const kinds = new Set<number>();
  const rest: DocumentSet[] = [];
  for (const set of sets.flatMap((one) => (one.is === 'any' ? one.of : [one]))) {
    if (set.is === 'kinds') for (const kind of set.kinds) kinds.add(kind);
    else rest.push(set);
  }
  if (rest.length === 0) return { is: 'kinds', kinds };
  if (kinds.size > 0) rest.unshift({ is: 'kinds', kinds });
  const [only, ...more] = rest;
  return only !== undefined && more.length === 0 ? only : { is: 'any', of: rest };
}

export function notOf(set: DocumentSet, everyKind: ReadonlySet<number>): DocumentSet {
  if (set.is === 'not') return set.of;
  if (set.is !== 'kinds') return { is: 'not', of: set };
  return { is: 'kinds', kinds: new Set([...everyKind].filter((kind) => !set.kinds.has(kind))) };
}

/**
 * The set as an expression over `d`, a row of `doc`.
 * @param walking keeps SQLite from fetching the rows of the set first: it walks the documents in the order asked for
 */
export function expressionOf(set: DocumentSet, walking = false): Sql {
  // A sign in front of a column takes its index out of the plan (https://sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_).
  const plus = walking ? '+' : '';
  switch (set.is) {
    case 'kinds':
      return sql(`${plus}d.kind IN (${[...set.kinds].join(', ')})`);
    case 'docs':
      return sql(`${plus}d.doc_idx IN (${set.sql.text})`, ...set.sql.values);
    case 'test':
      return set.sql;
    case 'not': {
      const inner = expressionOf(set.of, walking);
      return sql(`NOT (${inner.text})`, ...inner.values);
    }
    case 'all':
      return parenthesised(set.of, ' AND ', walking);
    case 'any': {
      // Sets of rows are united before the table of documents is touched.
      const united = selectOf(set);
      if (united !== null) return sql(`${plus}d.doc_idx IN (${united.text})`, ...united.values);
      return parenthesised(set.of, ' OR ', walking);
    }
  }
}

function parenthesised(sets: readonly DocumentSet[], between: string, walking: boolean): Sql {
  const joined = joinSql(
    sortedByCost(sets).map((set) => expressionOf(set, walking)),
    between,
  );
  return sql(`(${joined.text})`, ...joined.values);
}

/** SQLite tests in the order in which it is told, so reading whole documents comes last. */
function sortedByCost(sets: readonly DocumentSet[]): readonly DocumentSet[] {
  return [...sets].sort((a, b) => costOf(a) - costOf(b));
}

function costOf(set: DocumentSet): number {
  switch (set.is) {
    case 'kinds':
      return 0;
    case 'docs':
      return 1;
    case 'test':
      return 10;
    case 'not':
      return 1 + costOf(set.of);
    case 'all':
    case 'any':
      return Math.max(2, ...set.of.map(costOf));
  }
}

/** A SELECT of the `doc_idx` of a set, each once where it is a union; null for a set that is told document by document. */
export function selectOf(set: DocumentSet): Sql | null {
  if (set.is === 'docs') return set.sql;
  if (set.is === 'kinds') return sql(`SELECT doc_idx FROM doc WHERE kind IN (${[...set.kinds].join(', ')})`);
  if (set.is === 'any') {
    const selects = set.of.map(selectOf);
    return selects.every((select) => select !== null) ? union(selects) : null;
  }
  if (set.is !== 'all' || !set.of.some((one) => one.is === 'docs')) return null;
  const { text, values } = expressionOf(set);
  return sql(`SELECT d.doc_idx FROM doc d WHERE ${text}`, ...values);
}

/** SQLite unites at most 500 at once. */
const UNITED_AT_ONCE = 200;

function union(selects: readonly Sql[]): Sql {
  if (selects.length > UNITED_AT_ONCE) {
    const groups = Math.ceil(selects.length / UNITED_AT_ONCE);
    const parts = Array.from({ length: groups }, (_, at) =>
      selects.slice(at * UNITED_AT_ONCE, (at + 1) * UNITED_AT_ONCE),
    );
    return union(parts.map(union));
  }
  const parts = selects.map(({ text, values }) => sql(`SELECT doc_idx FROM (${text})`, ...values));
  return joinSql(parts, ' UNION ');
}
