/** Another number makes old index files be built anew. */
export const layoutVersion = 1;

/**
 * The tables of a query index: an inverted index over the documents of one NDI database, kept beside the application's
 * settings because the database itself belongs to its owner and is only read.
 *
 * - `kind`: documents of the same class, session and set of fields. Few, so whatever depends on these alone (isa,
 *   hasfield, session, counts by class) is answered from memory. Kind 0 holds documents that the index cannot show
 *   faithfully; they are read whole for every query.
 * - `value`: each distinct text once (with its lower case where that differs), each distinct list, each truth value.
 * - `posting`: which documents hold a value in which field. `number`: the same for plain numbers, in order.
 * - `found_text`: trigrams of all texts except ids and time stamps, which are looked up by their beginning.
 */
export const createIndexTables = `
CREATE TABLE state (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE kind (kind_idx INTEGER PRIMARY KEY, hash TEXT UNIQUE, class TEXT, session TEXT, head TEXT, paths TEXT, documents INTEGER);
CREATE TABLE field (field_idx INTEGER PRIMARY KEY, path TEXT UNIQUE, multiple INTEGER);
CREATE TABLE doc (doc_idx INTEGER PRIMARY KEY, kind INTEGER, id TEXT, name TEXT, datestamp TEXT, size INTEGER, written REAL);
CREATE INDEX doc_id ON doc (id);
CREATE INDEX doc_name ON doc (name);
CREATE INDEX doc_datestamp ON doc (datestamp, kind);
CREATE INDEX doc_kind ON doc (kind, datestamp);
CREATE TABLE unreadable (doc_idx INTEGER PRIMARY KEY, id TEXT, why TEXT, size INTEGER, written REAL);
CREATE TABLE value (value_idx INTEGER PRIMARY KEY, type INTEGER, text TEXT, folded TEXT, low REAL, high REAL);
CREATE INDEX value_key ON value (substr(coalesce(folded, text), 1, 48)) WHERE text IS NOT NULL;
CREATE TABLE field_value (field INTEGER, type INTEGER, value_idx INTEGER, PRIMARY KEY (field, type, value_idx)) WITHOUT ROWID;
CREATE TABLE posting (value_idx INTEGER, field INTEGER, doc_idx INTEGER, PRIMARY KEY (value_idx, field, doc_idx)) WITHOUT ROWID;
CREATE TABLE number (field INTEGER, value REAL, doc_idx INTEGER, PRIMARY KEY (field, value, doc_idx)) WITHOUT ROWID;
CREATE TABLE dependency_name (name_idx INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE dependency (value TEXT, name_idx INTEGER, doc_idx INTEGER, PRIMARY KEY (value, name_idx, doc_idx)) WITHOUT ROWID;
CREATE VIRTUAL TABLE found_text USING fts5(text, content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1');
`;

/** Characters of a text that its key in the index `value_key` keeps. */
export const keyLength = 48;

/** What a row of `value` is. */
export const valueType = {
  text: 0,
  /** An id or a time stamp: not in `found_text`. */
  mark: 1,
  /** A list, a truth value, null or NaN, as JSON. */
  other: 2,
  /** A long list, one row an occurrence: its document has to be read. */
  large: 3,
} as const;

/** The kind of documents that have to be read whole. */
export const oddKind = 0;
