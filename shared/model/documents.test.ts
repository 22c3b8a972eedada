import { describe, expect, it } from 'vitest';
import { fileEntries, fileUid, withFile, withoutFile, withoutFiles } from './document-files.ts';
import { findDocument, isSameDocument, newestDocument } from './document-lists.ts';
import { tableRow } from './document-table.ts';
import {
  dependencyValue,
  dependencyValues,
  normaliseDocument,
  storedSuperclasses,
  valueAt,
  withDependency,
  withNextDependency,
  withoutDependency,
  withoutNumberedDependency,
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

  it('take numbered dependencies away and close the gap', () => {
    const three = ['a', 'b', 'c'].reduce((document, id) => withNextDependency(document, 'r_id', id), {});
    expect(withoutNumberedDependency(three, 'R_ID', 1)['depends_on']).toEqual([
      { name: 'r_id_1', value: 'b' },
      { name: 'r_id_2', value: 'c' },
    ]);
    expect(dependencyValues(withoutNumberedDependency(three, 'r_id', 3), 'r_id')).toEqual(['a', 'b']);
    expect(withoutNumberedDependency(three, 'r_id', 4)).toEqual(three);
    expect(dependencyValues(withoutDependency(three, 'r_id_1'), 'r_id')).toEqual([]);
  });

  it('let go of files, of one location or of all', () => {
    const document = { files: { file_list: ['a_#'] } };
    const two = withFile(withFile(document, 'a_1', '/x'), 'a_1', 'https://example.org/a');
    expect(fileUid(two, 'A_1')).toBe(fileEntries(two)[0]?.locations[0]?.uid);
    expect(fileEntries(withoutFile(two, 'a_1', '/x'))[0]?.locations).toHaveLength(1);
    expect(fileEntries(withoutFile(two, 'a_1'))).toEqual([]);
    expect(withoutFiles(two)).toEqual(document);
    expect(fileUid(document, 'a_1')).toBe('');
    expect(() => withoutFile(two, 'a_2')).toThrow(expect.objectContaining({ code: 'document.invalid' }));
  });

  it('are the same by id, and the newest by datestamp, whoever wrote it', () => {
    const at = (id: string, datestamp: string) => ({ base: { id, datestamp } });
    const list = [at('a', '1969-07-20T20:17:40.000Z'), at('b', '2025-01-02 03:04:05.000001'), at('c', 'yesterday')];
    expect(newestDocument(list)).toBe(list[1]);
    expect(newestDocument([])).toBeUndefined();
    expect(findDocument(list, 'c')).toBe(list[2]);
    expect(isSameDocument(at('a', 'x'), at('a', 'y'))).toBe(true);
    expect(isSameDocument({}, {})).toBe(false);
  });

  it('become a row of a table with the names that NDI gives its columns', () => {
    const row = tableRow({
      base: { id: 'x' },
      depends_on: [{ name: 'element_id', value: 'e' }],
      files: { file_list: ['a'] },
      orientation_direction_tuning: { significance: { p: 0.5 }, tuning_curve: { mean: [1, 2] } },
      stimulus: { list: [{ n: 1 }, { n: 2, m: 'x' }], one: [{ k: 3 }] },
    });
    expect(row).toEqual({
      depends_on_element_id: 'e',
      'base.id': 'x',
      'oridir.sig.p': 0.5,
      'oridir.TC.mean': [1, 2],
      'stimulus.list.n': [1, 2],
      'stimulus.list.m': [null, 'x'],
      'stimulus.one.k': 3,
    });
  });
});
