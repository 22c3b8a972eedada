import type { DatabaseSync } from 'node:sqlite';
import { serialDate } from '../../../shared/model/ids.ts';
import { branch, createTables } from './schema.ts';
import { inTransaction } from './transaction.ts';

/** Lays out an empty database: tables, indexes and NDI's one branch. */
export function createDatabase(database: DatabaseSync): void {
  inTransaction(database, () => {
    database.exec(createTables);
    database
      .prepare('INSERT INTO branches (branch_id, parent_id, timestamp) VALUES (?, NULL, ?)')
      .run(branch, serialDate());
  });
}
