import type { JsonObject } from '../../shared/model/document-json.ts';
import { documentClass, documentId, type NdiDocument, objectOf } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { newDocument } from './documents/build.ts';
import type { DocumentFilter } from './database/select.ts';
import type { Session } from './session.ts';

/** What an app does where its document exists already (NDI's DocExistsAction). */
export type WhenItExists = 'error' | 'noAction' | 'replace' | 'replaceIfDifferent';

/** A kind of document that an app keeps its parameters or results in (ndi-core reference, 8.6). */
export interface AppDocumentKind {
  readonly className: string;
  /** Finds the documents that stand for the same thing. */
  readonly filter: Omit<DocumentFilter, 'sessionId' | 'class'>;
  /** Completes the document before it is stored: dependencies, other groups. */
  readonly complete?: (document: NdiDocument) => NdiDocument;
}

/**
 * Stores an app's document, unless it exists: then the action decides.
 * @param values the class's own property list
 * @returns the ids of the documents that stand for it now
 * @throws NdiError document.duplicate under `error`, document.*
 */
export function addAppDocument(
  session: Session,
  kind: AppDocumentKind,
  values: JsonObject,
  whenItExists: WhenItExists,
): string[] {
  const found = session.documents({ ...kind.filter, class: kind.className });
  const ids = found.map((entry) => entry.id);
  if (found.length > 0) {
    if (whenItExists === 'error') throw exists(kind.className, ids);
    if (whenItExists === 'noAction') return ids;
    const [only] = found;
    const same = found.length === 1 && only !== undefined && isEqual(ownFields(session.read(only)), values);
    if (whenItExists === 'replaceIfDifferent' && same) return ids;
  }
  const fresh = newDocument(kind.className, { [kind.className]: values });
  const document = kind.complete?.(fresh) ?? fresh;
  // One transaction: the old ones go only if the new one can be stored.
  session.change({ add: [document], remove: session.removal(ids) });
  return [documentId(document)];
}

function ownFields(document: NdiDocument): JsonObject {
  return objectOf(document[documentClass(document)]) ?? {};
}

/** Whatever the order of the keys; NaN equals NaN. */
function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [keysOfA, keysOfB] = [Object.keys(a), Object.keys(b)];
  if (keysOfA.length !== keysOfB.length) return false;
  return keysOfA.every(
    (key) => Object.hasOwn(b, key) && isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

function exists(className: string, ids: readonly string[]): NdiError {
  return new NdiError({
    code: 'document.duplicate',
    message: `${ids.length} ${className} document(s) of this app already exist.`,
    recovery: 'Replace them, or keep them. Nothing was written.',
    details: { ids },
  });
}
