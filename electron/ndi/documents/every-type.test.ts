import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import { documentId, type NdiDocument, objectOf, withDependency } from '../../../shared/model/documents.ts';
import { newDocument } from './build.ts';
import { findBreaches } from './check.ts';
import { valueFor } from './testing/rule-values.ts';
import { ancestorsOf, documentType, documentTypeNames } from './types.ts';

const around = { exists: () => true };

/** NDI itself stores none of these: their schema and their definition disagree, or it cannot use the schema. */
const NEVER_STORED = ['image', 'daqreader_epochdata_ingested'];
const NOT_CHECKED = documentTypeNames.filter((name) => documentType(name).schema === null);

/** A document of a class with every field that its schemas demand, and nothing else. */
function fulfilled(name: string): NdiDocument {
  let document: NdiDocument = newDocument(name);
  for (const one of [name, ...ancestorsOf(name)]) {
    const { schema } = documentType(one);
    for (const [group, rules] of Object.entries(schema?.groups ?? {})) {
      if (group === 'base') continue;
      const fields = Object.fromEntries(Object.entries(rules).map(([field, rule]) => [field, valueFor(rule)]));
      document = { ...document, [group]: fields };
    }
    for (const dependency of Object.keys(schema?.dependsOn ?? {})) document = withDependency(document, dependency, 'x');
  }
  return document;
}

function without(holder: Readonly<JsonObject>, name: string): JsonObject {
  return Object.fromEntries(Object.entries(holder).filter(([key]) => key !== name));
}

describe('every document type', () => {
  it.each(documentTypeNames.filter((name) => !NEVER_STORED.includes(name) && !NOT_CHECKED.includes(name)))(
    '%s is stored once its fields are right, and refused for each field that is wrong',
    (name) => {
      const document = fulfilled(name);
      expect(findBreaches(document, around)).toEqual([]);
      for (const one of [name, ...ancestorsOf(name)]) {
        const schema = documentType(one).schema;
        for (const [group, rules] of Object.entries(schema?.groups ?? {})) {
          const fields = objectOf(document[group]) ?? {};
          const fieldsOf = (broken: JsonObject) =>
            findBreaches({ ...document, [group]: broken }, around).map((b) => b.field);
          if (Object.keys(rules).length === 0 || group === 'base') continue;
          expect(fieldsOf({ ...fields, surplus: 1 })).toContain(group);
          for (const field of Object.keys(rules)) {
            expect(fieldsOf(without(fields, field))).toContain(group);
            // No type takes a list that mixes objects with numbers, but a cell.
            const wrong = rules[field]?.[0] === 'cell' ? 7 : [{ a: 1 }, 2];
            expect(fieldsOf({ ...fields, [field]: wrong })).toContain(`${group}.${field}`);
          }
          expect(findBreaches(without(document, group), around).map((breach) => breach.field)).toContain(group);
        }
        for (const [dependency, required] of Object.entries(schema?.dependsOn ?? {})) {
          const emptied = findBreaches(withDependency(document, dependency, ''), around);
          expect(emptied.map((breach) => breach.field)).toEqual(
            required ? expect.arrayContaining([`depends_on.${dependency}`]) : [],
          );
        }
      }
    },
  );

  it.each(NEVER_STORED)('%s is refused as in NDI, whose schema and definition name other superclasses', (name) => {
    expect(findBreaches(fulfilled(name), around).map((breach) => breach.field)).toContain(
      'document_class.superclasses',
    );
    expect(documentType(name).issues).toEqual([expect.stringContaining('superclasses-differ')]);
  });

  it.each(NOT_CHECKED)('%s is marked as one that NDI cannot check, and its own JSON Schema is checked', (name) => {
    expect(documentType(name).issues).toEqual(['schema-is-json-schema-not-did']);
    const [first] = findBreaches(newDocument(name), around);
    expect(first).toMatchObject({ field: 'document_class.validation', value: name });
  });

  it('checks what JSON Schemas say of fields, lists and dependencies', () => {
    const fields = (document: NdiDocument) => findBreaches(document, around).map((breach) => breach.field);
    const summary = newDocument('vmspikesummary', { 'vmspikesummary.sample_times': ['a', 1] });
    expect(fields(summary)).toEqual(['document_class.validation', 'vmspikesummary.sample_times.1']);
    expect(fields(without(newDocument('vmspikesummary'), 'depends_on'))).toEqual([
      'document_class.validation',
      'depends_on.element_id',
      'depends_on.spike_extraction_id',
    ]);
    const residuals = newDocument('vmneuralresponseresiduals', {
      'vmneuralresponseresiduals.parameters.number_traces': 'many',
    });
    expect(fields(residuals)).toEqual([
      'document_class.validation',
      'vmneuralresponseresiduals.parameters.number_traces',
    ]);
  });

  it('names all problems of a document at once', () => {
    const document = newDocument('element', { 'element.reference': 'one', 'element.name': 5, 'base.datestamp': '' });
    expect(findBreaches(document, { exists: (id) => id === documentId(document) }).map((one) => one.field)).toEqual([
      'base.datestamp',
      'depends_on.subject_id',
      'element.name',
      'element.reference',
    ]);
  });
});
