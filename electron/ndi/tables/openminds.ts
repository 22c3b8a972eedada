import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import {
  dependencies,
  dependencyValue,
  documentId,
  documentSessionId,
  listOf,
  type NdiDocument,
  objectOf,
  textOf,
  valueAt,
} from '../../../shared/model/documents.ts';
import { PivotRow } from './table.ts';

const LINK = /^ndi:\/\/(.+)$/;

export const openMindsColumns = ['SessionIdentifier', 'OpenmindsDocumentIdentifier', 'DependencyDocumentIdentifier'];
/** What openMINDS documents describe: their dependencies besides those on each other. */
const DESCRIBED = ['subject_id', 'element_id', 'stimulus_element_id'];

/** openMINDS documents by id, for what they link to. */
export class OpenMinds {
  readonly #byId: ReadonlyMap<string, NdiDocument>;

  constructor(documents: readonly NdiDocument[]) {
    this.#byId = new Map(documents.map((document) => [documentId(document), document]));
  }

  /**
   * Puts name and ontology of the document of a type among `documents` into a row, and those of what it links to. Of
   * several the one with the most dependencies counts.
   * @returns whether there was one
   */
  describe(row: PivotRow, type: string, documents: readonly NdiDocument[]): boolean {
    const ofType = documents.filter((document) => typeOf(document) === type);
    const [first] = ofType;
    if (first === undefined) return false;
    const fields = fieldsOf(mostLinked(first, ofType));
    addNamed(row, type, fields);
    for (const [field, value] of Object.entries(fields)) {
      for (const linked of this.#linked(value)) {
        addNamed(row, field.charAt(0).toUpperCase() + field.slice(1), fieldsOf(linked));
      }
    }
    return true;
  }

  #linked(value: JsonValue): NdiDocument[] {
    return listOf(value).flatMap((item) => {
      const document = this.#byId.get(LINK.exec(textOf(item))?.[1] ?? '');
      return document === undefined ? [] : [document];
    });
  }
}

/** Types of openMINDS documents with their numbers, in alphabetical order. */
export function openMindsTypes(documents: readonly NdiDocument[]): { type: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const document of documents) counts.set(typeOf(document), (counts.get(typeOf(document)) ?? 0) + 1);
  const types = [...counts].map(([type, count]) => ({ type, count }));
  return types.filter(({ type }) => type !== '').sort((a, b) => (a.type < b.type ? -1 : 1));
}

/**
 * A row for each thing that documents of a type describe, with name and ontology of the type and of what it links to
 * (NDI's docTable.openminds); documents that describe nothing stand for themselves.
 * @param all where linked documents are looked for
 */
export function openMindsRows(
  documents: readonly NdiDocument[],
  all: readonly NdiDocument[],
  type: string,
): PivotRow[] {
  const openMinds = new OpenMinds(all);
  const groups = new Map<string, NdiDocument[]>();
  for (const document of documents.filter((one) => typeOf(one) === type)) {
    const about = DESCRIBED.map((name) => dependencyValue(document, name)).find((id) => id !== '') ?? '';
    const key = about === '' ? documentId(document) : `of ${about}`;
    groups.set(key, [...(groups.get(key) ?? []), document]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const chosen = mostLinked(first, group);
    const row = new PivotRow(documentId(chosen), {
      SessionIdentifier: documentSessionId(chosen),
      OpenmindsDocumentIdentifier: documentId(chosen),
      DependencyDocumentIdentifier:
        DESCRIBED.map((name) => dependencyValue(chosen, name)).find((id) => id !== '') ?? '',
    });
    openMinds.describe(row, type, group);
    return [row];
  });
}

function mostLinked(first: NdiDocument, documents: readonly NdiDocument[]): NdiDocument {
  return documents.reduce((best, one) => (dependencies(one).length > dependencies(best).length ? one : best), first);
}

/** Last part of the type's address: older data name it under another host than newer ones. */
export function typeOf(document: NdiDocument): string {
  const address = textOf(valueAt(document, 'openminds.openminds_type'));
  return address.slice(address.lastIndexOf('/') + 1);
}

export function fieldsOf(document: NdiDocument): JsonObject {
  return objectOf(valueAt(document, 'openminds.fields')) ?? {};
}

/** The field of an openMINDS object that holds its term: its name differs from type to type. */
export function ontologyOf(fields: JsonObject): JsonValue {
  const preferred = fields['preferredOntologyIdentifier'];
  if (textOf(preferred) !== '') return preferred ?? null;
  const found = Object.entries(fields).find(([name, value]) => /ontology/i.test(name) && textOf(value) !== '');
  return found?.[1] ?? null;
}

function addNamed(row: PivotRow, type: string, fields: JsonObject): void {
  row.add(`${type}Name`, fields['name']);
  row.add(`${type}Ontology`, ontologyOf(fields));
}
