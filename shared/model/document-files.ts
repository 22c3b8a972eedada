import type { JsonObject, JsonValue } from './document-json.ts';
import { listOf, type NdiDocument, objectOf, textOf, valueAt } from './documents.ts';
import { NdiError } from './errors.ts';
import { makeId } from './ids.ts';

export interface FileLocation {
  readonly delete_original: number | boolean;
  readonly uid: string;
  readonly location: string;
  readonly parameters: string;
  readonly location_type: string;
  readonly ingest: number | boolean;
}

export interface FileEntry {
  readonly name: string;
  readonly locations: readonly FileLocation[];
}

/** Names of files that the document may hold (may end in `_#` for numbered files). */
export function fileList(document: NdiDocument): string[] {
  return listOf(valueAt(document, 'files.file_list')).filter((name) => typeof name === 'string');
}

/** The files that the document has, with their locations. */
export function fileEntries(document: NdiDocument): FileEntry[] {
  return listOf(valueAt(document, 'files.file_info')).flatMap((entry) => {
    const known = objectOf(entry);
    if (known === null) return [];
    return [{ name: textOf(known['name']), locations: listOf(known['locations']).flatMap(locationOf) }];
  });
}

function locationOf(value: JsonValue): FileLocation[] {
  const known = objectOf(value);
  if (known === null) return [];
  const flag = (name: string) => (known[name] === true || known[name] === 1 ? 1 : 0);
  return [
    {
      delete_original: flag('delete_original'),
      uid: textOf(known['uid']),
      location: textOf(known['location']),
      parameters: textOf(known['parameters']),
      location_type: textOf(known['location_type']) || 'file',
      ingest: flag('ingest'),
    },
  ];
}

/** Whether the document may hold a file of this name: names are compared ignoring case, `x_3` also matches `x_#`. */
function mayHoldFile(document: NdiDocument, name: string): boolean {
  const wanted = [name.toLowerCase(), name.toLowerCase().replace(/_\d+$/, '_#')];
  return fileList(document).some((listed) => wanted.includes(listed.toLowerCase()));
}

/**
 * Adds a file (or another location of it). A path is copied into the file store when the document is added; a URL and a
 * cloud address (`ndic://`) stay where they are. The original is kept unless `deleteOriginal` says otherwise.
 * @throws NdiError document.invalid where the document's type has no such file
 */
export function withFile(
  document: NdiDocument,
  name: string,
  location: string,
  options: { deleteOriginal?: boolean } = {},
): NdiDocument {
  if (!mayHoldFile(document, name)) {
    throw new NdiError({
      code: 'document.invalid',
      message: `The document cannot hold a file named "${name}".`,
      recovery: 'Use one of the file names that the document type defines.',
      details: { file: name, allowed: fileList(document) },
    });
  }
  const place = location.trim();
  const type = /^https?:\/\//i.test(place) ? 'url' : place.startsWith('ndic://') ? 'ndicloud' : 'file';
  const isFile = type === 'file' ? 1 : 0;
  const entry: JsonObject = {
    delete_original: isFile === 1 && options.deleteOriginal === true ? 1 : 0,
    uid: makeId(),
    location: place,
    parameters: '',
    location_type: type,
    ingest: isFile,
  };
  const files = objectOf(document['files']) ?? {};
  return { ...document, files: { ...files, file_info: appendLocation(listOf(files['file_info']), name, entry) } };
}

function appendLocation(info: JsonValue[], name: string, location: JsonObject): JsonValue[] {
  const at = info.findIndex((entry) => objectOf(entry)?.['name'] === name);
  if (at < 0) return [...info, { name, locations: [location] }];
  const known = objectOf(info[at]) ?? {};
  return info.with(at, { ...known, locations: [...listOf(known['locations']), location] });
}

/** Uid of the first location of a file, or empty. */
export function fileUid(document: NdiDocument, name: string): string {
  return (
    fileEntries(document).find((entry) => entry.name.toLowerCase() === name.toLowerCase())?.locations[0]?.uid ?? ''
  );
}

/** The document with all its files taken away; the names that it may hold stay. */
export function withoutFiles(document: NdiDocument): NdiDocument {
  if (document['files'] === undefined) return document;
  const files = Object.entries(objectOf(document['files']) ?? {}).filter(([name]) => name !== 'file_info');
  return { ...document, files: Object.fromEntries(files) };
}

/**
 * The document without one of its files, or without one location of it.
 * @throws NdiError document.invalid where it has no such file or location
 */
export function withoutFile(document: NdiDocument, name: string, location?: string): NdiDocument {
  const files = objectOf(document['files']) ?? {};
  const info = listOf(files['file_info']);
  const rest = info.flatMap((entry) => {
    const known = objectOf(entry);
    if (textOf(known?.['name']).toLowerCase() !== name.toLowerCase()) return [entry];
    if (known === null || location === undefined) return [];
    const locations = listOf(known['locations']).filter((one) => textOf(objectOf(one)?.['location']) !== location);
    return locations.length === 0 ? [] : [{ ...known, locations }];
  });
  if (JSON.stringify(rest) === JSON.stringify(info)) {
    throw new NdiError({
      code: 'document.invalid',
      message: `The document has no file "${name}"${location === undefined ? '' : ` at ${location}`}.`,
      recovery: 'Look at its list of files for those that it has.',
      details: { file: name, files: fileEntries(document).map((entry) => entry.name) },
    });
  }
  return { ...document, files: { ...files, file_info: rest } };
}
