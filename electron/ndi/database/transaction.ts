import type { DatabaseSync } from 'node:sqlite';

/**
 * One action, one transaction: a power cut leaves the database before or after it. The action must not wait for anything:
 * nobody else can write until it is over.
 */
export function inTransaction(database: DatabaseSync, action: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    action();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
