import type { JsonObject } from '../../shared/model/document-json.ts';
import { documentId, listOf, type NdiDocument, objectOf, valueAt } from '../../shared/model/documents.ts';
import type { DocumentDatabase } from './database/database.ts';

/** Class of the record of one member. */
export const MEMBER = 'session_in_a_dataset';
/** The record of all members in one document, as datasets were written until 2025; read in place, not migrated. */
export const LEGACY = 'dataset_session_info';

/** Whether a database is a dataset's. */
export function isDatasetDatabase(database: DocumentDatabase): boolean {
  // Whoever filled the flattened rows of the session's document filled those of the records, too.
  if (database.quickFind('session').length > 0) return holdsMemberRecord(database);
  return database.ofClass(MEMBER, LEGACY).length > 0;
}

/** As {@link isDatasetDatabase}, without reading every document: for what MATLAB wrote. */
export function holdsMemberRecord(database: DocumentDatabase): boolean {
  return database.quickFind(MEMBER).length > 0 || database.quickFind(LEGACY).length > 0;
}

/** One entry of the list of members. */
export interface MemberRecord {
  /** Document that holds the record; in the legacy form it holds those of all members. */
  readonly documentId: string;
  readonly legacy: boolean;
  readonly fields: JsonObject;
}

export function isLinked(fields: JsonObject): boolean {
  return fields['is_linked'] === 1 || fields['is_linked'] === true;
}

/** All records, in the order in which they are stored, also doubled ones. */
export function memberRecords(database: DocumentDatabase): MemberRecord[] {
  return recordsIn((name) => database.ofClass(name));
}

/** Those of them that are found without reading all documents. */
export function quickMemberRecords(database: DocumentDatabase): MemberRecord[] {
  return recordsIn((name) => database.quickFind(name));
}

function recordsIn(ofClass: (name: string) => NdiDocument[]): MemberRecord[] {
  const newer = ofClass(MEMBER).map((document) => {
    return { documentId: documentId(document), legacy: false, fields: objectOf(document[MEMBER]) ?? {} };
  });
  const older = ofClass(LEGACY).flatMap((document) => {
    const listed = listOf(valueAt(document, `${LEGACY}.${LEGACY}`));
    return listed.map((one) => ({ documentId: documentId(document), legacy: true, fields: objectOf(one) ?? {} }));
  });
  return [...newer, ...older];
}
