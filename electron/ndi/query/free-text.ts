import type { JsonValue } from '../../../shared/model/document-json.ts';
import {
  dependencies,
  documentClass,
  documentDatestamp,
  documentId,
  documentSessionId,
  type NdiDocument,
  objectOf,
} from '../../../shared/model/documents.ts';

/**
 * Free text: every word (or "several words" in quotes) must stand somewhere in the document. It is found anywhere in
 * the name of the class and in texts, whatever its case; at the beginning of ids, of ids depended on and of time
 * stamps; and as the value of a number.
 */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]+)"|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word);
}

/** A text in the form in which texts are compared whatever their case. */
export const fold = (text: string): string => text.toLowerCase();

/** Ids of NDI (33 characters) and time stamps: many, each its own, and looked for by their beginning. */
const MARK = /^(?:[0-9a-f]{16}_[0-9a-f]{16}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*(?:Z|[+-]\d\d:?\d\d)?)$/;

export function isMark(text: string): boolean {
  return text.length < 40 && MARK.test(text);
}

/** How an id or time stamp may begin for a word. */
export function beginningsOf(word: string): string[] {
  return [...new Set([word, word.toLowerCase(), word.toUpperCase()])];
}

/** The number that a word writes, or null. */
export function numberOf(word: string): number | null {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(word) ? Number(word) : null;
}

/** Groups whose texts are not searched: dependencies are told by their ids, files by their names. */
export function isSearched(path: string): boolean {
  return !/^(?:document_class|depends_on|files\.file_info)(?:\.|$)/.test(path);
}

/** A test of whole documents for a free text. */
export function compileFreeText(text: string): (document: NdiDocument) => boolean {
  const tests = wordsOf(text).map((word) => compileWord(word));
  return (document) => tests.every((test) => test(document));
}

function compileWord(word: string): (document: NdiDocument) => boolean {
  const folded = fold(word);
  const number = numberOf(word);
  const beginnings = beginningsOf(word);
  const begins = (mark: string) => beginnings.some((beginning) => mark.startsWith(beginning));
  const inText = (text: string) => (isMark(text) ? begins(text) : fold(text).includes(folded));
  const inValue = (path: string, value: JsonValue): boolean => {
    if (!isSearched(path) || MARK_FIELDS.has(path)) return false;
    if (typeof value === 'string') return inText(value);
    if (typeof value === 'number') return value === number;
    if (Array.isArray(value)) {
      if (value.length > 0 && value.every((item) => typeof item === 'string')) return inText(value.join(','));
      return value.some((item) => objectOf(item) !== null && inValue(path, item));
    }
    if (value === null || typeof value !== 'object') return false;
    return Object.entries(value).some(([key, item]) => inValue(`${path}.${key}`, item));
  };
  return (document) =>
    fold(documentClass(document)).includes(folded) ||
    [documentId(document), documentSessionId(document), documentDatestamp(document)].some(begins) ||
    dependencies(document).some((one) => begins(one.value)) ||
    Object.entries(document).some(([group, value]) => inValue(group, value));
}

/** Told by their beginning, in whatever form they are written. */
const MARK_FIELDS = new Set(['base.id', 'base.session_id', 'base.datestamp']);
