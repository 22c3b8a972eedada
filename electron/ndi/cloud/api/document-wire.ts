import type { JsonObject, JsonValue } from '../../../../shared/model/document-json.ts';

/**
 * Numbers that JSON does not know travel as these strings: the service stores them so, whichever way they came.
 * A string of a document that happens to read so becomes a number on its way back: a known limit of the service.
 */
const names = new Map<number, string>([
  [Number.NaN, '__NDI__NaN__'],
  [Number.POSITIVE_INFINITY, '__NDI__Infinity__'],
  [Number.NEGATIVE_INFINITY, '__NDI__-Infinity__'],
]);
const values = new Map<unknown, number>([...names].map(([value, name]) => [name, value]));

/** A document as it is sent. */
export function toWire(document: JsonObject): JsonObject {
  return mapValues(document, (value) => (typeof value === 'number' ? (names.get(value) ?? value) : value));
}

/** A document as it was before it was sent. */
export function fromWire(document: JsonObject): JsonObject {
  return mapValues(document, (value) => values.get(value) ?? value);
}

function mapValues(object: JsonObject, change: (value: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, mapped(value, change)]));
}

function mapped(value: JsonValue, change: (value: JsonValue) => JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (value !== null && typeof value === 'object') return mapValues(value, change);
  return change(value);
}
