import type { DocumentCell } from '../../shared/contract/documents.ts';
import { type JsonValue, toPlainJson } from '../../shared/model/document-json.ts';
import { documentName, type NdiDocument, objectOf } from '../../shared/model/documents.ts';
import { nameFromFields, namingColumns } from '../../shared/model/naming-fields.ts';

/** A table shows the beginning of more. */
const LONGEST_CELL = 300;

/** Values of fields of one document, for a table. Missing ones are null; lists of objects give the list of their values. */
export function cellsOf(document: NdiDocument, fields: readonly string[]): DocumentCell[] {
  return fields.map((field) => cellOf(fieldValue(document, field)));
}

/** The name of a document: its own, else what tells it apart in its class; empty where nothing does. */
export function nameOf(document: NdiDocument): string {
  return documentName(document) || nameFromFields(cellsOf(document, namingColumns));
}

/** The value of a field; where it lies in a list of objects, the list of the values. Undefined where there is none. */
export function fieldValue(document: NdiDocument, field: string): JsonValue | undefined {
  let values: JsonValue[] = [document];
  for (const part of field.split('.')) {
    values = values
      .flatMap((value) => (Array.isArray(value) ? value : [value]))
      .flatMap((value) => {
        const holder = objectOf(value);
        return holder !== null && Object.hasOwn(holder, part) ? [holder[part] ?? null] : [];
      });
  }
  return values.length > 1 ? values : values[0];
}

function cellOf(value: JsonValue | undefined): DocumentCell {
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return shortened(value);
  const texts = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return shortened(texts ? value.join(', ') : JSON.stringify(toPlainJson(value)));
}

function shortened(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
}
