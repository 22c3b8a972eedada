import { describe, expect, it } from 'vitest';
import { fromText, toText } from './field-text.ts';

const field = (type: string, value: unknown = '') => ({ type, default: value });

describe('what a person writes into a field', () => {
  it.each([
    ['double', '30000', 30000],
    ['double', '0,5', 0.5],
    ['double', '1e-3', 0.001],
    ['double', 'NaN', NaN],
    ['double', '-Inf', -Infinity],
    ['integer', '-3', -3],
    ['matrix', '5', 5],
    ['matrix', '1 2 3', [1, 2, 3]],
    [
      'matrix',
      '[1, 2; 3, 4]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['matrix', '', []],
    ['structure', '{"a": 1}', { a: 1 }],
    ['string', ' kept as it is ', ' kept as it is '],
  ])('as %s: “%s”', (type, text, value) => {
    const read = fromText(text, field(type));
    expect(read).toEqual({ value });
    if (type !== 'string' && text !== '') expect(fromText(toText(value, field(type)), field(type))).toEqual({ value });
  });

  it.each([
    ['double', 'many', 'number'],
    ['double', '1,000,000', 'number'],
    ['integer', '1.5', 'whole'],
    ['matrix', '1 2; 3', 'matrix'],
    ['matrix', 'a b', 'matrix'],
    ['structure', '{a: 1}', 'json'],
  ])('refuses as %s: “%s”', (type, text, fault) => {
    expect(fromText(text, field(type))).toEqual({ fault });
  });

  it('leaves an empty value as its definition has it', () => {
    expect(fromText('', field('structure', {}))).toEqual({ value: {} });
    expect(fromText('', field('structure', { a: 1 }))).toEqual({ value: {} });
    expect(fromText('', field('cell', []))).toEqual({ value: [] });
    expect(toText([], field('matrix'))).toBe('');
  });
});
