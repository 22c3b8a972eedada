import type { DatabaseSync, StatementSync } from 'node:sqlite';

const kept = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/**
 * A statement of a connection, prepared at its first use and kept as long as the connection: for texts of which there are
 * few. What is set on it (arrays, big integers) stays set.
 */
export function prepared(database: DatabaseSync, sql: string): StatementSync {
  let statements = kept.get(database);
  if (statements === undefined) kept.set(database, (statements = new Map<string, StatementSync>()));
  let statement = statements.get(sql);
  if (statement === undefined) statements.set(sql, (statement = database.prepare(sql)));
  return statement;
}
