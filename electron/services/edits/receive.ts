import type { CallInputs } from '../../../shared/contract/contract.ts';
import type { DocumentEdit } from '../../../shared/model/document-edits.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { DEEPEST_NESTING, isDeeperThan, type JsonObject, type JsonValue } from '../../../shared/model/document-json.ts';
import {
  dependencies,
  documentClass,
  documentId,
  type NdiDocument,
  normaliseDocument,
  objectOf,
  withDependency,
} from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { withStorableFields } from '../../ndi/documents/storable.ts';

/** What crossed a wall as an unknown value, as a document's. @throws NdiError document.invalid */
export function receiveValue(value: unknown, where: string): JsonValue {
  if (isDeeperThan(value, DEEPEST_NESTING)) {
    throw new NdiError({
      code: 'document.invalid',
      message: `${where} is nested more than ${DEEPEST_NESTING} levels deep.`,
      recovery: 'Give it a flatter form; long data belong into a file.',
      details: { field: where },
    });
  }
  return received(value, where);
}

function received(value: unknown, where: string): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (Array.isArray(value)) return value.map((item) => received(item, where));
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([name, item]) => [name, received(item, where)]));
  }
  throw new NdiError({
    code: 'document.invalid',
    message: `${where} holds a value that is not JSON.`,
    recovery: 'Give texts, numbers, lists and objects only.',
    details: { field: where },
  });
}

/**
 * A document as it was written elsewhere. One without an id is a draft: it gets what every new document of its class
 * has, an id, the time and all fields at their defaults, and then what it says itself.
 */
export function receiveDocument(body: Readonly<Record<string, unknown>>): NdiDocument {
  const given = normaliseDocument(receiveValue(body, 'The document') as JsonObject);
  return documentId(given) === '' && documentClass(given) !== '' ? completed(given) : given;
}

function completed(draft: NdiDocument): NdiDocument {
  const defined = newDocument(documentClass(draft));
  const blank = withStorableFields(defined);
  const groups = Object.entries(draft).filter(([name]) => !['document_class', 'depends_on', 'base'].includes(name));
  const filled = groups.map(
    ([name, value]) => [name, overlaid(blank[name], withoutUnstorable(defined[name], blank[name], value))] as const,
  );
  // An empty id or date is none.
  const base = Object.entries(objectOf(draft['base']) ?? {}).filter(([, value]) => value !== '');
  const document: NdiDocument = {
    ...blank,
    ...Object.fromEntries(filled),
    base: { ...objectOf(blank['base']), ...Object.fromEntries(base) },
  };
  return dependencies(draft).reduce((one, { name, value }) => withDependency(one, name, value), document);
}

/** Without the fields that a definition names, but its schema does not know, where they are as they came. */
function withoutUnstorable(
  defined: JsonValue | undefined,
  storable: JsonValue | undefined,
  given: JsonValue,
): JsonValue {
  const [own, kept, fields] = [objectOf(defined), objectOf(storable), objectOf(given)];
  if (own === null || kept === null || fields === null || Array.isArray(given)) return given;
  const isLeft = ([name, value]: [string, JsonValue]) =>
    !(name in own) || name in kept || JSON.stringify(value) !== JSON.stringify(own[name]);
  return Object.fromEntries(Object.entries(fields).filter(isLeft));
}

/** The fields of a group that were given, over those that it has. */
function overlaid(blank: JsonValue | undefined, given: JsonValue): JsonValue {
  const [below, above] = [objectOf(blank), objectOf(given)];
  return below === null || above === null ? given : { ...below, ...above };
}

/** @throws NdiError document.invalid for an unknown class, or a path or file that it has not */
export function receiveNew(request: CallInputs['edits']['create']['documents'][number]): NdiDocument {
  const values = Object.entries(request.values ?? {}).map(
    ([path, value]) => [path, receiveValue(value, path)] as const,
  );
  let document = newDocument(request.class, Object.fromEntries(values));
  for (const [name, id] of Object.entries(request.dependencies ?? {})) document = withDependency(document, name, id);
  for (const { name, location } of request.files ?? []) document = withFile(document, name, location);
  return document;
}

export function receiveEdits(edits: CallInputs['edits']['edit']['documents'][number]['edits']): DocumentEdit[] {
  return edits.map((edit) => (edit.kind === 'set' ? { ...edit, value: receiveValue(edit.value, edit.path) } : edit));
}
