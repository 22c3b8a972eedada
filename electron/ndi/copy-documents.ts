import { fileEntries, withFile } from '../../shared/model/document-files.ts';
import type { JsonObject } from '../../shared/model/document-json.ts';
import {
  dependencies,
  documentId,
  listOf,
  type NdiDocument,
  objectOf,
  withValues,
} from '../../shared/model/documents.ts';
import { makeId } from '../../shared/model/ids.ts';
import { type DocumentFile, missingFile } from './database/file-store.ts';

/** Where documents are copied from: a session or a dataset. */
interface Source {
  files(document: NdiDocument): DocumentFile[];
}

/**
 * Documents as another session stores them: ids, datestamps and dependencies kept, the session id set, and every file
 * under a new uid, to be copied into the new store (NDI's copySessionToDataset and extract_docs_files). Files that are
 * kept elsewhere (a URL, the cloud) stay there.
 * @throws NdiError document.fileMissing for a file that is nowhere on this machine
 */
export function copiesFor(source: Source, documents: readonly NdiDocument[], sessionId: string): NdiDocument[] {
  return documents.map((document) => withValues(withFilesAnew(source, document), { 'base.session_id': sessionId }));
}

/** The same documents under new ids; dependencies among them follow. */
export function withNewIds(documents: readonly NdiDocument[]): NdiDocument[] {
  const ids = new Map(documents.map((document) => [documentId(document), makeId()]));
  return documents.map((document) => {
    const renamed = withValues(document, { 'base.id': ids.get(documentId(document)) ?? makeId() });
    if (document['depends_on'] === undefined) return renamed;
    const links = dependencies(document).map(({ name, value }) => ({ name, value: ids.get(value) ?? value }));
    return { ...renamed, depends_on: links };
  });
}

function withFilesAnew(source: Source, document: NdiDocument): NdiDocument {
  const entries = fileEntries(document);
  if (entries.length === 0) return document;
  const here = new Map<string, string>();
  for (const { name, path } of source.files(document)) if (path !== null && !here.has(name)) here.set(name, path);
  const files = objectOf(document['files']) ?? {};
  let copy: NdiDocument = { ...document, files: { ...files, file_info: [] } };
  for (const { name, locations } of entries) {
    const path = here.get(name);
    if (path !== undefined) {
      copy = withFile(copy, name, path);
      continue;
    }
    const remote = locations.filter((one) => one.location_type !== 'file');
    if (remote.length === 0) throw missingFile(name, locations[0]?.location ?? '');
    const kept: JsonObject = { name, locations: remote.map((one) => ({ ...one, uid: makeId() })) };
    const held = objectOf(copy['files']) ?? {};
    copy = { ...copy, files: { ...held, file_info: [...listOf(held['file_info']), kept] } };
  }
  return copy;
}
