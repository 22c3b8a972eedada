import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../shared/model/document-json.ts';
import { newDocument } from '../../documents/build.ts';
import { toWire } from '../api/document-wire.ts';
import { canonicalText, contentHash, fromService } from './canonical.ts';

const document = {
  base: { id: 'a', session_id: 's', name: 'n', datestamp: 'd' },
  document_class: { class_name: 'x', superclasses: [{ definition: '$NDIDOCUMENTPATH/base.json' }] },
  depends_on: [{ name: 'p', value: 'q' }],
  x: { list: [{ v: 1 }], number: [5], text: ['one'], nothing: null, gap: Number.NaN, far: -Infinity },
  files: { file_list: ['f'], file_info: [{ name: 'f', locations: [{ uid: 'u', location: '/here/f' }] }] },
};

describe('the hash of a document', () => {
  it('is the same for every spelling of the same content', () => {
    const matlab = {
      x: { far: '__NDI__-Infinity__', gap: '__NDI__NaN__', nothing: [], text: ['one'], number: 5, list: { v: 1 } },
      depends_on: { name: 'p', value: 'q' },
      files: { file_list: 'f', file_info: { name: 'f', locations: { uid: 'u', location: 'ndic://d/u' } } },
      document_class: { superclasses: { definition: '$NDIDOCUMENTPATH/base.json' }, class_name: 'x' },
      base: { datestamp: 'd', name: 'n', session_id: 's', id: 'a' },
      id: '64b7f0a1c2d3e4f5a6b7c8d9',
      ndiId: 'a',
      createdAt: '2026-01-01T00:00:00.000Z',
      filesTier: { counts: {} },
    };
    expect(contentHash(matlab)).toEqual(contentHash(document));
  });

  it('tells changed fields and changed files apart', () => {
    const original = contentHash(document);
    const renamed = contentHash({ ...document, base: { ...document.base, name: 'm' } });
    expect(renamed.document).not.toBe(original.document);
    expect(renamed.files).toBe(original.files);
    const moreFiles = contentHash({
      ...document,
      files: { file_info: [{ name: 'f', locations: [{ uid: 'v', location: '/here/f' }] }] },
    });
    expect(moreFiles.document).toBe(original.document);
    expect(moreFiles.files).not.toBe(original.files);
    expect(contentHash({ ...document, x: { ...document.x, text: 'one' } }).document).not.toBe(original.document);
    expect(contentHash({ base: { id: 'a' } }).files).toBe('');
  });

  it('survives the wire and its numbers', () => {
    const value: fc.Arbitrary<JsonValue> = fc.letrec<{ any: JsonValue }>((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[a-z]\w{0,4}$/), tie('any'), { maxKeys: 3 }),
      ),
    })).any;
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]\w{0,4}$/), value, { maxKeys: 4 }), (group) => {
        const made = { ...newDocument('base'), group: group as JsonObject };
        const back = fromService(JSON.parse(JSON.stringify(toWire(made))) as JsonObject);
        expect(canonicalText(back)).toBe(canonicalText(made));
        expect(contentHash(fromService({ ...back, id: 'x', ndiId: 'y' }))).toEqual(contentHash(made));
      }),
      { numRuns: 300 },
    );
  });
});
