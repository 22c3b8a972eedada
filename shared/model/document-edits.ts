import { withFile, withoutFile } from './document-files.ts';
import type { JsonObject, JsonValue } from './document-json.ts';
import { type NdiDocument, objectOf, valueAt, withDependency, withoutDependency, withValues } from './documents.ts';
import { NdiError } from './errors.ts';

/** One change of a document. */
export type DocumentEdit =
  /** A field by its dotted path (`subject.description`), or a whole property list (`subject`). */
  | { readonly kind: 'set'; readonly path: string; readonly value: JsonValue }
  | { readonly kind: 'unset'; readonly path: string }
  /** Sets or adds a dependency; null takes it away. */
  | { readonly kind: 'dependency'; readonly name: string; readonly value: string | null }
  /** Adds a file, or another location of it: a path of this computer, a URL or a cloud address. */
  | {
      readonly kind: 'addFile';
      readonly name: string;
      readonly location: string;
      readonly deleteOriginal?: boolean | undefined;
    }
  /** Takes a file away, or one location of it. */
  | { readonly kind: 'removeFile'; readonly name: string; readonly location?: string | undefined };

/** What makes a document that document, or is changed by edits of its own. */
const FIXED = new Map(
  Object.entries({
    'base.id': 'the id of a document never changes; add a new document instead',
    'base.session_id': 'a document stays in its session; copy it to the other one instead',
    document_class: 'the class of a document never changes; add a new document instead',
    depends_on: 'dependencies are set one by one, by their names',
    files: 'files are added and taken away one by one, by their names',
  }),
);

/**
 * The document after a number of edits, made in order.
 * @throws NdiError document.invalid naming the path that cannot be set
 */
export function applyEdits(document: NdiDocument, edits: readonly DocumentEdit[]): NdiDocument {
  return edits.reduce(applyEdit, document);
}

function applyEdit(document: NdiDocument, edit: DocumentEdit): NdiDocument {
  switch (edit.kind) {
    case 'set':
      return setField(document, edit.path, edit.value);
    case 'unset':
      return unsetField(document, edit.path);
    case 'dependency':
      return edit.value === null
        ? withoutDependency(document, edit.name)
        : withDependency(document, edit.name, edit.value);
    case 'addFile':
      return withFile(document, edit.name, edit.location, { deleteOriginal: edit.deleteOriginal === true });
    case 'removeFile':
      return withoutFile(document, edit.name, edit.location);
  }
}

function setField(document: NdiDocument, path: string, value: JsonValue): NdiDocument {
  refuseFixed(path);
  const old = valueAt(document, path);
  if (path !== 'base') return withValues(document, { [path]: keepNonFinite(old, value) });
  const kept = Object.fromEntries(
    Object.entries(objectOf(old) ?? {}).filter(([name]) => name === 'id' || name === 'session_id'),
  );
  return withValues(document, { base: { ...objectOf(value), ...kept } });
}

/** JSON has no NaN, so a document crosses to a page with null in its place: null on null changes nothing. */
function keepNonFinite(old: JsonValue | undefined, value: JsonValue): JsonValue {
  if (value === null) return typeof old === 'number' && !Number.isFinite(old) ? old : null;
  if (typeof value !== 'object' || old === undefined || old === null || typeof old !== 'object') return value;
  if (Array.isArray(value))
    return value.map((item, at) => keepNonFinite(Array.isArray(old) ? old[at] : undefined, item));
  const holder = objectOf(old);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, keepNonFinite(holder?.[name], item)]));
}

function unsetField(document: NdiDocument, path: string): NdiDocument {
  refuseFixed(path);
  const at = path.lastIndexOf('.');
  if (at < 0) {
    if (!Object.hasOwn(document, path)) throw cannotEdit(path, 'the document has no such property list');
    return without(document, path);
  }
  const [parent, name] = [path.slice(0, at), path.slice(at + 1)];
  const found = valueAt(document, parent);
  const holder = objectOf(Array.isArray(found) && found.length === 1 ? found[0] : found);
  if (holder === null || !Object.hasOwn(holder, name)) throw cannotEdit(path, 'the document has no such field');
  const rest = without(holder, name);
  return withValues(document, { [parent]: Array.isArray(found) ? [rest] : rest });
}

function without(holder: Readonly<JsonObject>, name: string): JsonObject {
  return Object.fromEntries(Object.entries(holder).filter(([key]) => key !== name));
}

function refuseFixed(path: string): void {
  const root = path.split('.')[0] ?? '';
  const why = FIXED.get(path) ?? FIXED.get(root);
  if (why !== undefined) throw cannotEdit(path, why);
}

function cannotEdit(path: string, why: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The field ${path} cannot be changed: ${why}.`,
    recovery: 'Look at the document for the fields that it has. Nothing was written.',
    details: { field: path },
  });
}
