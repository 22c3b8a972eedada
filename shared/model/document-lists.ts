import { documentDatestamp, documentId, type NdiDocument } from './documents.ts';

/** Whether two documents are one: NDI goes by the id alone. */
export function isSameDocument(a: NdiDocument, b: NdiDocument): boolean {
  return documentId(a) !== '' && documentId(a) === documentId(b);
}

export function findDocument(documents: readonly NdiDocument[], id: string): NdiDocument | undefined {
  return documents.find((document) => documentId(document) === id);
}

/** The document with the latest datestamp, the first of several; undefined where there is none. */
export function newestDocument(documents: readonly NdiDocument[]): NdiDocument | undefined {
  return documents.reduce<NdiDocument | undefined>(
    (newest, document) => (newest === undefined || timeOf(document) > timeOf(newest) ? document : newest),
    undefined,
  );
}

/** Writers differ in the form (`T…Z`, or a space and no zone, which is UTC too); what is no time is older than all. */
function timeOf(document: NdiDocument): number {
  const text = documentDatestamp(document).trim().replace(' ', 'T');
  const time = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}
