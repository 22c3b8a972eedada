import { expect, it } from 'vitest';
import { nameFromFields, namingColumns } from './naming-fields.ts';

const named = (values: Readonly<Record<string, string | number>>) =>
  nameFromFields(namingColumns.map((field) => values[field] ?? null));

it('names a document by what tells it apart in its class', () => {
  expect(named({ 'element.name': 'cortex', 'element.reference': 1, 'epochid.epochid': 't1' })).toBe('cortex | 1');
  expect(named({ 'epochid.epochid': 't00001' })).toBe('t00001');
  expect(named({ 'subject.local_identifier': '' })).toBe('');
});
