import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { dependencies, listOf, type NdiDocument, objectOf, textOf } from '../../../shared/model/documents.ts';
import { type FieldDifference, fieldDifferences } from '../../../shared/model/field-diff.ts';

/** A field in which two documents differ. */
export interface DocumentDifference {
  /** Dotted path from the root; elements of lists are counted from 1: `list(2).name`. */
  readonly field: string;
  /** Undefined where that document does not have the field. */
  readonly a: JsonValue | undefined;
  readonly b: JsonValue | undefined;
}

/** NDI compares sessions whose documents were copied: whose session they are does not count. */
export const ignoredByDefault: readonly string[] = ['base.session_id'];

/**
 * Where two documents differ, as NDI compares them (`ndi.fun.doc.diff`): dependencies by name and lists of files in any
 * order, everything else deeply, with NaN equal to NaN. Where files are stored does not count; what they hold is for
 * `compareItems`. What MATLAB cannot tell apart counts as equal: a list of one and its element, everything empty, and
 * true and 1.
 * @param ignore dotted paths that are left out
 */
export function documentDifferences(
  a: NdiDocument,
  b: NdiDocument,
  ignore: readonly string[] = ignoredByDefault,
): DocumentDifference[] {
  const differences = fieldDifferences(comparable(a, ignore), comparable(b, ignore));
  return differences.map(({ path, here, there }) => ({ field: pathText(path), a: here, b: there }));
}

function comparable(document: NdiDocument, ignore: readonly string[]): NdiDocument {
  const { files, document_class: type } = document;
  const holder = objectOf(type);
  const plain: JsonObject = {
    ...document,
    ...(holder === null ? {} : { document_class: { ...holder, superclasses: sorted(holder['superclasses']) } }),
    depends_on: namedDependencies(document),
    files: sorted(objectOf(files)?.['file_list']),
  };
  const left = ignore.reduce<JsonObject>((rest, path) => without(rest, path.split('.')), plain);
  return Object.fromEntries(Object.entries(left).map(([name, value]) => [name, asMatlabReads(value)]));
}

/** By name, for dependencies have no order; of several of one name each counts. */
function namedDependencies(document: NdiDocument): JsonObject {
  const values = new Map<string, string[]>();
  for (const { name, value } of dependencies(document)) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? (all[0] ?? '') : all.sort()]));
}

function sorted(list: JsonValue | undefined): JsonValue[] {
  const key = (value: JsonValue) => (typeof value === 'string' ? value : textOf(objectOf(value)?.['definition']));
  return [...listOf(list)].sort((x, y) => (key(x) < key(y) ? -1 : 1));
}

function without(holder: JsonObject, [part = '', ...rest]: readonly string[]): JsonObject {
  const { [part]: value, ...others } = holder;
  if (rest.length === 0) return others;
  const inner = objectOf(value);
  return inner === null ? holder : { ...holder, [part]: without(inner, rest) };
}

function asMatlabReads(value: JsonValue): JsonValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null || value === '') return null;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const [only] = value;
    if (only === undefined) return null;
    return value.length === 1 ? asMatlabReads(only) : value.map(asMatlabReads);
  }
  const fields = Object.entries(value);
  return fields.length === 0 ? null : Object.fromEntries(fields.map(([name, held]) => [name, asMatlabReads(held)]));
}

function pathText(path: FieldDifference['path']): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}(${part + 1})` : text === '' ? part : `${text}.${part}`),
    '',
  );
}
