import { rmSync } from 'node:fs';
import { fileEntries } from '../../../shared/model/document-files.ts';
import { documentId, type NdiDocument } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { readDocument } from './document-index.ts';
import type { FileStore } from './file-store.ts';
import type { DocumentRow, DocumentRows } from './rows.ts';
import type { NotedFile, WorkFolder } from './work-folder.ts';

/** A stored file that is kept aside, and the name under which it belongs into the store. */
export interface KeptFile {
  readonly name: string;
  readonly path: string;
}

/** A stored file that an action drops; where it is kept for an undo, that is entered into `keptIn`. */
export interface DroppedFile extends NotedFile {
  readonly keptIn: KeptFile[];
}

/** Stored files that a document had and has no more. */
export function droppedFiles(row: DocumentRow, now: NdiDocument | null, keptIn: KeptFile[]): DroppedFile[] {
  const stay = new Set(now === null ? [] : storedNames(now));
  return storedNames(readable(row.json))
    .filter((name) => !stay.has(name))
    .map((name) => ({ name, document: row.id, keptIn }));
}

/** Names that the files of a document may have in the store: MATLAB's, and the Python port's. */
function storedNames(document: NdiDocument): string[] {
  const id = documentId(document);
  return fileEntries(document).flatMap(({ name, locations }) => [...locations.map(({ uid }) => uid), `${id}_${name}`]);
}

/** A document whose JSON is damaged can still be removed; which files it had is then unknown. */
export function readable(json: string): NdiDocument {
  try {
    return readDocument(json);
  } catch (error) {
    if (error instanceof NdiError) return {};
    throw error;
  }
}

/** Whether a document that is there refers to a stored file. */
export function refersTo(rows: DocumentRows, file: NotedFile): boolean {
  const row = rows.find(file.document);
  return row !== null && storedNames(readable(row.json)).includes(file.name);
}

/** After the commit: files that no document has any more leave the store, aside or for good. */
export function dropFiles(
  at: { readonly store: FileStore; readonly work: WorkFolder },
  dropped: readonly DroppedFile[],
  keep: boolean,
): void {
  for (const { name, keptIn } of dropped) {
    if (!at.store.has(name)) continue;
    try {
      if (keep) keptIn.push({ name, path: at.work.keep(at.store.pathOf(name)) });
      else rmSync(at.store.pathOf(name), { force: true });
    } catch {
      // The rows are written by now; a file that cannot be moved (open elsewhere on Windows) stays where it is.
    }
  }
}
