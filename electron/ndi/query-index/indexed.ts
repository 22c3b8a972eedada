import { DatabaseSync } from 'node:sqlite';
import { readDocument } from '../database/document-index.ts';
import { documentTest } from '../database/document-test.ts';
import type { DocumentFilter } from '../database/select.ts';
import { IndexWriter } from './build.ts';
import { createIndexTables } from './layout.ts';
import { IndexSearch } from './search.ts';

/**
 * An index in memory over documents with the numbers 1, 2, ..., for tests.
 * @param few so many documents are read whole; 0: everything is looked up in the tables
 * @param sorted see `SearchOptions`
 */
export function indexed(
  jsons: readonly string[],
  few = 0,
  sorted = 0,
): { search: IndexSearch; writer: IndexWriter; database: DatabaseSync } {
  const database = new DatabaseSync(':memory:');
  database.exec(createIndexTables);
  const writer = new IndexWriter(database);
  jsons.forEach((json, at) => writer.add({ docIdx: at + 1, id: String(at), json, sizeBytes: json.length, written: 0 }));
  writer.finish();
  return {
    database,
    writer,
    search: new IndexSearch(database, (docIdx) => readDocument(jsons[docIdx - 1]), { few, sorted }),
  };
}

/** What the naive evaluator finds: the numbers of the documents. */
export function expected(jsons: readonly string[], filter: DocumentFilter): number[] {
  const test = documentTest(filter);
  return jsons.flatMap((json, at) => (test(readDocument(json)) ? [at + 1] : []));
}
