import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { guessMapping, tablePresentations } from './event-table.ts';
import { readTextTable } from '../text-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'ndi-event-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (content: string) => {
  const path = join(folder, 'table.csv');
  writeFileSync(path, content);
  return path;
};
const read = (content: string, mapping?: Parameters<typeof tablePresentations>[2]) => {
  const path = file(content);
  const table = readTextTable(path);
  return tablePresentations(path, table, mapping ?? guessMapping(table));
};

describe('tables of trials', () => {
  it('are split by what their header uses, with quotes', () => {
    expect(readTextTable(file('\uFEFFa\tb, c\r\n1\t2\r\n\r\n'))).toEqual({
      columns: ['a', 'b, c'],
      rows: [['1', '2']],
    });
    expect(readTextTable(file('a,b,c\n"x, ""y""",,\n'))).toEqual({
      columns: ['a', 'b', 'c'],
      rows: [['x, "y"', '', '']],
    });
    expect(readTextTable(file('a;b\n1,5;"two\nlines"'))).toEqual({
      columns: ['a', 'b'],
      rows: [['1,5', 'two\nlines']],
      decimalComma: true,
    });
    expect(() => readTextTable(file(''))).toThrow(/no header/);
    expect(() => readTextTable(file('a,a\n'))).toThrow(/two of its columns/);
    expect(() => readTextTable(file('a,b\n1,2,3\n'))).toThrow(/row 1/);
  });

  it('have times with a comma where semicolons part the cells; elsewhere such a number is refused', () => {
    const { presentations } = read('onset;duration\n0,25;0,05\n-1,5;,5\n');
    expect(presentations.map(({ onset, offset }) => [onset, offset])).toEqual([
      [-1.5, -1],
      [0.25, 0.3],
    ]);
    expect(() => read('onset,duration\n"1,234",1\n')).toThrow(/“1,234” .*is no time/);
  });

  it('give presentations in order of time, with the columns that belong to each stimulus', () => {
    const { presentations, parameters } = read(
      'trial\tstimid\tdirection\tonset\toffset\n2\t1\t45\t3\t3.5\n1\t3\tNaN\t1\t1.5\n3\t1\t45\t5\t\n',
    );
    expect(presentations.map(({ stimulusId, onset, offset }) => [stimulusId, onset, offset])).toEqual([
      [3, 1, 1.5],
      [1, 3, 3.5],
      [1, 5, NaN],
    ]);
    expect(parameters).toEqual([{ stimid: 1, direction: 45 }, { stimid: 2 }, { stimid: 3, direction: NaN }]);
  });

  it('put trials without an onset last, and keep the others in order of time', () => {
    const { presentations } = read('onset,stim\n5,1\n,2\n3,3\nNaN,4\n4,5\n');
    expect(presentations.map(({ onset }) => onset)).toEqual([3, 4, 5, NaN, NaN]);
  });

  it('number stimuli that have names, and take durations and other units', () => {
    const { presentations, parameters } = read(
      'onset_ms,duration,label,ml\n100,50,sugar,1\n300,60,salt,2\n500,50,sugar,1\n',
    );
    expect(presentations.map(({ stimulusId }) => stimulusId)).toEqual([1, 2, 1]);
    expect(presentations[1]?.onset).toBeCloseTo(0.3, 12);
    expect(presentations[1]?.offset).toBeCloseTo(0.36, 12);
    expect(parameters).toEqual([
      { stimid: 1, label: 'sugar', ml: 1 },
      { stimid: 2, label: 'salt', ml: 2 },
    ]);
  });

  it('say which column or cell is wrong', () => {
    expect(() => read('a,b\n1,2\n')).toThrow(/Which column/);
    expect(() => read('a,b\n1,2\n', { onset: 'c' })).toThrow(/no column “c”/);
    expect(() => read('onset\n1\nsoon\n')).toThrow(/“soon” in row 2/);
  });
});
