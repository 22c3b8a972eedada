import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDocumentJson, type JsonObject, type JsonValue } from '../../../shared/model/document-json.ts';
import { anyQuery, sampleClasses, sampleIds, sampleWords } from '../../../shared/model/query-samples.ts';
import { type Query, subQuery } from '../../../shared/model/query.ts';
import { where } from '../../../shared/model/query-builder.ts';
import { readDocument } from '../database/document-index.ts';
import { pageOf } from '../database/page.ts';
import { entryOfDocument } from '../database/document-index.ts';
import type { DocumentFilter } from '../database/select.ts';
import { extract } from './extract.ts';
import { expected, indexed } from './indexed.ts';
import { randomDocument } from './random-documents.ts';

/** JSON as NDI-matlab writes it, as NDI-python does, and as this application does. */
const writers: Record<string, (document: JsonObject) => string> = {
  matlab: (document) => formatDocumentJson(singleListsAsObjects(document)),
  python: (document) => JSON.stringify(document, (_key, value: unknown) => (Number.isNaN(value) ? null : value)),
  own: (document) => formatDocumentJson(document),
};

function singleListsAsObjects(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    const [first] = value;
    return value.length === 1 && first !== null && typeof first === 'object'
      ? singleListsAsObjects(first)
      : value.map(singleListsAsObjects);
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, singleListsAsObjects(item)]));
}

const documents: fc.Arbitrary<JsonObject[]> = fc
  .integer({ min: 1, max: 14 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => randomDocument(index))));

const freeText = fc
  .array(
    fc.constantFrom(
      'red',
      'RE',
      '3',
      'a,b',
      'straße',
      'οδος',
      '4126',
      '2025-12',
      'elem',
      '2',
      'session_1',
      '"it\'s',
      'ID_3',
      'b',
    ),
    {
      minLength: 1,
      maxLength: 2,
    },
  )
  .map((words) => words.join(' '));

const filters: fc.Arbitrary<DocumentFilter> = fc.record(
  {
    query: anyQuery(),
    text: freeText,
    isa: fc.constantFrom(...sampleClasses),
    class: fc.constantFrom(...sampleClasses),
    sessionId: fc.constantFrom('session_1', 'session_3'),
    id: fc.constantFrom(...sampleIds),
    dependsOn: fc.record({ name: fc.constantFrom('*', 'ELEMENT_id', 'stimulus_*'), id: fc.constantFrom(...sampleIds) }),
  },
  { requiredKeys: [] },
);

describe('the query index', () => {
  it('is asked every operation of NDI, plain and negated', () => {
    const asked = new Set(fc.sample(anyQuery(), 3000).flatMap(operationsIn));
    const negatable = [
      ...['regexp', 'exact_string', 'exact_string_anycase', 'contains_string', 'exact_number'],
      ...['lessthan', 'lessthaneq', 'greaterthan', 'greaterthaneq', 'hasfield', 'hasmember'],
      ...['hasanysubfield_contains_string', 'hasanysubfield_exact_string', 'hassize', 'partial_struct'],
      ...['isa', 'depends_on'],
    ];
    expect([...asked].sort()).toEqual(['or', ...negatable, ...negatable.map((name) => `~${name}`)].sort());
  });

  it.each(Object.keys(writers))('finds what the naive evaluator finds, in documents of %s', (name) => {
    const write = writers[name] ?? String;
    fc.assert(
      fc.property(
        documents,
        fc.array(
          fc.oneof(
            anyQuery().map((query) => ({ query })),
            filters,
          ),
          { minLength: 1, maxLength: 12 },
        ),
        fc.constantFrom(0, 3, 700),
        (given, asked, few) => {
          const jsons = given.map(write);
          const { search } = indexed(jsons, few);
          for (const filter of asked) {
            const found = search.entries(filter).map((entry) => entry.docIdx);
            expect({ filter, found }).toEqual({ filter, found: expected(jsons, filter) });
            expect(search.count(filter)).toBe(found.length);
            expect(search.classes(filter).reduce((sum, one) => sum + one.count, 0)).toBe(found.length);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('forgets what is removed', () => {
    fc.assert(
      fc.property(documents, anyQuery(), (given, query) => {
        const jsons = given.map((document) => formatDocumentJson(document));
        const { search, writer } = indexed(jsons);
        writer.remove(jsons.flatMap((_, at) => (at % 2 === 0 ? [at + 1] : [])));
        const left = expected(jsons, { query }).filter((docIdx) => docIdx % 2 === 0);
        expect(search.entries({ query }).map((entry) => entry.docIdx)).toEqual(left);
      }),
      { numRuns: 60 },
    );
  });

  it('sorts by any column, in pages, in both directions', () => {
    const jsons = Array.from({ length: 60 }, (_, at) =>
      JSON.stringify({
        base: {
          id: `id_${at}`,
          name: `n${(at * 7) % 10}`,
          session_id: 's',
          datestamp: `2025-01-${10 + ((at * 11) % 20)}`,
        },
        document_class: { class_name: at % 3 === 0 ? 'probe' : 'element', superclasses: [] },
        ...(at % 5 === 0 ? {} : { g: { size: (at * 13) % 17, label: sampleWords[at % sampleWords.length] } }),
      }),
    );
    const { search } = indexed(jsons);
    const filters: DocumentFilter[] = [{}, { isa: 'probe' }, { query: where('g.size').moreThan(3).query }];
    for (const filter of filters) {
      for (const [sort, key] of Object.entries(sortKeys)) {
        for (const descending of [false, true]) {
          const all = expected(jsons, filter).map((docIdx) => ({
            docIdx,
            key: key(JSON.parse(jsons[docIdx - 1] ?? '') as Sample),
          }));
          const direction = descending ? -1 : 1;
          const sorted = (some: typeof all) => some.sort((a, b) => compare(a, b) * direction);
          const inOrder = [
            ...sorted(all.filter((one) => one.key !== undefined)),
            ...sorted(all.filter((one) => one.key === undefined)),
          ];
          const pages = [0, 7, 14, 21, 28, 35, 42, 49, 56].flatMap(
            (offset) => search.page(filter, { sort, descending, offset, limit: 7 }).entries,
          );
          expect({ sort, found: pages.map((entry) => entry.docIdx) }).toEqual({
            sort,
            found: inOrder.map((one) => one.docIdx),
          });
        }
      }
    }
  });

  it('sorts by any field as the documents themselves do, whatever their fields hold', () => {
    const shown = documents.map((given) =>
      given.filter((one) => extract(readDocument(formatDocumentJson(one))) !== null),
    );
    const sort = fc.constantFrom('g.text', 'g.number', 'g.list', 'g.people.name', 'g.nested.deep', 'h.text', 'nothing');
    const request = fc.record({
      sort,
      descending: fc.boolean(),
      offset: fc.nat(8),
      limit: fc.constantFrom(-1, 0, 1, 3, 9),
    });
    // Several conditions at once seldom leave two documents to be put in order.
    const meant: fc.Arbitrary<DocumentFilter> = fc.oneof(
      fc.constant({}),
      anyQuery().map((query) => ({ query })),
      fc.record({ isa: fc.constantFrom(...sampleClasses) }),
      filters,
    );
    // Pages of one index: the first far down is cut out of an order that is worked out then, others out of the same.
    const requests = fc.array(request, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(shown, meant, requests, fc.constantFrom(0, 1000), (given, filter, pages, sorted) => {
        const jsons = given.map((document) => formatDocumentJson(document));
        const read = ({ docIdx }: { readonly docIdx: number }) => readDocument(jsons[docIdx - 1]);
        const entries = expected(jsons, filter).map((docIdx) => entryOfDocument(docIdx, read({ docIdx })));
        const { search } = indexed(jsons, 0, sorted);
        for (const asked of pages) {
          const wanted = pageOf(entries, asked, read).entries.map(({ docIdx }) => docIdx);
          const found = search.page(filter, asked).entries.map(({ docIdx }) => docIdx);
          expect({ asked, found }).toEqual({ asked, found: wanted });
        }
      }),
      { numRuns: 300 },
    );
  });
});

function operationsIn(query: Query): string[] {
  return query.flatMap(({ operation, param1, param2 }) =>
    operation === 'or' ? [operation, ...[param1, param2].flatMap((side) => operationsIn(subQuery(side)))] : [operation],
  );
}

type Sample = {
  base: Record<string, string>;
  document_class: { class_name: string };
  g?: { size: number; label: string };
};
const sortKeys: Record<string, (document: Sample) => string | number | undefined> = {
  name: ({ base }) => base['name'],
  datestamp: ({ base }) => base['datestamp'],
  id: ({ base }) => base['id'],
  class: ({ document_class: { class_name } }) => class_name,
  'g.size': ({ g }) => g?.size,
};

function compare(
  a: { docIdx: number; key?: string | number | undefined },
  b: { docIdx: number; key?: string | number | undefined },
) {
  if (a.key === b.key || a.key === undefined || b.key === undefined) return a.docIdx - b.docIdx;
  return a.key < b.key ? -1 : 1;
}

it('reads few documents whole', () => {
  const jsons = fc
    .sample(documents, 40)
    .flat()
    .map((document) => formatDocumentJson(document));
  const { search } = indexed(jsons);
  expect(search.catalogue().oddDocuments).toBeLessThan(jsons.length / 3);
});
