import type { DocumentBody, DocumentDetail } from '../../../../shared/contract/documents.ts';
import { isId } from '../../../../shared/model/ids.ts';
import { isTermId } from '../../../../shared/model/ontologies.ts';

/** A value of a document by what it is, so that each kind is shown in its own way. */
export type FormValue =
  | { readonly kind: 'empty' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'date'; readonly value: string }
  /** Ids of terms of ontologies. */
  | { readonly kind: 'terms'; readonly terms: readonly string[] }
  /** An identifier; `document` when it may name a document that can be opened. */
  | { readonly kind: 'id'; readonly value: string; readonly document: boolean }
  | ({ readonly kind: 'list'; readonly items: readonly FormValue[] } & Lengths)
  | ({
      readonly kind: 'table';
      /** Names of the fields; null for a matrix, whose columns have no names. */
      readonly columns: readonly string[] | null;
      readonly rows: readonly (readonly FormValue[])[];
      /** Columns of a matrix that has more than are shown, of its widest row. */
      readonly allColumns?: number;
    } & Lengths)
  | { readonly kind: 'group'; readonly fields: readonly FormField[] };

/** How long a list is in the document, and how much of it the JSON shows. */
interface Lengths {
  readonly total: number;
  readonly inJson: number;
}

export interface FormField {
  /** The exact name in the document. */
  readonly name: string;
  readonly value: FormValue;
}

/** One property list of a document. */
export interface FormGroup {
  readonly name: string;
  readonly fields: readonly FormField[];
}

/** Longer lists are cut in the form; the JSON shows all of them, or of a huge document more of them. */
const ITEMS_SHOWN = 50;
/** What other tabs show, or the head of the document. */
const SHOWN_ELSEWHERE = new Set(['document_class', 'depends_on', 'files']);
/** ISO 8601 with time, as NDI writes `base.datestamp`. */
const DATE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Where a value stands, in a document that may be there by its beginnings only. */
interface Place {
  readonly path: string;
  /** Lengths in the document of what is cut, by path. */
  readonly totals: ReadonlyMap<string, number>;
}

/** The property lists of a document: its own class's first, `base` last. */
export function formGroups(document: DocumentBody, className: string, cut: DocumentDetail['cut'] = []): FormGroup[] {
  const totals = new Map(cut.map(({ path, total }) => [path, total]));
  const names = Object.keys(document).filter((name) => !SHOWN_ELSEWHERE.has(name));
  const rank = (name: string) => (name === className ? 0 : name === 'base' ? 2 : 1);
  return names
    .sort((a, b) => rank(a) - rank(b))
    .map((name) => {
      const value = formValue(name, document[name], { path: name, totals });
      return { name, fields: value.kind === 'group' ? value.fields : [{ name, value }] };
    });
}

function formValue(name: string, value: unknown, place: Place): FormValue {
  if (value === null || value === undefined || value === '') return { kind: 'empty' };
  if (typeof value === 'number') return { kind: 'number', value };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'string') return textValue(name, value);
  if (Array.isArray(value)) return listValue(name, value, place);
  const fields = fieldsOf(value, place);
  return fields.length === 0 ? { kind: 'empty' } : { kind: 'group', fields };
}

function textValue(name: string, value: string): FormValue {
  // A session's id names no document, and a document's own id leads nowhere.
  if (isId(value)) return { kind: 'id', value, document: name !== 'id' && !name.includes('session_id') };
  if (DATE.test(value)) return { kind: 'date', value };
  // Lists of terms are one text in NDI, with commas between them.
  const parts = value.split(',').map((part) => part.trim());
  return parts.every(isTermId) ? { kind: 'terms', terms: parts } : { kind: 'text', value };
}

function listValue(name: string, list: readonly unknown[], place: Place): FormValue {
  const lengths = { total: place.totals.get(place.path) ?? list.length, inJson: list.length };
  if (lengths.total === 0) return { kind: 'empty' };
  if (list.length === 0) return { kind: 'list', items: [], ...lengths };
  const shown = list.slice(0, ITEMS_SHOWN);
  if (list.every(isRecord)) {
    const columns = [...new Set(shown.flatMap((entry) => Object.keys(entry as object)))];
    const rows = shown.map((entry, at) =>
      columns.map((column) => formValue(column, (entry as Record<string, unknown>)[column], below(place, at, column))),
    );
    return { kind: 'table', columns, rows, ...lengths };
  }
  if (list.every(Array.isArray)) {
    const rows = shown.map((row, at) =>
      (row as unknown[]).slice(0, ITEMS_SHOWN).map((cell, column) => formValue(name, cell, below(place, at, column))),
    );
    const widths = list.map((row, at) => place.totals.get(`${place.path}.${at}`) ?? (row as unknown[]).length);
    const allColumns = widths.reduce((widest, width) => Math.max(widest, width), 0);
    return {
      ...{ kind: 'table', columns: null, rows, ...lengths },
      ...(allColumns > ITEMS_SHOWN ? { allColumns } : {}),
    };
  }
  return { kind: 'list', items: shown.map((item, at) => formValue(name, item, below(place, at))), ...lengths };
}

function fieldsOf(value: object, place: Place): FormField[] {
  return Object.entries(value).map(([name, inner]) => ({ name, value: formValue(name, inner, below(place, name)) }));
}

function below(place: Place, ...steps: readonly (string | number)[]): Place {
  return { ...place, path: [place.path, ...steps].join('.') };
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field's name for people: `session_reference` and `localIdentifier` become `Session reference`, `Local identifier`. */
export function humanise(name: string): string {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_.-]+/)
    .filter((word) => word !== '')
    .map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()))
    .map((word) => (word === 'id' ? 'ID' : word === 'ids' ? 'IDs' : word));
  const sentence = words.join(' ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
