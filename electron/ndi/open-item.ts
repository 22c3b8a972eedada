import { statSync } from 'node:fs';
import { type DatabaseOptions, DocumentDatabase } from './database/database.ts';
import { type Dataset, openDataset } from './dataset.ts';
import { holdsMemberRecord, isDatasetDatabase } from './member-records.ts';
import { toFileError } from '../files/file-faults.ts';
import { holdsNdi, ndiFolder, readMarks, requireFolder } from './folder.ts';
import { openSession, type Session } from './session.ts';

/** What a path holds for NDI. `none`: a file, or a folder without NDI's data. */
export type OpenItem =
  | { readonly kind: 'none' }
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'dataset'; readonly dataset: Dataset };

/**
 * Opens what lies at a path, read-only: not a byte changes, no file is left. The caller closes what it gets.
 * @throws NdiError path.missing | denied, database.*, session.invalid
 */
export function openItem(path: string, options: DatabaseOptions = {}): OpenItem {
  if (!isFolder(path)) return { kind: 'none' };
  const folder = requireFolder(path);
  if (!holdsNdi(folder)) return { kind: 'none' };
  return isDataset(folder, options)
    ? { kind: 'dataset', dataset: openDataset(folder, options) }
    : { kind: 'session', session: openSession(folder, options) };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw toFileError(error, path);
  }
}

/**
 * By the marker file; data written before the marker existed tell by their documents. NDI-matlab can mark a dataset as a
 * session, after a member that was copied in has written its own id over the dataset's: there too the documents tell.
 */
function isDataset(folder: string, options: DatabaseOptions): boolean {
  const { type } = readMarks(folder);
  if (type === 'dataset') return true;
  const database = new DocumentDatabase(ndiFolder(folder), 'read', options);
  try {
    return type === 'session' ? holdsMemberRecord(database) : isDatasetDatabase(database);
  } finally {
    database.close();
  }
}
