import { fileEntries } from '../../../../shared/model/document-files.ts';
import type { JsonObject } from '../../../../shared/model/document-json.ts';
import { listOf, type NdiDocument, objectOf, textOf } from '../../../../shared/model/documents.ts';

/** Where a file lies in the cloud, as documents say it. */
export function cloudAddress(datasetId: string, uid: string): string {
  return `ndic://${datasetId}/${uid}`;
}

/** Dataset and file of an address; null for what is none. */
export function parseCloudAddress(address: string): { readonly datasetId: string; readonly uid: string } | null {
  const [, datasetId = '', uid = ''] = /^ndic:\/\/([\w-]{1,64})\/([\w.-]{1,200})$/.exec(address) ?? [];
  return datasetId === '' || uid === '.' || uid === '..' ? null : { datasetId, uid };
}

/**
 * A fetched document as it is stored here: its files lie in the cloud (`ndic://`) under their own uids until they are
 * fetched too (cloud reference, section 13.3). Locations that this copy had before are kept.
 */
export function withCloudLocations(document: NdiDocument, datasetId: string, before?: NdiDocument): NdiDocument {
  const files = objectOf(document['files']);
  if (files === null || files['file_info'] === undefined) return document;
  const known = knownLocations(before);
  const info = listOf(files['file_info']).map((entry) => {
    const held = objectOf(entry);
    if (held === null) return entry;
    const locations = listOf(held['locations']).map((location) => {
      const one = objectOf(location);
      if (one === null || textOf(one['location_type']) === 'url') return location;
      const uid = textOf(one['uid']);
      return (
        known.get(uid) ?? {
          ...one,
          location: cloudAddress(datasetId, uid),
          location_type: 'ndicloud',
          ingest: 0,
          delete_original: 0,
        }
      );
    });
    return { ...held, locations };
  });
  return { ...document, files: { ...files, file_info: info } };
}

function knownLocations(document: NdiDocument | undefined): Map<string, JsonObject> {
  const entries = document === undefined ? [] : fileEntries(document);
  return new Map(entries.flatMap(({ locations }) => locations.map((one) => [one.uid, { ...one }] as const)));
}
