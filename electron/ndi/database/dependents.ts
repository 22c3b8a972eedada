import type { DatabaseSync } from 'node:sqlite';
import { dependencies, documentId, documentSessionId, type NdiDocument } from '../../../shared/model/documents.ts';
import { readable } from './dropped-files.ts';
import { branch } from './schema.ts';

/** Ids that one question to the database can look for; more are found by reading all dependencies once. */
const FEW = 8;

const DOCUMENTS = `SELECT d.json_code FROM docs d JOIN branch_docs b ON b.doc_idx = d.doc_idx AND b.branch_id = '${branch}'`;

/**
 * Documents that depend on any of the given ones, directly or not, in the order they are found and without the given
 * ones themselves: what NDI removes together with them. Taken from the documents, not from the flattened rows, which
 * other writers fill differently.
 * @param sessionId only documents of this session; null for all
 */
export function dependentsOf(database: DatabaseSync, ids: readonly string[], sessionId: string | null): string[] {
  const seen = new Set(ids);
  const found: string[] = [];
  let edges: Map<string, string[]> | null = null;
  for (let wave = [...seen]; wave.length > 0;) {
    if (edges === null && wave.length > FEW) edges = readEdges(database, sessionId, null);
    const reached: Map<string, string[]> = edges ?? readEdges(database, sessionId, wave);
    const next = wave.flatMap((id) => reached.get(id) ?? []);
    wave = [];
    for (const id of next) {
      if (seen.has(id)) continue;
      seen.add(id);
      wave.push(id);
    }
    found.push(...wave);
  }
  return found;
}

/** The ids of the documents that depend on a document, by its id. */
function readEdges(
  database: DatabaseSync,
  sessionId: string | null,
  ids: readonly string[] | null,
): Map<string, string[]> {
  const where = ids === null ? '' : ` WHERE ${ids.map(() => 'instr(d.json_code, ?) > 0').join(' OR ')}`;
  const edges = new Map<string, string[]>();
  for (const row of database.prepare(`${DOCUMENTS}${where} ORDER BY d.doc_idx`).iterate(...(ids ?? []))) {
    const document: NdiDocument = readable(String(row['json_code'] ?? ''));
    if (sessionId !== null && documentSessionId(document) !== sessionId) continue;
    const id = documentId(document);
    for (const { value } of dependencies(document)) {
      if (value === '') continue;
      const known = edges.get(value);
      if (known === undefined) edges.set(value, [id]);
      else known.push(id);
    }
  }
  return edges;
}
