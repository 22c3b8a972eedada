import { NdiError } from './errors.ts';

/** Any value of a document: JSON with NaN and infinities. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = Record<string, JsonValue>;

/** Bare tokens that MATLAB and Python write for numbers that are not finite; none of them is legal JSON. */
const TOKENS = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['Inf', Number.POSITIVE_INFINITY],
  ['-Inf', Number.NEGATIVE_INFINITY],
]);

/** The start of a string, or a token outside of strings. */
const QUOTE_OR_TOKEN = /"|-?\bInfinity\b|-?\bInf\b|\bNaN\b/g;
/** Documents are a few levels deep. What is nested without end would overflow the stack of every reader. */
export const DEEPEST_NESTING = 250;
/** Stands for a token while the standard parser runs; a private-use character no document begins with. */
const MARK = '\uE000';

/**
 * Reads the JSON of a document, also with the tokens `NaN`, `Infinity`, `-Infinity`, `Inf`, `-Inf`.
 * @throws NdiError document.invalid
 */
export function parseDocumentJson(text: string): JsonObject {
  const value = parseJsonTolerant(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw invalidJson('it is not an object');
  }
  return value;
}

/**
 * Any JSON value, also with the tokens `NaN`, `Infinity`, `-Infinity`, `Inf`, `-Inf`.
 * @throws NdiError document.invalid
 */
export function parseJsonTolerant(text: string): JsonValue {
  const value = parseWithTokens(text);
  if (text.length > 2 * DEEPEST_NESTING && isDeeperThan(value, DEEPEST_NESTING)) {
    throw invalidJson(`it is nested more than ${DEEPEST_NESTING} levels deep`);
  }
  return value;
}

function parseWithTokens(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const marked = markTokens(text);
    if (marked === text) throw invalidJson(messageOf(error), error);
    try {
      return JSON.parse(marked, (_key, value: JsonValue) => unmark(value)) as JsonValue;
    } catch (second) {
      throw invalidJson(messageOf(second), second);
    }
  }
}

/** Puts the tokens into strings. By hand: a pattern for whole strings overflows on long ones. */
function markTokens(text: string): string {
  const parts: string[] = [];
  let from = 0;
  QUOTE_OR_TOKEN.lastIndex = 0;
  for (let found = QUOTE_OR_TOKEN.exec(text); found !== null; found = QUOTE_OR_TOKEN.exec(text)) {
    if (found[0] === '"') {
      QUOTE_OR_TOKEN.lastIndex = endOfString(text, QUOTE_OR_TOKEN.lastIndex);
      continue;
    }
    parts.push(text.slice(from, found.index), `"${MARK}${found[0]}"`);
    from = QUOTE_OR_TOKEN.lastIndex;
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}

function endOfString(text: string, start: number): number {
  for (let at = start; ; at += 1) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
}

/** Whether a value is nested more than so many levels deep. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (levels === 0) return true;
  for (const item of Object.values(value)) if (isDeeperThan(item, levels - 1)) return true;
  return false;
}

function unmark(value: JsonValue): JsonValue {
  if (typeof value !== 'string' || !value.startsWith(MARK)) return value;
  return TOKENS.get(value.slice(MARK.length)) ?? value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function invalidJson(why: string, cause?: unknown): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `A document's JSON cannot be read: ${why}.`,
    recovery: 'Restore the document from a copy, or write it again with the program that made it.',
    cause,
  });
}

/** Writes a document as MATLAB does in `docs.json_code`: two spaces, one value a line, bare tokens for non-finite. */
export function formatDocumentJson(value: JsonValue): string {
  // The engine's own writer lays JSON out in the same way, many times as fast; only some numbers are spelled otherwise.
  return isPlain(value) ? JSON.stringify(value, null, 2) : formatIndented(value, '');
}

/** Whether JSON's own spelling of all numbers is MATLAB's too: finite, and without an exponent. */
function isPlain(value: JsonValue): boolean {
  if (typeof value === 'number') {
    const size = Math.abs(value);
    return size < 1e21 && (size >= 1e-6 || Object.is(value, 0));
  }
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.every(isPlain);
  // An object of a document has no fields but its own.
  for (const key in value) if (!isPlain(value[key] ?? null)) return false;
  return true;
}

function formatIndented(value: JsonValue, indent: string): string {
  if (typeof value === 'number') return formatNumber(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const parts = Array.isArray(value)
    ? value.map((item) => inner + formatIndented(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${formatIndented(item, inner)}`);
  return parts.length === 0 ? open + close : `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

/** Round-trip digits; exponents spelled as MATLAB spells them (`1.0E+21`). */
function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0';
  const parts = /^(-?\d)(\.\d+)?e([+-]\d+)$/.exec(String(value));
  return parts === null ? String(value) : `${parts[1] ?? ''}${parts[2] ?? '.0'}E${parts[3] ?? ''}`;
}

/** A copy that is legal JSON: numbers that are not finite become null. */
export function toPlainJson(value: JsonValue): JsonValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(toPlainJson);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlainJson(item)]));
}
