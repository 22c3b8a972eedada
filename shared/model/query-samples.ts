import * as fc from 'fast-check';
import { all, condition, dependsOn, either, isa, not, type Query } from './query.ts';

/** Words in which the tests' documents and queries meet, so that queries find some and not all. */
export const sampleWords = [
  'red',
  'Green',
  'blue_1',
  'a,b',
  'ÄÖ straße',
  'ΟΔΟΣ',
  'it\'s "x"',
  'n-trode',
  '3',
  '',
] as const;
export const sampleFields = [
  'base.name',
  'base.id',
  'base.datestamp',
  'base.session_id',
  'document_class.class_name',
  'g.text',
  'g.number',
  'g.list',
  'g.nested.deep',
  'g.people.name',
  'g.people',
  'g.nested',
  'g',
  'h.text',
  'nothing.here',
  'depends_on.value',
] as const;
export const sampleClasses = ['element', 'probe', 'subject', 'base', 'element_epoch', 'lab_thing'] as const;
export const sampleIds = ['4126_1', '4126_2', '41269a00aaaaaaaa_40dbbdf6582271b2', 'ID_3'] as const;

const word = () =>
  fc.oneof(fc.constantFrom(...sampleWords), fc.constantFrom(...sampleIds), fc.string({ maxLength: 6 }));
const number = () => fc.oneof(fc.integer({ min: -3, max: 5 }), fc.constantFrom(0.5, 2.25, 1e21));
const pattern = () =>
  fc.constantFrom('re', '^r', String.raw`_\d$`, 'Gre|blue', String.raw`\<red\>`, '^$', 'a.b', '[a-c]{2}', '3');
const negatable = fc.constantFrom('', '~') as fc.Arbitrary<''>;

/** Conditions of every operation. */
function anyCondition(): fc.Arbitrary<Query> {
  const field = fc.constantFrom(...sampleFields);
  const on = <T>(operations: readonly string[], values: fc.Arbitrary<T>) =>
    fc
      .tuple(field, negatable, fc.constantFrom(...operations), values)
      .map(([path, tilde, operation, value]) => condition(path, `${tilde}${operation}` as 'regexp', value as string));
  return fc.oneof(
    on(['exact_string', 'exact_string_anycase', 'contains_string'], word()),
    on(['regexp'], pattern()),
    on(['exact_number'], fc.oneof(number(), fc.array(number(), { minLength: 1, maxLength: 3 }))),
    on(['lessthan', 'lessthaneq', 'greaterthan', 'greaterthaneq'], number()),
    on(['hasfield'], fc.constant('')),
    on(['hasmember'], fc.oneof(word(), number())),
    on(['hassize'], fc.constantFrom([1, 1], [1, 3], [2, 1], [0, 0], [2, 2])),
    on(['partial_struct'], fc.constantFrom({ deep: 'red' }, { number: 2 }, { text: 'red', number: 1 })),
    fc
      .tuple(field, negatable, fc.constantFrom('contains', 'exact'), fc.constantFrom('red', 'Ann', 'nn'))
      .map(([path, tilde, kind, text]) =>
        condition(path, `${tilde}hasanysubfield_${kind}_string` as 'hasfield', ['name'], [text]),
      ),
    fc.constantFrom(...sampleClasses).chain((name) => fc.constantFrom(isa(name), not(isa(name)))),
    fc
      .tuple(fc.constantFrom('element_id', 'ELEMENT_ID', '*', 'stimulus_*', 'id'), fc.constantFrom(...sampleIds))
      .chain(([name, id]) => fc.constantFrom(dependsOn(name, id), not(dependsOn(name, id)))),
  );
}

/** Queries of every operation, joined by and, or and not. Never empty. */
export function anyQuery(): fc.Arbitrary<Query> {
  return fc.letrec<{ query: Query }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      anyCondition(),
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => all(a, b)),
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => either(a, b)),
      tie('query').map(not),
    ),
  })).query;
}
