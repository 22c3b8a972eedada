import type { JsonObject, JsonValue } from './document-json.ts';
import { listOf, type NdiDocument, objectOf } from './documents.ts';

/** One place in which two versions of a document differ. */
export interface FieldDifference {
  /** Keys and list positions from the root. */
  readonly path: readonly (string | number)[];
  /** Undefined where that side does not have the field. */
  readonly here: JsonValue | undefined;
  readonly there: JsonValue | undefined;
}

/** Where two versions differ: by field, by element in lists of the same length, else the list as a whole. */
export function fieldDifferences(here: NdiDocument, there: NdiDocument): FieldDifference[] {
  return [...compare(here, there, [])];
}

function* compare(
  here: JsonValue | undefined,
  there: JsonValue | undefined,
  path: readonly (string | number)[],
): Generator<FieldDifference> {
  if (isSame(here, there)) return;
  const [a, b] = [objectOf(here), objectOf(there)];
  if (a !== null && b !== null) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) yield* compare(a[key], b[key], [...path, key]);
  } else if (Array.isArray(here) && Array.isArray(there) && here.length === there.length && hasParts(here, there)) {
    for (let at = 0; at < here.length; at += 1) yield* compare(here[at], there[at], [...path, at]);
  } else yield { path, here, there };
}

/** Lists of plain values are chosen as a whole: their elements belong together. */
function hasParts(here: readonly JsonValue[], there: readonly JsonValue[]): boolean {
  return [...here, ...there].every((item) => item !== null && typeof item === 'object');
}

function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (a === undefined || b === undefined || a === null || b === null) return false;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame((a as JsonObject)[key], (b as JsonObject)[key]));
}

/**
 * A document put together: `here` with the other side's value in the places that were chosen.
 * @param fromThere places, as `fieldDifferences` names them
 */
export function mergeFields(
  here: NdiDocument,
  differences: readonly FieldDifference[],
  fromThere: (difference: FieldDifference) => boolean,
): NdiDocument {
  let merged: JsonValue = here;
  for (const difference of differences) {
    if (fromThere(difference)) merged = withValueAt(merged, difference.path, difference.there);
  }
  return objectOf(merged) ?? here;
}

function withValueAt(
  holder: JsonValue,
  [key, ...rest]: readonly (string | number)[],
  value: JsonValue | undefined,
): JsonValue {
  if (key === undefined) return value ?? null;
  if (typeof key === 'number') {
    const list = [...listOf(holder)];
    list[key] = withValueAt(list[key] ?? null, rest, value);
    return list;
  }
  const { [key]: old, ...others } = objectOf(holder) ?? {};
  if (rest.length === 0 && value === undefined) return others;
  return { ...objectOf(holder), [key]: withValueAt(old ?? null, rest, value) };
}
