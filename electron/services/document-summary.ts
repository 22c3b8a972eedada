import type { DocumentSummary } from '../../shared/contract/documents.ts';
import type { DocumentEntry } from '../ndi/database/document-index.ts';

/** What lists tell of a document. */
export function summaryOf(entry: Pick<DocumentEntry, keyof DocumentSummary>): DocumentSummary {
  const { id, class: className, name, sessionId, datestamp } = entry;
  return { id, class: className, name, sessionId, datestamp };
}
