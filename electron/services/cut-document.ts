import type { JsonObject, JsonValue } from '../../shared/model/document-json.ts';
import type { NdiDocument } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';

/** Values and characters that a page shows without a pause; a document of more is cut. */
const MOST_VALUES = 100_000;
const MOST_CHARACTERS = 4_000_000;
/** Of a document that is cut: entries of a list, fields of an object, characters of a text. */
const ENTRIES_SHOWN = 1000;
const CHARACTERS_SHOWN = 20_000;
const CUTS_TOLD = 1000;

interface Cut {
  /** Dotted path. */
  readonly path: string;
  readonly shown: number;
  readonly total: number;
}

/** A document as a page can show it: one of an ordinary size whole, of a huge one the beginnings of its lists and texts. */
export function cutForPage(document: NdiDocument): { document: NdiDocument; cut: Cut[] } {
  if (!isHuge(document)) return { document, cut: [] };
  const cut: Cut[] = [];
  let left = MOST_VALUES;
  const short = (value: JsonValue, path: string): JsonValue => {
    left -= 1;
    if (typeof value === 'string') {
      if (value.length <= CHARACTERS_SHOWN) return value;
      cut.push({ path, shown: CHARACTERS_SHOWN, total: value.length });
      return value.slice(0, CHARACTERS_SHOWN);
    }
    if (typeof value !== 'object' || value === null) return value;
    const most = Math.max(0, Math.min(ENTRIES_SHOWN, left));
    if (Array.isArray(value)) {
      if (value.length > most) cut.push({ path, shown: most, total: value.length });
      return value.slice(0, most).map((item, at) => short(item, `${path}.${at}`));
    }
    const names = Object.keys(value);
    if (names.length > most) cut.push({ path, shown: most, total: names.length });
    const below = (name: string) => short(value[name] ?? null, path === '' ? name : `${path}.${name}`);
    return Object.fromEntries(names.slice(0, most).map((name) => [name, below(name)]));
  };
  return { document: short(document, '') as JsonObject, cut: cut.slice(0, CUTS_TOLD) };
}

/** Looks no further than to what decides it. */
function isHuge(document: NdiDocument): boolean {
  let values = 0;
  let characters = 0;
  const waiting: JsonValue[] = [document];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    values += 1;
    if (typeof value === 'string') characters += value.length;
    else if (Array.isArray(value)) {
      if (value.length > MOST_VALUES) return true;
      for (const item of value) waiting.push(item);
    } else if (typeof value === 'object' && value !== null) {
      for (const name in value) waiting.push(value[name] ?? null);
    }
    if (values + waiting.length > MOST_VALUES || characters > MOST_CHARACTERS) return true;
  }
  return false;
}

/** For a document of which a form would hold a part only: what is kept would lack the rest. */
export function tooLargeToEdit(id: string, cut: readonly Cut[]): NdiError {
  const named = cut.slice(0, 3).map(({ path, total }) => `${path} (of length ${total.toLocaleString('en')})`);
  return new NdiError({
    code: 'range.tooLarge',
    message: `The document is too large for a form: ${named.join(', ')}.`,
    recovery: 'Change its fields by “ndi edit”; long data belongs in a file of the document.',
    details: { id },
  });
}
