import { expect, it } from 'vitest';
import { formatQuery } from '../../../../shared/model/query-format.ts';
import { parseQuery } from '../../../../shared/model/query-text.ts';
import { draftOf, emptyDraft, queryOfDraft, readQueryText } from './operations.ts';

it.each([
  'base.name contains trial',
  'base.name ~contains trial',
  'x.v = [1, 2.5]',
  'x.v >= 3',
  'not isa(probe)',
  'depends_on(element_id, "41_a")',
  'hasfield(x.v)',
  'x.v has red',
  String.raw`x.v matches "^a\\d"`,
])('%s goes through the form and back', (text) => {
  const draft = draftOf(parseQuery(text));
  const query = draft === null ? null : queryOfDraft(draft);
  expect(query === null ? null : formatQuery(query)).toBe(text);
});

it('is no query while something is missing or wrong', () => {
  expect(queryOfDraft(emptyDraft)).toBeNull();
  expect(queryOfDraft({ ...emptyDraft, operation: 'lessthan', value: 'many' })).toBeNull();
  expect(queryOfDraft({ ...emptyDraft, operation: 'regexp', value: '(' })).toBeNull();
  expect(queryOfDraft({ ...emptyDraft, operation: 'depends_on', value: '', second: '' })).toBeNull();
  expect(draftOf(parseQuery('isa(a) or isa(b)'))).toBeNull();
  expect(readQueryText('base.name frobs 3')).toHaveProperty('error');
});
