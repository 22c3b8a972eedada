import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { madeMat, row } from '../../formats/mat/made-mat.ts';
import { fuzzMs, fuzzReader, fuzzSeed } from '../../signal/fuzz-support.ts';
import { tablePresentations } from '../stimuli/event-table.ts';
import { madeArchive, madeWorkbook, workbookParts } from './made-workbook.ts';
import { chooseTable, readTableFile } from './read-table.ts';

const folder = temporaryFolder('ndi-table-fuzz');
const file = (name: string, bytes: Uint8Array | string) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** Reads the table and takes presentations from it, as an import does. */
async function use(path: string): Promise<void> {
  const tables = await readTableFile(path);
  for (const { columns, rows } of tables.tables) {
    for (const cells of rows) expect(cells.length).toBeLessThanOrEqual(columns.length);
  }
  const { presentations } = tablePresentations(path, chooseTable(path, tables, undefined), { onset: 'onset' });
  const onsets = presentations.map(({ onset }) => onset);
  const known = onsets.filter((onset) => Number.isFinite(onset));
  // What is not known comes last, what is known in order.
  expect(onsets).toEqual([...known.toSorted((a, b) => a - b), ...onsets.slice(known.length).map(() => NaN)]);
}

const sheets = (days1904: boolean) => ({
  Trials: [
    ['onset', 'when', 'label'],
    [0.1, { date: 45_413.5 - (days1904 ? 1462 : 0) }, 'left & “right”'],
    [2.25, { duration: 1.25 }, { formula: 'A2*2', value: 0.2 }],
    [12_345_678.123456, true, { error: '#DIV/0!' }],
  ],
  Notes: [['calm']],
});
const SHEET = 'xl/worksheets/sheet1.xml';
const parts = workbookParts(sheets(false));
/** Damage in the text of a sheet, which the archive's own checksum would hide. */
const inSheet = {
  unpack: () => Buffer.from(parts[SHEET] ?? ''),
  pack: (text: Buffer) => madeArchive({ ...parts, [SHEET]: text }),
};
const text = (separator: string) =>
  [
    ['onset', 'label', '"a ""b"""'],
    ['1.5', 'x', '"7'.concat(separator, '8"')],
    ['1:02:03.5', '', '9'],
  ]
    .map((cells) => cells.join(separator))
    .join('\r\n');

describe(`damaged tables of events are read or refused (NDI_FUZZ_SEED=${fuzzSeed})`, () => {
  it(
    'Excel workbooks',
    () => {
      const books = [madeWorkbook(sheets(false)), madeWorkbook(sheets(true), true)];
      return fuzzReader(
        books.map((book, at) => file(`${at}.xlsx`, book)),
        use,
        { packing: inSheet },
      );
    },
    fuzzMs,
  );

  it(
    'MAT files',
    () => {
      const variables = {
        trials: { onset: row(1, 2.5, 4), label: ['left', 'right', 'left'], rate: row(30_000) },
        pairs: { rows: 3, columns: 2, values: Float64Array.of(1, 2, 3, 10, 20, 30) },
        list: {
          records: [
            { onset: row(1), name: 'a' },
            { onset: row(), name: 'b' },
          ],
        },
      } as const;
      return fuzzReader([file('a.mat', madeMat(variables)), file('b.mat', madeMat(variables, true))], use);
    },
    fuzzMs,
  );

  it(
    'texts',
    () => {
      const texts = ['\t', ';', ','].map((separator, at) => file(`${at}.csv`, text(separator)));
      return fuzzReader(texts, use);
    },
    fuzzMs,
  );
});
