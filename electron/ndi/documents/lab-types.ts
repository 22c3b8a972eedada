import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileList } from '../../../shared/model/document-files.ts';
import { type JsonObject, type JsonValue, parseDocumentJson } from '../../../shared/model/document-json.ts';
import {
  definitionName,
  dependencies,
  listOf,
  normaliseDocument,
  objectOf,
  textOf,
} from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { toFileError } from '../../files/file-faults.ts';
import { jsonFilesIn, type Placeholders, placeholdersOf, resolveLocation } from './locations.ts';
import { type DocumentSchema, type DocumentType, documentTypeNames } from './types.ts';

/** The types that a folder defines, and what is wrong with those that are left out. */
export interface LabTypes {
  readonly types: ReadonlyMap<string, DocumentType>;
  readonly problems: readonly { readonly path: string; readonly why: string }[];
}

/**
 * Reads a laboratory's own definitions and schemas: JSON files as NDI keeps them, found by their placeholders
 * (`locations.ts`). Each type is taken by itself: one that is wrong is left out and named.
 * @throws NdiError path.* where the folder cannot be read
 */
export function readLabTypes(folder: string): LabTypes {
  const types = new Map<string, DocumentType>();
  const problems: { path: string; why: string }[] = [];
  let placeholders: Placeholders;
  let files: string[];
  try {
    placeholders = placeholdersOf(folder);
    files = [...new Set((placeholders['$NDIDOCUMENTPATH'] ?? []).flatMap(jsonFilesIn))];
  } catch (error) {
    throw toFileError(error, folder);
  }
  for (const path of files) {
    try {
      const read = readType(path, folder, placeholders);
      if (read === null) continue;
      if (types.has(read.name)) throw new Error(`a second definition of ${read.name}`);
      if (documentTypeNames.includes(read.name)) throw new Error(`${read.name} is one of NDI’s own types`);
      types.set(read.name, read.type);
    } catch (error) {
      problems.push({ path, why: error instanceof Error ? error.message : String(error) });
    }
  }
  removeOrphans(types, problems, folder);
  return { types, problems };
}

/** A definition; null for a file that is none (schemas may lie in the same folder). */
function readType(
  path: string,
  folder: string,
  placeholders: Placeholders,
): { name: string; type: DocumentType } | null {
  const definition = normaliseDocument(readJson(path));
  const holder = objectOf(definition['document_class']);
  if (holder === null) return null;
  const name = textOf(holder['class_name']) || definitionName(basename(path));
  const propertyList = textOf(holder['property_list_name']) || name;
  const own = definition[propertyList] ?? {};
  const validation = textOf(holder['validation']);
  const schema = validation === '' ? undefined : readSchema(validation, placeholders);
  const parents = listOf(holder['superclasses']).map((entry) =>
    definitionName(textOf(objectOf(entry)?.['definition'])),
  );
  return {
    name,
    type: {
      definition: textOf(holder['definition']) || `$NDIDOCUMENTPATH/${basename(path)}`,
      validation,
      version: typeof holder['class_version'] === 'number' ? holder['class_version'] : 1,
      parents,
      ...(propertyList === name ? {} : { propertyList }),
      defaults: Array.isArray(own) ? (own as JsonObject[]) : (objectOf(own) ?? {}),
      ...('depends_on' in definition ? { dependsOn: dependencies(definition).map((one) => one.name) } : {}),
      ...('files' in definition ? { files: fileList(definition) } : {}),
      ...schema,
      folder,
    },
  };
}

const SCHEMA_ENDINGS = ['.json', '.schema.json', '_schema.json'];

function readSchema(validation: string, placeholders: Placeholders): Pick<DocumentType, 'schema' | 'jsonSchema'> {
  const schema = readJson(resolveLocation(validation, placeholders, SCHEMA_ENDINGS));
  return typeof schema['classname'] === 'string' ? { schema: schemaOf(schema) } : { schema: null, jsonSchema: schema };
}

const NO_GROUP = new Set(['classname', 'superclasses', 'depends_on', 'file']);

/** NDI's form of a schema, in ours. */
function schemaOf(schema: JsonObject): DocumentSchema {
  const required = (key: string) =>
    Object.fromEntries(
      listOf(schema[key]).map((entry) => {
        const known = objectOf(entry) ?? {};
        return [textOf(known['name']), known['mustbenotempty'] === 1 || known['mustbenotempty'] === true];
      }),
    );
  const groups = Object.entries(schema).filter(([key]) => !NO_GROUP.has(key));
  return {
    className: textOf(schema['classname']),
    superclasses: listOf(schema['superclasses']).filter((name) => typeof name === 'string'),
    ...('depends_on' in schema ? { dependsOn: required('depends_on') } : {}),
    ...('file' in schema ? { files: required('file') } : {}),
    groups: Object.fromEntries(groups.map(([group, fields]) => [group, rulesOf(fields)])),
  };
}

function rulesOf(fields: JsonValue): DocumentSchema['groups'][string] {
  return Object.fromEntries(
    listOf(fields).map((field) => {
      const known = objectOf(field) ?? {};
      const parameters = listOf(known['parameters']).map(spelledOut);
      const type = textOf(known['type']);
      return [textOf(known['name']), parameters.length === 0 ? [type] : [type, parameters]] as const;
    }),
  );
}

/** The tables of this application write numbers that are not finite as text. */
function spelledOut(parameter: JsonValue): JsonValue {
  if (typeof parameter !== 'number' || Number.isFinite(parameter)) return parameter;
  return Number.isNaN(parameter) ? 'NaN' : parameter > 0 ? 'Inf' : '-Inf';
}

/** A type whose ancestors are not known cannot be used; nor can those that descend from it, or from themselves. */
function removeOrphans(
  types: Map<string, DocumentType>,
  problems: { path: string; why: string }[],
  folder: string,
): void {
  const sound = new Set(documentTypeNames);
  for (let grown = true; grown;) {
    grown = false;
    for (const [name, type] of types) {
      if (sound.has(name) || !type.parents.every((parent) => sound.has(parent))) continue;
      sound.add(name);
      grown = true;
    }
  }
  for (const [name, type] of [...types]) {
    if (sound.has(name)) continue;
    types.delete(name);
    const missing = type.parents.filter((parent) => !sound.has(parent));
    problems.push({
      path: folder,
      why: `${name} descends from ${missing.join(', ')}, which is not known or descends from it`,
    });
  }
}

function readJson(path: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw toFileError(error, path);
  }
  try {
    return parseDocumentJson(text);
  } catch (error) {
    throw new NdiError({
      code: 'document.invalid',
      message: `${path} is no JSON object: ${error instanceof Error ? error.message : String(error)}`,
      recovery: 'Correct the file.',
      details: { path },
    });
  }
}
