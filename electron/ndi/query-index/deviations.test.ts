import { describe, expect, it } from 'vitest';
import { formatDocumentJson, type JsonObject, type JsonValue } from '../../../shared/model/document-json.ts';
import { checkQuery, condition, dependsOn, either, isa, not, type Query } from '../../../shared/model/query.ts';
import { expected, indexed } from './indexed.ts';

/** Where NDI's own evaluators disagree, or do what no one can want: see the table of docs/queries.md, row by row. */

interface Given {
  readonly class?: string;
  readonly superclasses?: readonly string[];
  readonly dependsOn?: Readonly<Record<string, string>>;
  readonly g?: JsonObject;
}

function json({ class: name = 'demoNDI', superclasses = [], dependsOn: depends = {}, g }: Given, at: number): string {
  return formatDocumentJson({
    base: { id: `id_${at}`, name: `n${at}`, session_id: 's', datestamp: '2025-01-01T00:00:00.000Z' },
    document_class: { class_name: name, superclasses: superclasses.map((one) => ({ definition: `$X/${one}.json` })) },
    depends_on: Object.entries(depends).map(([key, value]) => ({ name: key, value })),
    ...(g === undefined ? {} : { g }),
  });
}

/** Numbers (from 0) of the documents found, in the tables of the index as by the naive evaluator. */
function found(given: readonly Given[], query: Query): number[] {
  const jsons = given.map(json);
  const naive = expected(jsons, { query: checkQuery(query) });
  for (const few of [0, 700]) {
    expect(
      indexed(jsons, few)
        .search.entries({ query })
        .map(({ docIdx }) => docIdx),
    ).toEqual(naive);
  }
  return naive.map((docIdx) => docIdx - 1);
}

const withField = (...values: readonly JsonValue[]): Given[] => values.map((v) => ({ g: { v } }));
const on = (operation: Parameters<typeof condition>[1], param1: JsonValue, param2: JsonValue = '') =>
  condition('g.v', operation, param1, param2);

describe('where NDI’s evaluators disagree, this application holds that', () => {
  it('a missing field makes a condition false and its negation true', () => {
    const given = [{ g: { v: 'a' } }, { g: { w: 'a' } }, {}];
    expect(found(given, on('exact_string', 'a'))).toEqual([0]);
    expect(found(given, on('~exact_string', 'a'))).toEqual([1, 2]);
  });

  it('an empty text is a text, which can be looked for', () => {
    expect(found(withField('', 'a'), on('exact_string', ''))).toEqual([0]);
    expect(found(withField('', 'a'), on('~exact_string', 'a'))).toEqual([0]);
  });

  it('contains_string ignores case, also beyond ASCII, and takes * % _ and \\ for themselves', () => {
    expect(
      found(withField('Trial', 'ÄRA', 'x'), either(on('contains_string', 'RIA'), on('contains_string', 'är'))),
    ).toEqual([0, 1]);
    for (const sign of ['*', '%', '_', '\\']) {
      expect(found(withField(`ab${sign}cd`, 'abxcd', 'abcd'), on('contains_string', `b${sign}c`))).toEqual([0]);
    }
  });

  it('exact_string_anycase ignores case beyond ASCII, and can be negated under its own name', () => {
    expect(found(withField('ÄRA', 'ära', 'b'), on('exact_string_anycase', 'Ära'))).toEqual([0, 1]);
    expect(found(withField('ÄRA', 'ära', 'b'), on('~exact_string_anycase', 'Ära'))).toEqual([2]);
  });

  it('regexp is found anywhere, minds case, knows \\< and \\>, and sees numbers as they are written', () => {
    expect(found(withField('a trial', 'TRIAL', 'trials'), on('regexp', String.raw`\<trial\>`))).toEqual([0]);
    expect(found(withField(12, 3, '12'), on('regexp', '^1'))).toEqual([0, 2]);
  });

  it('exact_number compares every digit, and lists item by item', () => {
    expect(found(withField(0.123456789, 0.1235), on('exact_number', 0.123456789))).toEqual([0]);
    expect(found(withField([1, 2], [1, 3], 1), on('exact_number', [1, 2]))).toEqual([0]);
  });

  it('<, <=, > and >= hold for every number of a list, and never for a text', () => {
    const given = withField(1, [1, 9], [1, 2], '1', 'text', []);
    expect(found(given, on('lessthan', 5))).toEqual([0, 2]);
    expect(found(given, on('greaterthan', 1.5))).toEqual([]);
    expect(found(given, on('greaterthaneq', 1))).toEqual([0, 1, 2]);
    expect(found(given, on('lessthaneq', 2))).toEqual([0, 2]);
  });

  it('hasfield can be negated, and holds for a path above fields', () => {
    const given = [{ g: { v: { deep: 1 } } }, { g: { w: 1 } }];
    expect(found(given, condition('g.v', 'hasfield'))).toEqual([0]);
    expect(found(given, condition('g.v', '~hasfield'))).toEqual([1]);
  });

  it('isa compares whole names of classes, stored and known, and its negation is what is left', () => {
    const given = [
      { class: 'session' },
      { class: 'session_in_a_dataset' },
      { class: 'own', superclasses: ['element_epoch'] },
      { class: 'element_epoch' },
    ];
    expect(found(given, isa('session'))).toEqual([0]);
    expect(found(given, not(isa('session')))).toEqual([1, 2, 3]);
    // `element_epoch` descends from `epochid`, which a writer that stores the parents only does not say.
    expect(found(given, isa('epochid'))).toEqual([2, 3]);
  });

  it('depends_on compares whole names ignoring case, * for any text, and ids to the letter', () => {
    const given = [
      { dependsOn: { element_id: 'a_b' } },
      { dependsOn: { stimulus_element_id: 'a_b' } },
      { dependsOn: { element_id: 'axb' } },
      { dependsOn: { element_id_1: 'a_b' } },
    ];
    expect(found(given, dependsOn('Element_ID', 'a_b'))).toEqual([0]);
    expect(found(given, dependsOn('element_id*', 'a_b'))).toEqual([0, 3]);
    expect(found(given, dependsOn('*', 'a_b'))).toEqual([0, 1, 3]);
    expect(found(given, not(dependsOn('*', 'a_b')))).toEqual([2]);
  });

  it('hasmember finds an item of a list or of a comma-separated text, to the letter', () => {
    const given = withField(['a.c', 'd'], 'abc, d', 'abc,d', [1, 2], ['abcd']);
    expect(found(given, on('hasmember', 'a.c'))).toEqual([0]);
    expect(found(given, on('hasmember', 'd'))).toEqual([0, 1, 2]);
    expect(found(given, on('hasmember', 2))).toEqual([3]);
  });

  it('hassize, partial_struct and hasanysubfield_* answer, where NDI’s database gives an error', () => {
    const people = [
      { name: 'Ann', town: 'Ulm' },
      { name: 'Bob', town: 'Bonn' },
    ];
    const given = withField(
      [1, 2, 3],
      [
        [1, 2],
        [3, 4],
      ],
      { a: 1, b: 'x' },
      people,
    );
    expect(found(given, on('hassize', [1, 3]))).toEqual([0]);
    expect(found(given, on('hassize', [2, 2]))).toEqual([1]);
    expect(found(given, on('partial_struct', { a: 1 }))).toEqual([2]);
    expect(found(given, on('hasanysubfield_exact_string', ['name', 'town'], ['Ann', 'Ulm']))).toEqual([3]);
    expect(found(given, on('hasanysubfield_exact_string', ['name', 'town'], ['Ann', 'Bonn']))).toEqual([]);
    expect(found(given, on('hasanysubfield_contains_string', 'town', 'ON'))).toEqual([3]);
  });

  it('a path looks into every object of a list', () => {
    const given = withField([{ name: 'Ann' }, { name: 'Bob' }], { name: 'Bob' });
    expect(found(given, condition('g.v.name', 'exact_string', 'Bob'))).toEqual([0, 1]);
  });

  it('or cannot be negated as an operation, but not(...) means what it says', () => {
    const given = withField('a', 'b', 'c');
    const query = either(on('exact_string', 'a'), on('exact_string', 'b'));
    expect(found(given, query)).toEqual([0, 1]);
    expect(found(given, not(query))).toEqual([2]);
    expect(() => checkQuery([{ ...query[0], operation: '~or' }])).toThrow(
      expect.objectContaining({ code: 'query.invalid' }),
    );
  });

  it('documents come in the order of the database, whatever was asked', () => {
    const given = withField('a', 'b', 'a');
    expect(found(given, either(on('exact_string', 'b'), on('exact_string', 'a')))).toEqual([0, 1, 2]);
  });
});
