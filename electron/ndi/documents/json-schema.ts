import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { listOf, type NdiDocument, objectOf } from '../../../shared/model/documents.ts';

/** Where a value breaks a JSON Schema: the dotted path and the rule in words. */
export interface SchemaBreach {
  readonly field: string;
  readonly rule: string;
  readonly value: JsonValue;
}

/**
 * Checks a document against the JSON Schemas that a few of NDI's classes have in place of its own kind. They use
 * `type`, `properties`, `items` (one schema, or one for each place) and `const`; `item`, a slip for `items`, is taken as
 * meant. Most describe the property list itself, one the whole document.
 */
export function checkJsonSchema(document: NdiDocument, className: string, schema: JsonObject): SchemaBreach[] {
  const properties = objectOf(schema['properties']) ?? {};
  if (className in properties) return [...checkProperties(document, properties, '')];
  const { depends_on: dependsOn, ...own } = properties;
  const breaches = [...checkProperties(objectOf(document[className]) ?? {}, own, `${className}.`)];
  // Every class lists its dependencies in an order of its own; the names are what matters.
  return dependsOn === undefined ? breaches : [...breaches, ...checkNames(document, objectOf(dependsOn) ?? {})];
}

function* checkProperties(
  holder: Readonly<JsonObject>,
  properties: JsonObject,
  prefix: string,
): Generator<SchemaBreach> {
  for (const [name, rule] of Object.entries(properties)) {
    if (prefix === '' && name === 'depends_on') {
      yield* checkNames(holder, objectOf(rule) ?? {});
      continue;
    }
    const value = holder[name];
    if (value !== undefined) yield* checkAgainst(value, objectOf(rule) ?? {}, `${prefix}${name}`);
  }
}

function* checkAgainst(value: JsonValue, rule: JsonObject, field: string): Generator<SchemaBreach> {
  const types = [rule['type'] ?? []].flat().filter((one) => typeof one === 'string');
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
    yield { field, rule: `it must be of type ${types.join(' or ')}`, value };
    return;
  }
  const holder = objectOf(value);
  const properties = objectOf(rule['properties']);
  if (holder !== null && properties !== null) yield* checkProperties(holder, properties, `${field}.`);
  const items = rule['items'] ?? rule['item'];
  if (!Array.isArray(value) || items === undefined) return;
  for (const [at, item] of value.entries()) {
    const of = objectOf(Array.isArray(items) ? (items[at] ?? items[0]) : items);
    if (of !== null) yield* checkAgainst(item, of, `${field}.${at + 1}`);
  }
}

function* checkNames(document: Readonly<JsonObject>, rule: JsonObject): Generator<SchemaBreach> {
  const found = listOf(document['depends_on']).map((entry) => objectOf(entry)?.['name']);
  for (const item of listOf(rule['items'])) {
    const name = objectOf(objectOf(objectOf(item)?.['properties'])?.['name'])?.['const'];
    if (typeof name === 'string' && !found.includes(name)) {
      yield { field: `depends_on.${name}`, rule: 'the document must have this dependency', value: '' };
    }
  }
}

/** MATLAB writes a list of one as the value itself, and an empty text for an empty list. */
function isOfType(value: JsonValue, type: string): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number';
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'object':
      return objectOf(value) !== null;
    case 'array':
      return Array.isArray(value) || typeof value === 'number' || value === '' || objectOf(value) !== null;
    default:
      return true;
  }
}
