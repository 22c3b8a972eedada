import { describe, expect, it } from 'vitest';
import { applyEdits, type DocumentEdit } from '../../../shared/model/document-edits.ts';
import { formatDocumentJson, type JsonObject, parseDocumentJson } from '../../../shared/model/document-json.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import {
  dependencyValues,
  documentId,
  type NdiDocument,
  normaliseDocument,
  objectOf,
  withNextDependency,
  withoutNumberedDependency,
} from '../../../shared/model/documents.ts';
import { fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { fuzzTexts } from '../../signal/fuzz-texts.ts';
import { entryOfDocument } from '../database/document-index.ts';
import { flattenDocument } from '../database/flatten.ts';
import { mergeDocuments, newDocument } from './build.ts';
import { findBreaches } from './check.ts';

const ID = '412694f69ab19eb0_40dcc7544b5b9e1c';
const made: readonly NdiDocument[] = [
  withFile(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'filename1.ext', '/data/x', { deleteOriginal: false }),
  withNextDependency(newDocument('element', { 'element.reference': 1, 'base.name': 'a' }), 'subject_id', ID),
  newDocument('valid_interval'),
  newDocument('vmspikefit'),
  newDocument('ontologyTableRow', { 'ontologyTableRow.data': { a: NaN, b: [1, 2] } }),
];
const texts = made.map((document) => formatDocumentJson({ ...document }));
const known = { exists: (id: string) => id === ID };

/** Refused or another document; whatever the document was. */
function useDocument(document: NdiDocument): void {
  for (const { field, rule, value } of findBreaches(document, known)) {
    expect([typeof field, typeof rule, typeof value]).toEqual(['string', 'string', 'string']);
  }
  const entry = entryOfDocument(1, document);
  for (const name of [entry.id, entry.class, entry.name, entry.sessionId]) expect(typeof name).toBe('string');
  for (const { value } of flattenDocument(document)) {
    expect(value === null || ['string', 'number', 'bigint'].includes(typeof value)).toBe(true);
  }
  const next = withNextDependency(document, 'one_id', ID);
  const values = dependencyValues(next, 'one_id');
  expect(values.at(-1)).toBe(ID);
  expect(dependencyValues(withoutNumberedDependency(next, 'one_id', 1), 'one_id')).toHaveLength(values.length - 1);
}

describe(`damaged documents are read or refused (NDI_FUZZ_SEED=${fuzzSeed})`, () => {
  it(
    'when they are parsed, checked, flattened and written again',
    () =>
      fuzzTexts(texts, (text) => {
        const parsed = parseDocumentJson(text);
        expect(parseDocumentJson(formatDocumentJson(parsed))).toEqual(parsed);
        useDocument(normaliseDocument(parsed));
      }),
    fuzzMs,
  );

  it(
    'when they are joined',
    () =>
      fuzzTexts(texts, (text) => {
        const given = normaliseDocument(parseDocumentJson(text));
        for (const other of made) {
          const joined = mergeDocuments(other, given);
          if ('base' in given) expect(joined['base']).toEqual(given['base']);
          useDocument(joined);
        }
        useDocument(mergeDocuments(given, made[0] ?? {}));
      }),
    fuzzMs,
  );

  it(
    'when edits are',
    () => {
      const edits: DocumentEdit[] = [
        { kind: 'set', path: 'demoNDI.value', value: [1, null, { a: 'b' }] },
        { kind: 'set', path: 'base', value: { name: 'new' } },
        { kind: 'unset', path: 'demoNDI.value' },
        { kind: 'dependency', name: 'subject_id', value: ID },
        { kind: 'dependency', name: 'subject_id', value: null },
        { kind: 'removeFile', name: 'filename1.ext' },
      ];
      return fuzzTexts(
        edits.map((edit) => JSON.stringify(edit)),
        (text) => {
          let given: JsonObject;
          try {
            given = parseDocumentJson(text);
          } catch {
            return;
          }
          // What crosses the wall has these kinds, whatever it says.
          if (!edits.some(({ kind }) => kind === given['kind'])) return;
          const edit = { path: '', name: '', ...given } as unknown as DocumentEdit & { path: unknown; name: unknown };
          if (typeof edit.path !== 'string' || typeof edit.name !== 'string' || given['value'] === undefined) return;
          if (edit.kind === 'dependency' && typeof edit.value !== 'string') return;
          for (const document of made) {
            const edited = applyEdits(document, [edit]);
            expect(objectOf(edited['base'])?.['id']).toBe(documentId(document));
            useDocument(edited);
          }
        },
      );
    },
    fuzzMs,
  );
});
