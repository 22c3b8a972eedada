import type { JsonObject } from '../../../shared/model/document-json.ts';
import { documentClass, type NdiDocument, objectOf } from '../../../shared/model/documents.ts';
import { ancestorsOf, findDocumentType } from './types.ts';

/**
 * A new document with the fields that can be stored. Some definitions of NDI name other fields than their schemas
 * (`treatment_drug`, `projectvar`, `ontologyImage`, `stimulus_presentation`, `tuningcurve_calc`), and what is stored has
 * exactly the schema's (ndi-core reference, section 3.4): a field that it lacks goes, one that is lacking comes, empty.
 */
export function withStorableFields(document: NdiDocument): NdiDocument {
  const name = documentClass(document);
  const storable: JsonObject = { ...document };
  for (const one of [name, ...ancestorsOf(name)]) {
    for (const [group, rules] of Object.entries(findDocumentType(one)?.schema?.groups ?? {})) {
      const fields = objectOf(document[group]);
      const wanted = Object.keys(rules);
      if (Array.isArray(document[group]) || fields === null || wanted.length === 0) continue;
      const known = Object.keys(fields).filter((field) => wanted.some((other) => isSame(other, field)));
      const lacking = wanted.filter((field) => !known.some((other) => isSame(other, field)));
      storable[group] = Object.fromEntries([
        ...known.map((field) => [field, fields[field] ?? '']),
        ...lacking.map((field) => [field, '']),
      ]) as JsonObject;
    }
  }
  return storable;
}

/** NDI compares names of fields whatever their case. */
const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
