import { describe, expect, it } from 'vitest';
import { formatQuery } from './query-format.ts';
import { condition, dependsOn, either, isa, not } from './query.ts';
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
    [
      'x.v < Infinity and x.v > -Infinity',
      [...condition('x.v', 'lessthan', Infinity), ...condition('x.v', 'greaterthan', -Infinity)],
    ],
    ['base.name is "Infinity"', condition('base.name', 'exact_string', 'Infinity')],
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
    ['base.name constructor x', /"constructor" is no operation/],
    ['base.name or x', /"or" stands at position 11/],
    ['base.name ~or not "x"', /an operation such as/],
    [`x.v = ${'['.repeat(100_000)}`, /nested/],
    [`${'('.repeat(70)}isa(a)${')'.repeat(70)}`, /nested/],
  ])('refuses %s', (text, why) => {
    expect(() => parseQuery(text)).toThrow(why);
  });
});

it('queries may ask for a thousand documents at once, and hold megabytes of text', () => {
  const ids = Array.from({ length: 1000 }, (_, at) => `base.id = "id_${at}"`);
  expect(parseQuery(formatQuery(parseQuery(ids.join(' or '))))).toEqual(parseQuery(ids.join(' or ')));
  expect(parseQuery(ids.join(' and '))).toHaveLength(1000);
  expect(not(parseQuery(ids.join(' and ')))).toHaveLength(1);
  const long = `${'x'.repeat(8_000_000)}\\"`;
  expect(parseQuery(`base.name = "${long}"`)).toEqual(condition('base.name', 'exact_string', long.replace('\\', '')));
});

it('zeros of either sign are one, and long digits that are no number are a text', () => {
  expect(parseQuery('x.v = [1, -0]')).toEqual(parseQuery('x.v = [1, 0]'));
  const digits = `${'41'.repeat(500_000)}a`;
  expect(parseQuery(`depends_on(subject_id, ${digits})`)).toMatchObject([{ param1: 'subject_id', param2: digits }]);
});
