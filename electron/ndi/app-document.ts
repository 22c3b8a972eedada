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
 * @param values the class's own property list; empty for its defaults
 * @returns the ids of the documents that stand for it now
 * @throws NdiError document.duplicate under `error`, document.*
 */
export function addAppDocument(
  session: Session,
  kind: AppDocumentKind,
  values: JsonObject,
  whenItExists: WhenItExists,
): string[] {
  const { className } = kind;
  const found = session.documents({ ...kind.filter, class: className });
  const wanted = Object.keys(values).length === 0 ? ownFields(newDocument(className)) : values;
  const ids = found.map((entry) => entry.id);
  if (found.length > 0) {
    if (whenItExists === 'error') throw exists(className, ids);
    if (whenItExists === 'noAction') return ids;
    const [only] = found;
    const same = found.length === 1 && only !== undefined && isEqual(ownFields(session.read(only)), wanted);
    if (whenItExists === 'replaceIfDifferent' && same) return ids;
  }
  const fresh = newDocument(className, { [className]: wanted });
  const document = kind.complete?.(fresh) ?? fresh;
  // One transaction: the old ones go only if the new one can be stored.
  session.change({ add: [document], remove: session.removal(ids) });
  return [documentId(document)];
}

function ownFields(document: NdiDocument): JsonObject {
  return objectOf(document[documentClass(document)]) ?? {};
}

/** Whatever the order of the keys; NaN equals NaN, and what MATLAB does not tell apart is the same. */
export function isEqual(first: unknown, second: unknown): boolean {
  const [a, b] = [bare(first), bare(second)];
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [keysOfA, keysOfB] = [Object.keys(a), Object.keys(b)];
  if (keysOfA.length !== keysOfB.length) return false;
  return keysOfA.every(
    (key) => Object.hasOwn(b, key) && isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

/** A list of one number or object is that number or object; a list of one text is a list. */
function bare(value: unknown): unknown {
  if (!Array.isArray(value) || value.length !== 1) return value;
  const only: unknown = value[0];
  return typeof only === 'string' || Array.isArray(only) ? value : only;
}

function exists(className: string, ids: readonly string[]): NdiError {
  return new NdiError({
    code: 'document.duplicate',
    message: `${ids.length} ${className} document(s) of this app already exist.`,
    recovery: 'Replace them, or keep them. Nothing was written.',
    details: { ids },
  });
}
