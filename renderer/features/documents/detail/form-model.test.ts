import { describe, expect, it } from 'vitest';
import { formGroups, humanise } from './form-model.ts';

const id = '412694f69ab1ee31_40dbbe31dde03ada';

const document = {
  base: { id, session_id: '412694f69aafaba3_40dbbdf6582271b2', name: '', datestamp: '2025-12-12T12:15:04.788Z' },
  document_class: { class_name: 'element' },
  depends_on: [{ name: 'subject_id', value: id }],
  files: { file_list: [] },
  extra: 3,
  element: {
    name: 'ctx',
    direct: true,
    subject_id: id,
    gain: null,
    positions: [
      [1, 2],
      [3, 4],
    ],
    tags: ['a', 'b'],
  },
  table: { entries: [{ a: 1 }, { b: 'x' }], nested: { deep: { value: 0 } }, nothing: {}, none: [] },
};

describe('formGroups', () => {
  const groups = formGroups(document, 'element');
  const field = (group: string, name: string) =>
    groups.find((entry) => entry.name === group)?.fields.find((entry) => entry.name === name)?.value;

  it('puts the own property list first, base last, and leaves out what other tabs show', () => {
    expect(groups.map(({ name }) => name)).toEqual(['element', 'extra', 'table', 'base']);
  });

  it('tells the kinds of values apart', () => {
    expect(field('base', 'name')).toEqual({ kind: 'empty' });
    expect(field('base', 'datestamp')).toEqual({ kind: 'date', value: '2025-12-12T12:15:04.788Z' });
    expect(field('element', 'name')).toEqual({ kind: 'text', value: 'ctx' });
    expect(field('element', 'direct')).toEqual({ kind: 'boolean', value: true });
    expect(field('element', 'gain')).toEqual({ kind: 'empty' });
    expect(field('extra', 'extra')).toEqual({ kind: 'number', value: 3 });
    expect(field('table', 'nothing')).toEqual({ kind: 'empty' });
    expect(field('table', 'none')).toEqual({ kind: 'empty' });
  });

  it('knows terms of ontologies, alone or with commas between them, and no other words', () => {
    const shown = (text: string) => formGroups({ x: { text } }, 'x')[0]?.fields[0]?.value;
    expect(shown('NCBITaxon:9669')).toEqual({ kind: 'terms', terms: ['NCBITaxon:9669'] });
    expect(shown('EMPTY:1, uberon:0002436')).toEqual({ kind: 'terms', terms: ['EMPTY:1', 'uberon:0002436'] });
    expect(shown('schema:Person')).toMatchObject({ kind: 'terms' });
    for (const text of ['CL:neuron', 'note: 3 cells', 'https://lab.org/1', 'NOPE:12', 'EMPTY:1, and more']) {
      expect(shown(text), text).toEqual({ kind: 'text', value: text });
    }
  });

  it('links ids of documents, but neither the own id nor that of the session', () => {
    expect(field('element', 'subject_id')).toEqual({ kind: 'id', value: id, document: true });
    expect(field('base', 'id')).toMatchObject({ kind: 'id', document: false });
    expect(field('base', 'session_id')).toMatchObject({ kind: 'id', document: false });
  });

  it('makes tables of matrices and of lists of records, also where records differ', () => {
    expect(field('element', 'positions')).toMatchObject({ kind: 'table', columns: null, total: 2 });
    expect(field('table', 'entries')).toEqual({
      kind: 'table',
      columns: ['a', 'b'],
      rows: [
        [{ kind: 'number', value: 1 }, { kind: 'empty' }],
        [{ kind: 'empty' }, { kind: 'text', value: 'x' }],
      ],
      ...{ total: 2, inJson: 2 },
    });
    expect(field('element', 'tags')).toMatchObject({ kind: 'list', total: 2 });
  });

  it('cuts long lists and says how long they are', () => {
    const [group] = formGroups({ x: { samples: Array.from({ length: 100_000 }, (_, index) => index) } }, 'x');
    const value = group?.fields[0]?.value;
    expect(value).toMatchObject({ kind: 'list', total: 100_000 });
    expect(value?.kind === 'list' && value.items.length).toBe(50);
  });

  it('tells how wide a matrix is of which the first columns show', () => {
    const wide = [new Array(60).fill(0), new Array(70).fill(1)];
    const [group] = formGroups({ x: { wide, narrow: [[1], [2]], huge: [[0], [1]] } }, 'x', [
      { path: 'x.huge.1', shown: 1, total: 4000 },
    ]);
    const [wideField, narrow, huge] = group?.fields.map(({ value }) => value) ?? [];
    expect(wideField).toMatchObject({ kind: 'table', allColumns: 70 });
    expect(narrow).not.toHaveProperty('allColumns');
    expect(huge).toMatchObject({ allColumns: 4000 });
  });

  it('tells the lengths of a huge document’s lists, of which only the beginnings are there', () => {
    const cut = [
      { path: 'x.samples', shown: 1000, total: 3_000_000 },
      { path: 'x.rows.1.late', shown: 0, total: 7 },
    ];
    const rows = [{ late: [1] }, { late: [] }];
    const [group] = formGroups({ x: { samples: new Array(1000).fill(1), rows } }, 'x', cut);
    const [samples, table] = group?.fields ?? [];
    expect(samples?.value).toMatchObject({ kind: 'list', total: 3_000_000, inJson: 1000 });
    expect(table?.value).toMatchObject({ rows: [[{ total: 1 }], [{ kind: 'list', items: [], total: 7, inJson: 0 }]] });
  });
});

it.each([
  ['session_reference', 'Session reference'],
  ['localIdentifier', 'Local identifier'],
  ['demoNDI', 'Demo NDI'],
  ['session_id', 'Session ID'],
  ['session_creator_input1', 'Session creator input1'],
  ['base', 'Base'],
  ['', ''],
])('humanise(%j) is %j', (name, words) => {
  expect(humanise(name)).toBe(words);
});
