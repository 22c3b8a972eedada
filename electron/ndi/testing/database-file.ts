import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Works on the database of a session as another program would, past everything of ours. */
export function inDatabase<T>(path: string, work: (database: DatabaseSync) => T): T {
  const file = join(path, '.ndi', 'did-sqlite.sqlite');
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** The JSON of a stored document, as it lies in its row. */
export function storedJson(path: string, id: string): string {
  return inDatabase(path, (database) =>
    String(database.prepare('SELECT json_code FROM docs WHERE doc_id = ?').get(id)?.['json_code']),
  );
}

/** Writes the JSON of a stored document as another implementation would. */
export function rewriteJson(path: string, id: string, json: string): void {
  inDatabase(path, (database) => database.prepare('UPDATE docs SET json_code = ? WHERE doc_id = ?').run(json, id));
}
