import { formatDocumentJson, type JsonValue } from '../../../shared/model/document-json.ts';
import { dependencies, type Dependency, type NdiDocument, objectOf, textOf } from '../../../shared/model/documents.ts';

/** What the index keeps of one document. */
export interface Extract {
  readonly id: string;
  readonly name: string;
  readonly datestamp: string;
  readonly sessionId: string;
  readonly className: string;
  /** `document_class` as JSON. */
  readonly head: string;
  /** Every path that exists, a line each. */
  readonly paths: string;
  readonly texts: readonly (readonly [path: string, text: string])[];
  readonly numbers: readonly (readonly [path: string, value: number])[];
  readonly others: readonly OtherValue[];
  readonly dependencies: readonly Dependency[];
}

export interface OtherValue {
  readonly path: string;
  /** As JSON; null for one that is too long to be kept. */
  readonly json: string | null;
  /** Least and greatest number of a list that holds numbers only. */
  readonly range: readonly [number, number] | null;
}

/** More is not worth its room: such documents are read whole. */
const MOST_PATHS = 2_000;
const LONGEST_TEXT = 100_000;
const LONGEST_LIST = 2_000;

/** Lists of texts stand a second time, joined as NDI's database joins them, below their path with this at its end. */
export const joined = '[]';

/** Fields that are never indexed: their values are paths of files long gone, or stand in tables of their own. */
export function isIndexedField(path: string): boolean {
  return !/^(?:depends_on|files\.file_info)(?:\.|$)/.test(path);
}

/** Takes a document apart; null where the index could not show it faithfully. */
export function extract(document: NdiDocument): Extract | null {
  const base = objectOf(document['base']);
  if (base === null) return null;
  const marks = [base['id'], base['name'], base['session_id'], base['datestamp']];
  if (!marks.every((mark) => typeof mark === 'string')) return null;
  const [id = '', name = '', sessionId = '', datestamp = ''] = marks;
  if (!isAscii(id) || !isAscii(datestamp)) return null;
  const walker = new Walker();
  const head = objectOf(document['document_class'] ?? {});
  if (head === null) return null;
  walker.visitGroups(document);
  if (walker.overflows) return null;
  return {
    id,
    name,
    datestamp,
    sessionId,
    className: textOf(head['class_name']),
    head: 'document_class' in document ? formatDocumentJson(head) : '',
    paths: [...walker.paths].join('\n'),
    texts: walker.texts,
    numbers: walker.numbers,
    others: walker.others,
    dependencies: dependencies(document),
  };
}

class Walker {
  readonly paths = new Set<string>();
  readonly texts: (readonly [string, string])[] = [];
  readonly numbers: (readonly [string, number])[] = [];
  readonly others: OtherValue[] = [];
  /** Told when something cannot be kept faithfully. */
  overflows = false;

  visitGroups(document: NdiDocument): void {
    for (const [group, value] of Object.entries(document)) {
      if (group !== 'document_class') this.#visitNamed('', group, value);
    }
  }

  #visitNamed(above: string, key: string, value: JsonValue): void {
    // A dot in a name would look like a step down.
    if (!/^[^.[\]\n]+$/.test(key)) this.overflows = true;
    this.#visit(`${above}${key}`, value);
  }

  #visit(path: string, value: JsonValue): void {
    if (this.overflows || !isIndexedField(path)) return;
    this.paths.add(path);
    if (this.paths.size > MOST_PATHS) this.overflows = true;
    // Columns of the index itself.
    if (path === 'base.id' || path === 'base.datestamp' || path === 'base.session_id') return;
    if (typeof value === 'string') {
      this.#addText(path, value);
    } else if (typeof value === 'number' && !Number.isNaN(value)) this.numbers.push([path, value]);
    else if (Array.isArray(value)) this.#visitList(path, value);
    else if (value !== null && typeof value === 'object') this.#visitFields(path, value);
    else
      this.others.push({
        path,
        json: formatDocumentJson(value),
        range: typeof value === 'boolean' ? pair(value) : null,
      });
  }

  #visitFields(path: string, fields: Record<string, JsonValue>): void {
    for (const [key, item] of Object.entries(fields)) this.#visitNamed(`${path}.`, key, item);
  }

  /** SQLite ends texts at a zero and has no halves of characters. */
  #addText(path: string, text: string): void {
    if (text.length > LONGEST_TEXT || text.includes('\0') || !text.isWellFormed()) this.overflows = true;
    this.texts.push([path, text]);
  }

  #visitList(path: string, list: JsonValue[]): void {
    const fields = list.filter((item) => objectOf(item) !== null);
    for (const item of fields) this.#visitFields(path, item as Record<string, JsonValue>);
    // A list of objects alone is only asked for its fields and its form, which no value can answer.
    if (list.length > 0 && fields.length === list.length) return;
    if (list.length > 0 && list.every((item) => typeof item === 'string')) {
      this.#addText(path + joined, list.join(','));
    }
    const json = formatDocumentJson(list);
    this.others.push({ path, json: json.length > LONGEST_LIST ? null : json, range: rangeOf(list) });
  }
}

function pair(value: boolean): readonly [number, number] {
  return [Number(value), Number(value)];
}

function rangeOf(list: JsonValue[]): readonly [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const item of flatten(list)) {
    const number = typeof item === 'boolean' ? Number(item) : item;
    if (typeof number !== 'number' || Number.isNaN(number)) return null;
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return low <= high ? [low, high] : null;
}

/** The items of a list of any depth. */
export function flatten(value: JsonValue): JsonValue[] {
  return Array.isArray(value) ? value.flatMap(flatten) : [value];
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
