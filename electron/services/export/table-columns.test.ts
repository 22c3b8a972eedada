import { expect, it } from 'vitest';
import { newDocument } from '../../ndi/documents/build.ts';
import { tableValue } from './table-columns.ts';

it('a column of any name holds what the document says, or nothing', () => {
  const document = newDocument('element', { 'base.name': 'ctx' });
  expect(tableValue(document, 'name')).toBe('ctx');
  for (const column of ['constructor', '__proto__', 'toString', 'depends_on_constructor', '']) {
    expect(tableValue(document, column)).toBeNull();
  }
});
