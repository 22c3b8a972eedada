import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NdiError } from './errors.ts';
import { all, condition, dependsOn, either, isa, not } from './query.ts';
import { parseQuery, parseQueryText } from './query-text.ts';

describe('parseQueryText', () => {
  it('reads the example of the manual', () => {
    expect(parseQueryText('base.name ~contains "x" and isa(probe)')).toEqual(
      all(condition('base.name', '~contains_string', 'x'), isa('probe')),
    );
  });

  it.each([
    ['a.b = 3', condition('a.b', 'exact_number', 3)],
    ['a.b="3"', condition('a.b', 'exact_string', '3')],
    ['a.b != word', condition('a.b', '~exact_string', 'word')],
    ['a.b <= -1.5e3', condition('a.b', 'lessthaneq', -1500)],
    ['a.b ~> 2', condition('a.b', '~greaterthan', 2)],
    ['a.b ~hasfield', condition('a.b', '~hasfield')],
    ['a.b hassize [1, 2]', condition('a.b', 'hassize', [1, 2])],
    ["a.b regexp 'it\\'s (a|b)'", condition('a.b', 'regexp', "it's (a|b)")],
    ['depends_on(element_id, 41_c0)', dependsOn('element_id', '41_c0')],
    ['~isa("probe")', not(isa('probe'))],
    ['a.b contains "and or ("', condition('a.b', 'contains_string', 'and or (')],
  ])('reads %s', (text, query) => {
    expect(parseQueryText(text)).toEqual(query);
  });

  it('lets and bind stronger than or, and parentheses strongest', () => {
    const [a, b, c] = [isa('a'), isa('b'), isa('c')];
    expect(parseQueryText('isa(a) or isa(b) and isa(c)')).toEqual(either(a, all(b, c)));
    expect(parseQueryText('(isa(a) or isa(b)) and not isa(c)')).toEqual(all(either(a, b), not(c)));
  });

  it.each([
    '',
    'base.name',
    'base.name contains',
    'a ! b',
    'isa(',
    'isa()',
    'isa(a) isa(b)',
    'a < "x"',
    '(isa(a)',
    'f(x)',
    'a regexp "("',
    'a hassize [1',
  ])('refuses %j with query.invalid', (text) => {
    expect(() => parseQueryText(text)).toThrow(expect.objectContaining({ code: 'query.invalid' }));
  });

  it('ends in a query or an error of ours, whatever the text', () => {
    const pieces = fc.array(fc.constantFrom('(', ')', 'and', 'or', 'not', 'isa(a)', 'a', '=', '"', '[', '1', '~', ','));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((words) => words.join(' ')),
        ),
        (text) => {
          try {
            parseQueryText(text);
          } catch (error) {
            expect(error).toBeInstanceOf(NdiError);
          }
        },
      ),
    );
    expect(() => parseQueryText('('.repeat(100_000))).toThrow(NdiError);
    expect(() => parseQueryText('not '.repeat(100_000))).toThrow(NdiError);
  });
});

describe('parseQuery', () => {
  it('reads NDI’s JSON, a single condition too', () => {
    const written = [{ field: 'base.name', operation: 'exact_string', param1: 'x', param2: '' }];
    expect(parseQuery(JSON.stringify(written))).toEqual(written);
    expect(parseQuery(JSON.stringify(written[0]))).toEqual(written);
    expect(parseQuery(' isa(probe)')).toEqual(isa('probe'));
  });

  it('refuses broken JSON', () => {
    expect(() => parseQuery('[{"field":')).toThrow(expect.objectContaining({ code: 'query.invalid' }));
  });
});
