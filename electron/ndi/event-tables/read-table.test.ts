import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { madeMat, row } from '../../formats/mat/made-mat.ts';
import { tablePresentations } from '../stimuli/event-table.ts';
import { madeArchive, madeWorkbook, workbookParts } from './made-workbook.ts';
import { chooseTable, readTableFile } from './read-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'ndi-event-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, bytes: Uint8Array | string) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const tables = async (name: string, bytes: Uint8Array | string) => (await readTableFile(file(name, bytes))).tables;

/** 2024-05-01 12:00:01 as a serial number of Excel, whose days count from 1899-12-30 or 1904-01-01. */
const moment = (days1904: boolean) => 45_413 + 0.5 + 1 / 86_400 - (days1904 ? 1462 : 0);
const sheet = (days1904: boolean) => ({
  Notes: [['calm']],
  Trials: [
    ['onset', 'when', 'lap', 'label', '', 'onset'],
    [0.1, { date: moment(days1904) }, { duration: 1.25 }, 'left & “right”', { formula: 'A2*2', value: 0.2 }, true],
    [],
    [12_345_678.123456, { date: moment(days1904) + 1 }, { duration: 0.25 }, '', { error: '#DIV/0!' }, false],
  ],
});

describe('workbooks of Excel', () => {
  it.each([false, true])('give values of all kinds; dates alike in both systems (1904: %s)', async (days1904) => {
    const [notes, trials] = await tables('a.xlsx', madeWorkbook(sheet(days1904), days1904));
    expect(notes).toMatchObject({ name: 'Notes', columns: ['calm'], rows: [] });
    expect(trials).toEqual({
      name: 'Trials',
      columns: ['onset', 'when', 'lap', 'label', 'column 5', 'onset (2)'],
      rows: [
        ['0.1', '2024-05-01T12:00:01.000', '30:00:00.000', 'left & “right”', '0.2', 'true'],
        ['12345678.123456', '2024-05-02T12:00:01.000', '06:00:00.000', '', '', 'false'],
      ],
    });
  });

  it('are read by the sheet that is named, else by the first with rows', async () => {
    const path = file('b.xlsx', madeWorkbook(sheet(false)));
    const read = await readTableFile(path);
    expect(chooseTable(path, read, undefined).name).toBe('Trials');
    expect(chooseTable(path, read, 'Notes').name).toBe('Notes');
    expect(() => chooseTable(path, read, 'Other')).toThrow(/there are Notes, Trials/);
  });

  it('give times by the moment at which the clock is 0', async () => {
    const path = file('c.xlsx', madeWorkbook(sheet(false)));
    const table = chooseTable(path, await readTableFile(path), 'Trials');
    const onsets = (mapping: Parameters<typeof tablePresentations>[2]) =>
      tablePresentations(path, table, mapping).presentations.map(({ onset, offset }) => [onset, offset]);
    expect(onsets({ onset: 'when', duration: 'lap', origin: '2024-05-01 12:00' })).toEqual([
      [1, 1 + 30 * 3600],
      [86_401, 86_401 + 6 * 3600],
    ]);
    expect(() => onsets({ onset: 'when' })).toThrow(/is a date: say at which moment/);
    expect(() => onsets({ onset: 'when', origin: 'noon' })).toThrow(/no moment/);
    expect(onsets({ onset: 'onset', unit: 'min' })[0]?.[0]).toBeCloseTo(6, 12);
  });
});

describe('MAT files', () => {
  it('give structs of vectors and cells, struct arrays, matrices, and vectors that lie side by side', async () => {
    const found = await tables(
      'a.mat',
      madeMat({
        trials: { onset: row(1, 2.5), label: ['left', 'right'], rate: row(30_000) },
        list: {
          records: [
            { onset: row(1), name: 'a' },
            { onset: row(), name: 'b' },
          ],
        },
        pairs: { rows: 3, columns: 2, values: Float64Array.of(1, 2, 3, 10, 20, 30) },
        on: row(5, 6, 7),
        off: row(8, 9, 10),
        title: 'notes',
      }),
    );
    expect(found).toEqual([
      {
        name: 'trials',
        columns: ['onset', 'label'],
        rows: [
          ['1', 'left'],
          ['2.5', 'right'],
        ],
      },
      {
        name: 'list',
        columns: ['onset', 'name'],
        rows: [
          ['1', 'a'],
          ['', 'b'],
        ],
      },
      {
        name: 'pairs',
        columns: ['column 1', 'column 2'],
        rows: [
          ['1', '10'],
          ['2', '20'],
          ['3', '30'],
        ],
      },
      {
        name: 'variables',
        columns: ['on', 'off'],
        rows: [
          ['5', '8'],
          ['6', '9'],
          ['7', '10'],
        ],
      },
    ]);
  });
});

describe('what is no table', () => {
  it('is named as such, and never more than an error', async () => {
    const workbook = madeWorkbook(sheet(false));
    const mat = madeMat({ trials: { onset: row(1, 2), label: ['a', 'b'] } }, true);
    for (const [name, bytes, code] of [
      ['x.xlsx', workbook.subarray(0, workbook.length / 2), 'format.invalid'],
      ['x.xlsx', Buffer.from('PK\u0003\u0004 no archive at all'), 'format.invalid'],
      ['x.mat', madeMat({ title: 'notes' }), 'format.empty'],
      ['x.mat', mat.subarray(0, mat.length - 20), 'format.truncated'],
      ['x.mat', Buffer.from('\u0089HDF\r\n\u001a\n and so on', 'latin1'), 'format.unsupported'],
      ['x.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]), 'format.unsupported'],
      ['x.csv', Buffer.from([65, 0, 66, 0]), 'format.invalid'],
      ['x.csv', '', 'format.empty'],
    ] as const) {
      await expect(tables(name, bytes), name).rejects.toMatchObject({ code });
    }
    await expect(readTableFile(join(folder, 'gone.xlsx'))).rejects.toMatchObject({ code: 'path.missing' });
  });

  it('is refused before it is unpacked where it would fill the memory', async () => {
    const bomb = madeWorkbook(sheet(false));
    for (let at = bomb.indexOf('PK\u0001\u0002'); at >= 0; at = bomb.indexOf('PK\u0001\u0002', at + 4)) {
      bomb.writeUInt32LE(0x4000_0000, at + 24);
    }
    await expect(tables('bomb.xlsx', bomb)).rejects.toMatchObject({ code: 'format.unsupported' });
  });

  it('is refused where a wrong number of a row or a column would fill the memory with empty cells', async () => {
    const parts = workbookParts(sheet(false));
    const name = 'xl/worksheets/sheet2.xml';
    const withPlaces = (from: string, to: string) =>
      tables('grid.xlsx', madeArchive({ ...parts, [name]: (parts[name] ?? '').replace(from, to) }));
    await expect(withPlaces('<row r="2"', '<row r="4294967295"')).rejects.toMatchObject({ code: 'format.invalid' });
    await expect(withPlaces('<row r="4"', '<row r="1048576"')).rejects.toMatchObject({ code: 'format.unsupported' });
    await expect(withPlaces('r="F2"', 'r="XFE2"')).rejects.toMatchObject({ code: 'format.invalid' });
    expect(await withPlaces('r="F2"', 'r="G2"')).toHaveLength(2);
  });
});
