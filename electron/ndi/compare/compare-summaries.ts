import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { listOf, objectOf, textOf } from '../../../shared/model/documents.ts';

/** Names that both sides of an exchange leave out of the lists of files: the exchange itself puts them there. */
export const exchangeFiles: readonly string[] = ['sessionSummary.json', 'datasetSummary.json', 'jsonDocuments'];

const FILE_LISTS: readonly string[] = ['files', 'filesInDotNDI'];
/** Handles of objects of MATLAB, which say nothing elsewhere. */
const PASSED_OVER: readonly string[] = ['underlying_epochs'];

/**
 * How two summaries of sessions differ (`compareSessionSummary`), a sentence a difference; empty where they agree.
 * Lists have no order, paths agree by their last part, line breaks do not count, numbers whatever their shape, with
 * every unknown number equal to every other.
 * @param excludeFiles names that do not count among the files
 */
export function compareSummaries(
  a: JsonObject,
  b: JsonObject,
  excludeFiles: readonly string[] = exchangeFiles,
): string[] {
  return compareObjects(a, b, '', excludeFiles);
}

/** The same for datasets (`compareDatasetSummary`): sessions are paired by their ids. */
export function compareDatasetSummaries(
  a: JsonObject,
  b: JsonObject,
  excludeFiles: readonly string[] = exchangeFiles,
): string[] {
  const { sessionSummaries: ofA, ...restA } = a;
  const { sessionSummaries: ofB, ...restB } = b;
  const [sessionsA, sessionsB] = [byId(ofA), byId(ofB)];
  return [
    ...compareObjects(restA, restB, '', excludeFiles),
    ...[...sessionsA].flatMap(([id, session]) => {
      const other = sessionsB.get(id);
      if (other === undefined) return [`session ${id} is only in the first`];
      return compareSummaries(session, other, excludeFiles).map((text) => `session ${id}: ${text}`);
    }),
    ...[...sessionsB.keys()].flatMap((id) => (sessionsA.has(id) ? [] : [`session ${id} is only in the second`])),
  ];
}

function byId(sessions: JsonValue | undefined): Map<string, JsonObject> {
  const found = listOf(sessions)
    .map(objectOf)
    .filter((one) => one !== null);
  return new Map(found.map((session) => [textOf(session['sessionId']), session]));
}

function compareObjects(a: JsonObject, b: JsonObject, at: string, excludeFiles: readonly string[]): string[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !PASSED_OVER.includes(name));
  return names.flatMap((name) => {
    const path = at === '' ? name : `${at}.${name}`;
    const [one, other] = [a[name], b[name]];
    if (one === undefined) return isEmpty(other) ? [] : [`${path} is only in the second`];
    if (other === undefined) return isEmpty(one) ? [] : [`${path} is only in the first`];
    const counted = (value: JsonValue) =>
      at === '' && FILE_LISTS.includes(name)
        ? listOf(value).filter((file) => !excludeFiles.includes(textOf(file)))
        : value;
    return compareValues(counted(one), counted(other), path, excludeFiles);
  });
}

function compareValues(a: JsonValue, b: JsonValue, path: string, excludeFiles: readonly string[]): string[] {
  if (isEmpty(a) && isEmpty(b)) return [];
  if (isNumbers(a) && isNumbers(b)) return sameNumbers(a, b) ? [] : [differ(path, a, b)];
  if (Array.isArray(a) || Array.isArray(b)) return compareLists(listOf(a), listOf(b), path, excludeFiles);
  const [objectA, objectB] = [objectOf(a), objectOf(b)];
  if (objectA !== null && objectB !== null) return compareObjects(objectA, objectB, path, excludeFiles);
  if (typeof a === 'string' && typeof b === 'string') return sameTexts(a, b) ? [] : [differ(path, a, b)];
  return a === b ? [] : [differ(path, a, b)];
}

function compareLists(
  a: readonly JsonValue[],
  b: readonly JsonValue[],
  path: string,
  excludeFiles: readonly string[],
): string[] {
  if (a.length !== b.length) return [`${path} has ${a.length} entries in the first and ${b.length} in the second`];
  const [sortedA, sortedB] = [inOrder(a), inOrder(b)];
  return sortedA.flatMap((item, at) => compareValues(item, sortedB[at] ?? null, `${path}(${at + 1})`, excludeFiles));
}

/** By their text, keys in order too: writers order neither. */
function inOrder(list: readonly JsonValue[]): JsonValue[] {
  return list
    .map((value) => ({ value, key: orderKey(value) }))
    .sort((x, y) => (x.key < y.key ? -1 : 1))
    .map(({ value }) => value);
}

function orderKey(value: JsonValue): string {
  const object = objectOf(value);
  if (object === null) return Array.isArray(value) ? JSON.stringify(value.map(orderKey)) : JSON.stringify(value);
  const keys = Object.keys(object).filter((key) => !PASSED_OVER.includes(key));
  return JSON.stringify(keys.sort().map((key) => [key, orderKey(object[key] ?? null)]));
}

/** Numbers of any shape, unknown ones (NaN, which JSON writes as null) among them. */
function isNumbers(value: JsonValue): boolean {
  const flat = flatten(value);
  return flat.length > 0 && flat.every((one) => typeof one === 'number' || one === null);
}

function sameNumbers(a: JsonValue, b: JsonValue): boolean {
  const [ofA, ofB] = [flatten(a), flatten(b)];
  const known = (value: JsonValue) => (typeof value === 'number' && !Number.isNaN(value) ? value : null);
  return ofA.length === ofB.length && ofA.every((value, at) => known(value) === known(ofB[at] ?? null));
}

function flatten(value: JsonValue): JsonValue[] {
  return Array.isArray(value) ? value.flatMap(flatten) : [value];
}

function sameTexts(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/[\r\n\t]+/g, '');
  const last = (text: string) => text.split(/[\\/]/).at(-1) ?? '';
  const isPath = (text: string) => /[\\/]/.test(text) && last(text) !== '';
  return plain(a) === plain(b) || (isPath(a) && isPath(b) && last(plain(a)) === last(plain(b)));
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function differ(path: string, a: JsonValue, b: JsonValue): string {
  return `${path} differs: ${JSON.stringify(a)} and ${JSON.stringify(b)}`;
}
