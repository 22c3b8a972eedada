import { describe, expect, it } from 'vitest';
import { condition, dependsOn, either, isa } from './query.ts';
import { parseQuery } from './query-text.ts';

describe('queries as text', () => {
  it.each([
    ['base.name ~contains "x" and isa(probe)', [...condition('base.name', '~contains_string', 'x'), ...isa('probe')]],
    ['element.reference >= 2', condition('element.reference', 'greaterthaneq', 2)],
    ['element.reference = 2', condition('element.reference', 'exact_number', 2)],
    ["base.name != 'a b'", condition('base.name', '~exact_string', 'a b')],
    ['base.name is doc_1', condition('base.name', 'exact_string', 'doc_1')],
    ['base.name matches "^a\\d+\\"$"', condition('base.name', 'regexp', '^a\\d+"$')],
    ['not isa(probe)', condition('', '~isa', 'probe')],
    ['~isa(probe)', condition('', '~isa', 'probe')],
    ['depends_on(subject_id, 41_a)', dependsOn('subject_id', '41_a')],
    ['hasfield(a.b) or a.b has x', either(condition('a.b', 'hasfield'), condition('a.b', 'hasmember', 'x'))],
    ['x.v = [1, 2.5 -3e2]', condition('x.v', 'exact_number', [1, 2.5, -300])],
    ['not (isa(a) or isa(b)) and isa(c)', [...condition('', '~isa', 'a'), ...condition('', '~isa', 'b'), ...isa('c')]],
    ['isa(a) or isa(b) and isa(c)', either(isa('a'), [...isa('b'), ...isa('c')])],
    ['not (isa(a) and isa(b))', either(condition('', '~isa', 'a'), condition('', '~isa', 'b'))],
    ['base.name exact_string_anycase ABC', condition('base.name', 'exact_string_anycase', 'ABC')],
  ])('reads %s', (text, query) => {
    expect(parseQuery(text)).toEqual(query);
  });

  it.each([
    ['', /text ends at position 1/],
    ['base.name', /operation/],
    ['base.name contains', /a value/],
    ['base.name frobs 3', /frobs/],
    ['base.name < "x"', /needs a number/],
    ['isa(a', /"\)"/],
    ['isa(a) isa(b)', /position 8/],
    ['base.name matches "("', /regular expression/],
    ['f(a)', /"f" is no condition/],
    ['base.name = "open', /not understood/],
    [`${'('.repeat(70)}isa(a)${')'.repeat(70)}`, /nested/],
  ])('refuses %s', (text, why) => {
    expect(() => parseQuery(text)).toThrow(why);
  });
});
