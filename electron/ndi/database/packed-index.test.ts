import { expect, it } from 'vitest';
import type { DocumentEntry } from './document-index.ts';
import { packIndex, unpackIndex } from './packed-index.ts';

it('brings the summaries of documents to another thread whole', () => {
  const entry = (at: number, more: Partial<DocumentEntry> = {}): DocumentEntry => ({
    docIdx: at,
    id: `id ${at}`,
    class: 'demoNDI',
    name: '',
    sessionId: 's',
    datestamp: '1969-07-20T20:17:40.000Z',
    superclasses: ['base'],
    dependencies: [],
    ...more,
  });
  const entries = [
    entry(1),
    entry(7, { name: 'quote " zero \0 line \n ж日本', dependencies: [{ name: 'subject_id', value: 'id 1' }] }),
    entry(2 ** 40, { class: '__proto__', superclasses: [] }),
  ];
  const unreadable = [{ id: 'x', why: 'torn' }];
  const whole = { entries, unreadable, byId: new Map(entries.map((one) => [one.id, one])) };
  expect(unpackIndex(structuredClone(packIndex(whole)))).toEqual(whole);
});
