import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import {
  dependencies,
  documentId,
  listOf,
  type NdiDocument,
  objectOf,
  textOf,
  valueAt,
} from '../../../shared/model/documents.ts';
import type { PivotRow } from './table.ts';

const LINK = /^ndi:\/\/(.+)$/;

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
    const [first, ...others] = ofType;
    if (first === undefined) return false;
    const chosen = others.reduce(
      (best, one) => (dependencies(one).length > dependencies(best).length ? one : best),
      first,
    );
    const fields = fieldsOf(chosen);
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
