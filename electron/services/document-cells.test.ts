import { expect, it } from 'vitest';
import { newDocument } from '../ndi/documents/build.ts';
import { nameOf } from './document-cells.ts';

it('names a document by its own name, else by what tells it apart in its class, else not at all', () => {
  const probe = { 'element.name': 'cortex', 'element.reference': 1 };
  expect(nameOf(newDocument('element', { 'base.name': 'my probe', ...probe }))).toBe('my probe');
  expect(nameOf(newDocument('element', probe))).toBe('cortex | 1');
  expect(nameOf(newDocument('subject', { 'subject.local_identifier': 'ferret1@sample.lab' }))).toBe(
    'ferret1@sample.lab',
  );
  expect(nameOf(newDocument('demoNDI', { 'demoNDI.value': 4 }))).toBe('');
});
