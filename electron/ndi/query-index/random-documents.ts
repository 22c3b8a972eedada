import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { sampleIds, sampleWords } from '../../../shared/model/query-samples.ts';

const word = () => fc.constantFrom<JsonValue>(...sampleWords, ...sampleIds);
const number = () => fc.constantFrom<JsonValue>(-2, 0, 1, 2, 3, 0.5, 2.25, 1e21, Number.NaN, Infinity);
const scalar = () => fc.oneof(word(), number(), fc.constantFrom<JsonValue>(true, false, null, [], {}));
const list = () =>
  fc.oneof(
    fc.array(number(), { maxLength: 4 }),
    fc.array(word(), { maxLength: 3 }),
    fc.array(scalar(), { maxLength: 3 }),
    fc.constantFrom<JsonValue[]>(
      [
        [1, 2],
        [2, 3],
      ],
      [[{ name: 'red' }]],
      Array.from({ length: 900 }, (_, at) => at % 4),
    ),
  ) as fc.Arbitrary<JsonValue>;
const person = () => fc.record<JsonObject>({ name: fc.constantFrom('Ann', 'Anna', 'red', 'Bob'), town: word() });
const anything = () => fc.oneof(scalar(), list(), fc.record({ deep: scalar() }) as fc.Arbitrary<JsonValue>);

const group = (): fc.Arbitrary<JsonValue> =>
  fc.record(
    {
      text: fc.oneof({ weight: 4, arbitrary: word() }, { weight: 1, arbitrary: anything() }),
      number: fc.oneof({ weight: 4, arbitrary: number() }, { weight: 1, arbitrary: anything() }),
      list: list(),
      nested: fc.oneof(fc.record({ deep: anything() }), word()),
      people: fc.oneof(fc.array(person(), { maxLength: 3 }), person()),
    },
    { requiredKeys: [] },
  );

const classes = [
  { class_name: 'element', superclasses: [{ definition: '$NDIDOCUMENTPATH/base.json' }] },
  { class_name: 'probe', superclasses: { definition: '$NDIDOCUMENTPATH/element.json' } },
  { class_name: 'element_epoch', superclasses: [{ definition: 'x/epochid.json' }, { definition: 'base.json' }] },
  { class_name: 'lab_thing', superclasses: [{ definition: 'lab/subject.json' }] },
  { class_name: 'subject', superclasses: [] },
] as unknown as JsonObject[];

/** Documents as any writer may have left them, broken ones among them. */
export function randomDocument(index: number): fc.Arbitrary<JsonObject> {
  const base = fc.record({
    id: fc.constantFrom<JsonValue>(`id_${index}`, sampleIds[index % sampleIds.length] ?? ''),
    name: fc.oneof({ weight: 19, arbitrary: word() }, { weight: 1, arbitrary: fc.constantFrom<JsonValue>(3, null) }),
    session_id: fc.constantFrom<JsonValue>('session_1', 'session_2'),
    datestamp: fc.constantFrom<JsonValue>('2025-12-12T12:15:04.583Z', '2024-01-01T00:00:00Z', ''),
  });
  const dependency = fc.record({
    name: fc.constantFrom('element_id', 'stimulus_1', 'subject_id', 'Element_ID'),
    value: fc.constantFrom(...sampleIds, ''),
  });
  return fc
    .record(
      {
        base: fc.oneof(
          { weight: 19, arbitrary: base },
          { weight: 1, arbitrary: fc.constantFrom<JsonValue>('x', [], {}) },
        ),
        document_class: fc.constantFrom(...classes),
        depends_on: fc.oneof(fc.array(dependency, { maxLength: 3 }), dependency),
        g: fc.oneof({ weight: 9, arbitrary: group() }, { weight: 1, arbitrary: anything() }),
        h: fc.oneof({ weight: 9, arbitrary: group() }, { weight: 1, arbitrary: fc.record({ 'dotted.name': word() }) }),
        files: fc.constantFrom<JsonValue>(
          { file_list: ['red.ext'] },
          { file_list: 'a.ext', file_info: { name: 'a.ext' } },
        ),
      },
      { requiredKeys: ['base', 'document_class'] },
    )
    .map((document) => document as JsonObject);
}
