import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { fileEntries, type FileLocation } from '../../../shared/model/document-files.ts';
import { documentId, type NdiDocument } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { toFileError } from '../../files/file-faults.ts';
import { isDatabaseName, isHeld } from '../../files/held-files.ts';
import { copyWhole } from '../../files/whole-files.ts';
import { isWithin } from '../../files/within.ts';

/** A file of a document, wherever it is. */
export interface DocumentFile {
  readonly name: string;
  readonly uid: string;
  /** `file`, `url` or `ndicloud`. */
  readonly locationType: string;
  readonly location: string;
  /** Where the bytes are on this machine, or null. */
  readonly path: string | null;
  /** Where the bytes will be once they are fetched from the cloud; null for files that do not lie there. */
  readonly fetchedTo: string | null;
  readonly sizeBytes: number | null;
}

/** Path that a file in the cloud has on this machine once it is fetched, by its address (`ndic://`); null for others. */
export type FetchedTo = (address: string) => string | null;

/** The binary files of a session: `.ndi/files`, one file a location, named by its uid. */
export class FileStore {
  readonly #folder: string;
  readonly #sessionFolder: string;

  readonly #fetchedTo: FetchedTo;

  /** @param fetchedTo where files of the cloud are kept for a while; without it only what is in the store is here */
  constructor(ndiFolder: string, fetchedTo: FetchedTo = () => null) {
    this.#fetchedTo = fetchedTo;
    this.#folder = join(ndiFolder, 'files');
    this.#sessionFolder = dirname(ndiFolder);
  }

  /** One entry a location of each file that the document has. */
  files(document: NdiDocument): DocumentFile[] {
    return fileEntries(document).flatMap(({ name, locations }) =>
      locations.map((location) => {
        const fetchedTo = location.location_type === 'ndicloud' ? this.#fetchedTo(location.location) : null;
        const stored = this.#find(documentId(document), name, location);
        const path = stored ?? (fetchedTo !== null && isFile(fetchedTo) ? fetchedTo : null);
        return {
          name,
          uid: location.uid,
          locationType: location.location_type,
          location: location.location,
          path,
          fetchedTo,
          sizeBytes: path === null ? null : statSync(path).size,
        };
      }),
    );
  }

  /** By uid as MATLAB stores it, by `<document id>_<name>` as the Python port does, or where the document points to. */
  #find(id: string, name: string, location: FileLocation): string | null {
    const stored = [location.uid, `${id}_${name}`].filter(isPlainName).map((file) => join(this.#folder, file));
    const outside = location.location_type === 'file' ? this.#ownFile(location.location) : null;
    return [...stored, ...(outside === null ? [] : [outside])].find(isFile) ?? null;
  }

  /** A document may come from anybody: only files inside its session's folder are followed, and never the database itself. */
  #ownFile(path: string): string | null {
    if (!isAbsolute(path) || isDatabaseName(path) || !existsSync(path)) return null;
    return isWithin(realpathSync(this.#sessionFolder), realpathSync(path)) ? path : null;
  }

  /** Path of a file in the store, whether it is there or not. @throws NdiError document.invalid for what is no name */
  pathOf(name: string): string {
    if (isPlainName(name)) return join(this.#folder, name);
    throw new NdiError({
      code: 'document.invalid',
      message: `"${name}" cannot name a file of the file store.`,
      recovery: 'Add the file to the document again.',
    });
  }

  has(name: string): boolean {
    return isPlainName(name) && isFile(join(this.#folder, name));
  }

  /** Whether the bytes of a location are in the store, under MATLAB's name or the Python port's. */
  holds(id: string, name: string, location: FileLocation): boolean {
    return this.has(location.uid) || this.has(`${id}_${name}`);
  }

  /**
   * Copies a file into the store under its uid.
   * @returns the path in the store
   * @throws NdiError document.fileMissing, document.invalid for a database that is open, path.*
   */
  ingest(name: string, location: FileLocation): string {
    if (!isFile(location.location)) throw missingFile(name, location.location);
    if (isHeld(location.location)) throw isDatabase(location.location);
    const target = this.pathOf(location.uid);
    try {
      mkdirSync(this.#folder, { recursive: true });
    } catch (error) {
      throw toFileError(error, this.#folder);
    }
    copyWhole(location.location, target);
    return target;
  }
}

/** A file that nobody may look at is as good as none: its document can still be shown. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    if (toFileError(error, path) === error) throw error;
    return false;
  }
}

/** Documents come from others: a uid with a folder in it must not lead out of the store. */
function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && basename(name) === name && !/[\\/\0]/.test(name);
}

/** Copying it would let others write while we read and write. */
function isDatabase(path: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `${path} is the database of a session that is open: it cannot be a file of a document.`,
    recovery: 'Make a backup of the session, and add its copy of the database.',
    details: { path },
  });
}

/** Whether a file that is not here lies in NDI Cloud: it can be fetched, and its want is not a problem of the data. */
export function liesInCloud(error: unknown): boolean {
  if (!(error instanceof NdiError) || error.code !== 'document.fileMissing') return false;
  return String(error.details['path']).startsWith('ndic://');
}

export function missingFile(name: string, path: string): NdiError {
  return new NdiError({
    code: 'document.fileMissing',
    message: `The file "${name}" is not on this computer${path === '' ? '' : ` (it was at ${path})`}.`,
    recovery: 'Copy the file into the session, or download it from where it is kept.',
    details: { file: name, path },
  });
}
