import { describe, expect, it } from 'vitest';
import { fileEntries, withFile } from './document-files.ts';
import {
  dependencyValue,
  dependencyValues,
  normaliseDocument,
  storedSuperclasses,
  valueAt,
  withDependency,
  withNextDependency,
  withValues,
} from './documents.ts';

/** As MATLAB writes it: lists of one object bare, empty lists in any form. */
const matlab = {
  base: { id: 'x' },
  depends_on: { name: 'Element_id', value: 'e' },
  document_class: { class_name: 'c', superclasses: { definition: '$NDIDOCUMENTPATH/daq/base.json' } },
  files: {
    file_list: 'a_#',
    file_info: { name: 'a_1', locations: { uid: 'u', location: '/x', location_type: 'file', ingest: true } },
  },
};

describe('documents', () => {
  it('have real lists after reading, whoever wrote them', () => {
    const document = normaliseDocument(matlab);
    expect(storedSuperclasses(document)).toEqual(['base']);
    expect(dependencyValue(document, 'element_ID')).toBe('e');
    expect(fileEntries(document)[0]?.locations[0]).toMatchObject({ uid: 'u', ingest: 1, delete_original: 0 });
    for (const empty of ['', null, [], {}]) {
      expect(normaliseDocument({ ...matlab, depends_on: empty })['depends_on']).toEqual([]);
    }
    expect(matlab.depends_on).toEqual({ name: 'Element_id', value: 'e' });
  });

  it('give numbered dependencies up to the first gap', () => {
    const one = withNextDependency(withNextDependency({}, 'r_id', 'a'), 'r_id', 'b');
    expect(dependencyValues(one, 'r_id')).toEqual(['a', 'b']);
    expect(dependencyValues(withDependency(one, 'r_id_4', 'd'), 'r_id')).toEqual(['a', 'b']);
    expect(dependencyValues({ depends_on: [{ name: 'r_id', value: 'z' }] }, 'r_id')).toEqual(['z']);
    expect(dependencyValues({ depends_on: [{ name: 'r_id', value: '' }] }, 'r_id')).toEqual([]);
  });

  it('are changed by path into a copy; what cannot be set says so', () => {
    const document = { base: { name: 'a' }, list: [{ v: 1 }] };
    expect(withValues(document, { 'base.name': 'b', 'new.deep.field': 1, 'list.v': 2 })).toEqual({
      base: { name: 'b' },
      list: [{ v: 2 }],
      new: { deep: { field: 1 } },
    });
    expect(document.base.name).toBe('a');
    for (const path of ['', 'base.', 'base.1x', 'base.name.deeper', '__proto__.polluted']) {
      expect(() => withValues(document, { [path]: 1 })).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    }
    expect(valueAt(document, 'base.nothing.deeper')).toBeUndefined();
  });

  it('hold only the files that their type lists', () => {
    const document = { files: { file_list: ['a_#', 'B.bin'] } };
    const added = withFile(withFile(document, 'a_12', '/x'), 'b.bin', 'https://example.org/b');
    expect(fileEntries(added).map(({ name, locations }) => [name, locations[0]?.location_type])).toEqual([
      ['a_12', 'file'],
      ['b.bin', 'url'],
    ]);
    expect(fileEntries(withFile(added, 'a_12', 'ndic://d/u'))[0]?.locations).toHaveLength(2);
    expect(() => withFile(document, 'c.bin', '/x')).toThrow(expect.objectContaining({ code: 'document.invalid' }));
  });
});
