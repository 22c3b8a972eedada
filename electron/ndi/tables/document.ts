import type { JsonValue } from '../../../shared/model/document-json.ts';
import { dependencies, type NdiDocument, objectOf } from '../../../shared/model/documents.ts';
import { abbreviated } from './names.ts';
import type { PivotRow } from './table.ts';

/** Parts of a document that say what it is, not what it holds. */
const IDENTITY = new Set(['base', 'document_class', 'depends_on', 'files', 'epochid']);

/** Puts what documents hold into a row: their fields by dotted names, shortened as NDI shortens them. */
export function addDocuments(row: PivotRow, documents: readonly NdiDocument[]): void {
  for (const document of documents) {
    for (const [group, value] of Object.entries(document)) {
      if (!IDENTITY.has(group)) addFields(row, group, value);
    }
  }
}

function addFields(row: PivotRow, path: string, value: JsonValue): void {
  const fields = objectOf(value);
  if (fields === null || Object.keys(fields).length === 0) {
    row.add(abbreviated(path), fields === null ? value : null);
    return;
  }
  for (const [name, item] of Object.entries(fields)) addFields(row, `${path}.${name}`, item);
}

/** Whether a document of an epoch is about a probe: it depends on it, or on no other of the probes. */
export function isAbout(document: NdiDocument, probeId: string | null, probeIds: ReadonlySet<string>): boolean {
  const named = dependencies(document).filter(({ value }) => probeIds.has(value));
  return named.length === 0 || named.some(({ value }) => value === probeId);
}
