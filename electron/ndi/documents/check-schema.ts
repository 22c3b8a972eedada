import { existsSync } from 'node:fs';
import { fileEntries, type FileLocation } from '../../../shared/model/document-files.ts';
import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { listOf, type NdiDocument, objectOf, textOf } from '../../../shared/model/documents.ts';
import type { ErrorCode } from '../../../shared/model/errors.ts';
import { checkValue } from './check-value.ts';
import type { DocumentSchema } from './types.ts';

/** Where a document breaks a rule: the field, the rule in words, and what was found. */
export interface Breach {
  readonly field: string;
  readonly rule: string;
  readonly value: string;
  /** `document.invalid` unless the fault lies outside of the document. */
  readonly code?: ErrorCode;
}

/** What a check has to know of the world around a document. */
export interface CheckContext {
  /** Whether the database holds a document of that id. */
  readonly exists: (id: string) => boolean;
  /** Whether the bytes of a location are already in the session's file store. */
  readonly hasFile?: (document: NdiDocument, name: string, location: FileLocation) => boolean;
}

/** A schema made ready for many documents: names in lower case, since NDI's validator ignores case. */
export interface CompiledSchema {
  readonly dependsOn: readonly { readonly name: string; readonly wanted: string; readonly required: boolean }[];
  readonly files: readonly (readonly [pattern: string, required: boolean])[];
  readonly groups: readonly CompiledGroup[];
}

interface CompiledGroup {
  readonly group: string;
  readonly fields: readonly CompiledField[];
  /** All field names as a document must have them, in one text. */
  readonly wanted: string;
}

interface CompiledField {
  readonly name: string;
  readonly plain: string;
  readonly type: string;
  readonly parameters: readonly JsonValue[];
}

const compiled = new WeakMap<DocumentSchema, CompiledSchema>();

export function compileSchema(schema: DocumentSchema): CompiledSchema {
  let result = compiled.get(schema);
  if (result === undefined) compiled.set(schema, (result = compile(schema)));
  return result;
}

function compile({ dependsOn = {}, files = {}, groups }: DocumentSchema): CompiledSchema {
  return {
    dependsOn: Object.entries(dependsOn).map(([name, required]) => ({ name, wanted: name.toLowerCase(), required })),
    files: Object.entries(files),
    groups: Object.entries(groups).map(([group, rules]) => ({
      group,
      wanted: uniqueSorted(Object.keys(rules)),
      fields: Object.entries(rules).map(([name, [type, parameters = []]]) => {
        return { name, plain: name.toLowerCase(), type, parameters };
      }),
    })),
  };
}

export const plainClass = (name: string): string => name.toLowerCase().replace(/^did\./, '');

export function uniqueSorted(names: readonly string[]): string {
  return [...new Set(names.map(plainClass))].sort().join(',');
}

/** Adds every rule of one schema that a document breaks to `found`. */
export function checkAgainst(
  document: NdiDocument,
  schema: CompiledSchema,
  context: CheckContext,
  found: Breach[],
): void {
  if (schema.dependsOn.length > 0) checkDependencies(document, schema.dependsOn, context, found);
  // `base` lists no file and is an ancestor of all: an empty list cannot mean that there may be none.
  if (schema.files.length > 0) checkFiles(document, schema.files, context, found);
  for (const group of schema.groups) checkGroup(document, group, found);
}

function checkDependencies(
  document: NdiDocument,
  expected: CompiledSchema['dependsOn'],
  context: CheckContext,
  found: Breach[],
): void {
  const held = listOf(document['depends_on']).map((item) => {
    const entry = objectOf(item) ?? {};
    return { name: textOf(entry['name']).toLowerCase(), value: entry['value'] ?? '' };
  });
  for (const { name, wanted, required } of expected) {
    const field = `depends_on.${name}`;
    if (!held.some((one) => one.name === wanted || one.name.replace(/_\d+$/, '') === wanted)) {
      const value = held.map((one) => one.name).join(', ');
      found.push({ field, rule: 'the document must have this dependency', value });
      continue;
    }
    const value = held.find((one) => one.name === wanted)?.value ?? '';
    if (value === '' || (Array.isArray(value) && value.length === 0)) {
      if (required) found.push({ field, rule: 'it must not be empty', value: '' });
    } else if (typeof value !== 'string') {
      found.push({ field, rule: 'it must be an id, as text', value: JSON.stringify(value) });
    } else if (!context.exists(value) && !context.exists(value.toLowerCase())) {
      found.push({ field, rule: 'it must be the id of a stored document', value });
    }
  }
}

function checkFiles(
  document: NdiDocument,
  expected: CompiledSchema['files'],
  context: CheckContext,
  found: Breach[],
): void {
  for (const { name, locations } of fileEntries(document)) {
    const match = expected.find(([pattern]) => fileNameFits(name.toLowerCase(), pattern.toLowerCase()));
    if (match === undefined) {
      const rule = `only these files belong to it: ${expected.map(([pattern]) => pattern).join(', ')}`;
      found.push({ field: 'files', rule, value: name });
      continue;
    }
    const reachable = locations.some(
      (one) =>
        one.location_type !== 'file' || existsSync(one.location) || context.hasFile?.(document, name, one) === true,
    );
    if (match[1] && !reachable) {
      found.push({ field: `files.${name}`, rule: 'the file must exist', value: name, code: 'document.fileMissing' });
    }
  }
}

/** `x_#` stands for `x_` and digits. */
function fileNameFits(name: string, pattern: string): boolean {
  if (name === pattern) return true;
  return pattern.endsWith('#') && name.startsWith(pattern.slice(0, -1)) && /^\d+$/.test(name.slice(pattern.length - 1));
}

function checkGroup(document: NdiDocument, compiledGroup: CompiledGroup, found: Breach[]): void {
  const { group, fields } = compiledGroup;
  const held = Object.hasOwn(document, group) ? document[group] : heldInAnyCase(document, group);
  if (held === undefined) {
    found.push({ field: group, rule: 'the document must have this property list', value: '' });
    return;
  }
  if (fields.length === 0) return;
  const items = Array.isArray(held) ? held : [held];
  for (const item of items.length === 0 ? [{}] : items) {
    const values = objectOf(item);
    if (values !== null) checkFields(values, compiledGroup, found);
    else found.push({ field: group, rule: 'it must hold fields', value: JSON.stringify(item) });
  }
}

function heldInAnyCase(document: NdiDocument, group: string): JsonValue | undefined {
  return Object.entries(document).find(([key]) => key.toLowerCase() === group.toLowerCase())?.[1];
}

function checkFields(values: JsonObject, { group, fields, wanted }: CompiledGroup, found: Breach[]): void {
  const names = Object.keys(values);
  if (names.length === fields.length && fields.every(({ name }) => Object.hasOwn(values, name))) {
    for (const field of fields) checkField(values[field.name], group, field, found);
    return;
  }
  const held = uniqueSorted(names);
  if (wanted !== held) found.push({ field: group, rule: `its fields must be exactly ${wanted}`, value: held });
  const inLowerCase = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  for (const field of fields) checkField(inLowerCase.get(field.plain), group, field, found);
}

function checkField(value: JsonValue | undefined, group: string, field: CompiledField, found: Breach[]): void {
  const rule = value === undefined ? null : checkValue(value, field.type, field.parameters);
  if (rule !== null) found.push({ field: `${group}.${field.name}`, rule, value: describeValue(value) });
}

/** JSON of a value, with the tokens for numbers that are not finite. */
export function describeValue(value: JsonValue | undefined): string {
  return value === undefined ? '' : typeof value === 'number' ? String(value) : JSON.stringify(value);
}
