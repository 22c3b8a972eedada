import { describe, expect, it } from 'vitest';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { condition, dependsOn, either, isa, not, type Query } from '../../../shared/model/query.ts';
import { parseQuery } from '../../../shared/model/query-text.ts';
import { compileQuery } from './evaluate.ts';

const document: NdiDocument = {
  base: { id: 'x', name: 'Trial_12', session_id: 's', datestamp: '' },
  document_class: {
    class_name: 'oneepoch',
    superclasses: [{ definition: '$NDIDOCUMENTPATH/element_epoch.json' }],
  },
  depends_on: [
    { name: 'element_id', value: 'e1' },
    { name: 'stimulus_1', value: 'e2' },
  ],
  g: {
    number: 3,
    list: [1, 2, 3],
    matrix: [
      [1, 2],
      [3, 4],
    ],
    words: ['red', 'green'],
    csv: 'red, green',
    empty: '',
    flag: true,
    nan: Number.NaN,
    nested: { deep: 'Value' },
    people: [
      { name: 'Ann', town: 'Ulm' },
      { name: 'Bob', town: 'Bonn' },
    ],
  },
};

const holds = (query: Query) => compileQuery(query)(document);

describe('queries on documents', () => {
  it.each<[Query, boolean]>([
    [condition('base.name', 'exact_string', 'Trial_12'), true],
    [condition('base.name', 'exact_string', 'trial_12'), false],
    [condition('base.name', 'exact_string_anycase', 'tRIAL_12'), true],
    [condition('base.name', 'contains_string', 'rial_'), true],
    [condition('base.name', 'contains_string', 'RIAL'), true],
    [condition('base.name', 'contains_string', 'r%l'), false],
    [condition('base.name', 'regexp', String.raw`_\d+$`), true],
    [condition('base.name', 'regexp', 'trial'), false],
    [condition('base.name', 'regexp', String.raw`\<Trial_12\>`), true],
    [condition('g.number', 'regexp', '^3$'), true],
    [condition('g.number', 'exact_number', 3), true],
    [condition('g.flag', 'exact_number', 1), true],
    [condition('g.list', 'exact_number', [1, 2, 3]), true],
    [condition('g.list', 'exact_number', [1, 2]), false],
    [condition('g.number', 'lessthan', 3), false],
    [condition('g.number', 'lessthaneq', 3), true],
    [condition('g.list', 'greaterthan', 0), true],
    [condition('g.list', 'greaterthan', 1), false],
    [condition('g.list', 'greaterthaneq', 1), true],
    [condition('g.csv', 'lessthan', 3), false],
    [condition('g.nan', 'lessthan', 3), false],
    [condition('g.nested', 'hasfield'), true],
    [condition('g.nested.deep', 'hasfield'), true],
    [condition('g.nested.none', 'hasfield'), false],
    [condition('g.words', 'hasmember', 'green'), true],
    [condition('g.csv', 'hasmember', 'green'), true],
    [condition('g.csv', 'hasmember', 'gree'), false],
    [condition('g.list', 'hasmember', 2), true],
    [condition('g.words', 'exact_string', 'red,green'), true],
    [condition('g.people', 'hasanysubfield_exact_string', ['name', 'town'], ['Ann', 'Ulm']), true],
    [condition('g.people', 'hasanysubfield_exact_string', ['name', 'town'], ['Ann', 'Bonn']), false],
    [condition('g.people', 'hasanysubfield_contains_string', 'town', 'ON'), true],
    [condition('g.people.name', 'exact_string', 'Bob'), true],
    [condition('g.matrix', 'hassize', [2, 2]), true],
    [condition('g.list', 'hassize', [3, 1]), true],
    [condition('g.number', 'hassize', [1, 1]), true],
    [condition('g', 'partial_struct', { number: 3, nested: { deep: 'Value' } }), true],
    [condition('g', 'partial_struct', { number: 4 }), false],
    [isa('oneepoch'), true],
    [isa('element_epoch'), true],
    [isa('epochid'), true],
    [isa('base'), true],
    [isa('element'), false],
    [dependsOn('element_id', 'e1'), true],
    [dependsOn('ELEMENT_id', 'e1'), true],
    [dependsOn('id', 'e1'), false],
    [dependsOn('*', 'e2'), true],
    [dependsOn('stimulus_*', 'e2'), true],
    [dependsOn('element_id', 'e2'), false],
    [either(isa('element'), condition('g.number', 'exact_number', 3)), true],
    [either(isa('element'), isa('probe')), false],
    [[], true],
  ])('%j', (query, answer) => {
    expect(holds(query)).toBe(answer);
    if (query.length > 0) expect(holds(not(query))).toBe(!answer);
  });

  it('on a field that is not there: false, negated true; NDI-matlab answers false to both', () => {
    for (const field of ['g.nothing', 'nothing.at.all', 'g.number.deeper']) {
      const plain = condition(field, 'contains_string', 'x');
      expect(holds(plain)).toBe(false);
      expect(holds(not(plain))).toBe(true);
      expect(compileQuery(plain, 'database')(document)).toBe(false);
      expect(compileQuery(not(plain), 'database')(document)).toBe(false);
    }
    const empty = condition('g.empty', 'exact_string', '');
    expect(holds(empty)).toBe(true);
    expect(compileQuery(empty, 'database')(document)).toBe(false);
    expect(compileQuery(not(empty), 'database')(document)).toBe(false);
  });

  it('are the same when they come as text', () => {
    expect(holds(parseQuery('base.name contains trial and not (g.number < 3 or isa(probe))'))).toBe(true);
    expect(holds(parseQuery('base.name contains trial and not (g.number <= 3 or isa(probe))'))).toBe(false);
    expect(holds(parseQuery('depends_on(*, e2) and g.words has red'))).toBe(true);
  });
});
