import type { DocumentDetail } from '../../../../shared/contract/documents.ts';

/** Whether a dependency names a document that is not there; one without an id names nothing. */
export function isMissing(dependency: DocumentDetail['dependencies'][number]): boolean {
  return dependency.id !== '' && dependency.document === null;
}
