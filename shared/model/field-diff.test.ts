import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonValue } from './document-json.ts';
import { fieldDifferences, mergeFields } from './field-diff.ts';

const here = {
  base: { id: 'x', name: 'mine' },
  demo: { value: 1, list: [1, 2], parts: [{ a: 1 }, { a: 2 }] },
  old: {},
};
const there = {
  base: { id: 'x', name: 'theirs' },
  demo: { value: 1, list: [1], parts: [{ a: 1 }, { a: 3 }], more: Number.NaN },
};

it('differences of two versions are named by field; lists of values are one field', () => {
  expect(fieldDifferences(here, there).map(({ path }) => path.join('.'))).toEqual([
    'base.name',
    'demo.list',
    'demo.parts.1.a',
    'demo.more',
    'old',
  ]);
  expect(fieldDifferences(there, structuredClone(there))).toEqual([]);
});

it('a document is put together field by field', () => {
  const differences = fieldDifferences(here, there);
  const merged = mergeFields(here, differences, ({ path }) => path[1] === 'name' || path[2] === 1 || path[0] === 'old');
  expect(merged).toEqual({
    ...here,
    base: there.base,
    demo: { ...here.demo, parts: there.demo.parts },
    old: undefined,
  });
  expect('old' in merged).toBe(false);
  expect(here.base.name).toBe('mine');
});

it('taking every difference from one side gives that side', () => {
  const value: fc.Arbitrary<JsonValue> = fc.letrec<{ any: JsonValue }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<JsonValue>(1, 2, 'a', '', true, null, Number.NaN),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any'), { maxKeys: 3 }),
    ),
  })).any;
  const document = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { maxKeys: 3 });
  fc.assert(
    fc.property(document, document, (one, other) => {
      const differences = fieldDifferences(one, other);
      expect(
        fieldDifferences(
          mergeFields(one, differences, () => true),
          other,
        ),
      ).toEqual([]);
      expect(mergeFields(one, differences, () => false)).toBe(one);
    }),
  );
});
