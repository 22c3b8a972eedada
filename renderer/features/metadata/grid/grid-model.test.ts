import { describe, expect, it } from 'vitest';
import type { GridColumn, GridRow } from './grid-model.ts';
import { clearChanges, fillDownChanges, pasteChanges } from './grid-model.ts';

const columns = ['depends_on.subject_id', 'treatment.ontologyName', 'treatment.name'].map((key): GridColumn => ({
  kind: 'dependency',
  key,
  label: key.split('.')[1]?.replace('_id', '') ?? '',
  class: null,
}));
const at = (row: number, column: number, toRow = row, toColumn = column) => ({ row, column, toRow, toColumn });
const written = (changes: ReturnType<typeof pasteChanges>) =>
  changes.map(({ row, key, text }) => `${row} ${key.split('.')[1]} ${text}`);

describe('pasting a table', () => {
  it('writes to the right and down from the cell, and nothing beyond the last column', () => {
    const table = [
      ['NDIC:1', 'x', 'lost'],
      ['NDIC:2', 'y', 'lost'],
    ];
    expect(written(pasteChanges(table, columns, at(3, 1)))).toEqual([
      '3 ontologyName NDIC:1',
      '3 name x',
      '4 ontologyName NDIC:2',
      '4 name y',
    ]);
  });

  it('follows headings, in any order and writing', () => {
    const table = [
      ['Name', 'Subject', 'Remark'],
      ['x', 'a@lab', 'none'],
    ];
    expect(written(pasteChanges(table, columns, at(0, 2)))).toEqual(['0 name x', '0 subject_id a@lab']);
    expect(
      written(
        pasteChanges(
          [
            ['ontology_name', 'SUBJECT_ID'],
            ['t', 's'],
          ],
          columns,
          at(0, 0),
        ),
      ),
    ).toEqual(['0 ontologyName t', '0 subject_id s']);
  });

  it('fills a selection with one cell', () => {
    expect(written(pasteChanges([['z']], columns, at(2, 2, 1, 1)))).toEqual([
      '1 ontologyName z',
      '1 name z',
      '2 ontologyName z',
      '2 name z',
    ]);
  });
});

describe('filling down', () => {
  const rows: GridRow[] = ['a', 'b', 'c'].map((name) => ({ id: null, cells: { 'treatment.name': name } }));
  it('takes the first row of the selection, or the row above it', () => {
    expect(written(fillDownChanges(rows, columns, at(0, 2, 2, 2)))).toEqual(['1 name a', '2 name a']);
    expect(written(fillDownChanges(rows, columns, at(2, 2)))).toEqual(['2 name b']);
    expect(fillDownChanges(rows, columns, at(0, 2))).toEqual([]);
  });
  it('clears', () => {
    expect(written(clearChanges(columns, at(1, 2)))).toEqual(['1 name ']);
  });
});
