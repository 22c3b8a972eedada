import { readdirSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { NdiError } from '../../../shared/model/errors.ts';

/** The folders that each placeholder of a location stands for, in the order in which they are looked through. */
export type Placeholders = Readonly<Record<string, readonly string[]>>;

/**
 * The placeholders of a folder of definitions. A laboratory's folder holds `database_documents` and `schema_documents`,
 * itself or in `ndi_common`; a folder of toolboxes holds them in `NDIcalc*-matlab/ndi_common`; else it is both itself.
 */
export function placeholdersOf(folder: string): Placeholders {
  const own = [folder, join(folder, 'ndi_common')];
  const siblings = foldersIn(folder)
    .filter((name) => /^NDIcalc.*-matlab$/.test(name))
    .flatMap((name) => [join(folder, name, 'ndi_common'), join(folder, name, 'src', 'ndi_common')]);
  const below = (roots: readonly string[], name: string) => roots.map((root) => join(root, name)).filter(isFolder);
  const documents = below([...own, ...siblings], 'database_documents');
  const schemas = below([...own, ...siblings], 'schema_documents');
  const [documentPath, schemaPath] = [
    documents.length > 0 ? documents : [folder],
    schemas.length > 0 ? schemas : [folder],
  ];
  return {
    $NDIDOCUMENTPATH: documentPath,
    $NDISCHEMAPATH: schemaPath,
    $NDICALCDOCUMENTPATH: documentPath,
    $NDICALCSCHEMAPATH: schemaPath,
  };
}

/**
 * The file that a location string means: an existing file; a text with one placeholder, whose folders are tried in
 * turn; or a bare name, which is searched for below all of them. (NDI also downloads URLs; definitions decide what may
 * be stored, so here they must be on this computer.)
 * @param endings tried in turn on the part before `.json`
 * @throws NdiError document.invalid
 */
export function resolveLocation(
  location: string,
  placeholders: Placeholders,
  endings: readonly string[] = ['.json'],
): string {
  if (/^[a-z]+:\/\//i.test(location)) throw unresolved(location, 'it is an address in the network');
  const used = Object.keys(placeholders).filter((name) => new RegExp(`\\${name}(?![A-Z])`).test(location));
  if (used.length > 1) throw unresolved(location, 'it has more than one placeholder');
  const spellings = endings.map((ending) => location.replace(/\.json$/, '') + ending);
  if (isAbsolute(location)) {
    const found = spellings.find(isFile);
    if (found !== undefined) return found;
    throw unresolved(location, 'there is no such file');
  }
  const [placeholder] = used;
  if (placeholder !== undefined) {
    const candidates = (placeholders[placeholder] ?? []).flatMap((folder) =>
      spellings.map((one) => one.replace(placeholder, folder)),
    );
    const found = candidates.find(isFile);
    if (found !== undefined) return found;
    throw unresolved(location, 'no folder that the placeholder stands for holds such a file');
  }
  return searchByName(location, placeholders, spellings);
}

function searchByName(location: string, placeholders: Placeholders, spellings: readonly string[]): string {
  const names = new Set(spellings.map((one) => basename(one)));
  for (const folder of new Set(Object.values(placeholders).flat())) {
    const hits = jsonFilesIn(folder).filter((path) => names.has(basename(path)));
    if (hits.length > 1) throw unresolved(location, `several files have that name: ${hits.join(', ')}`);
    if (hits[0] !== undefined) return hits[0];
  }
  throw unresolved(location, 'no folder of definitions holds it');
}

/** All JSON files below a folder, hidden folders left out. */
export function jsonFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !path
          .slice(folder.length)
          .split(/[\\/]/)
          .some((part) => part.startsWith('.')),
    )
    .sort();
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function unresolved(location: string, why: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The location "${location}" of a definition leads nowhere: ${why}.`,
    recovery: 'Correct the definition, or the folder of definitions in the settings.',
    details: { location },
  });
}
