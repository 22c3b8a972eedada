import { describe, expect, it } from 'vitest';
import { parseTable, writeTable } from './clipboard-table.ts';

describe('tables of the clipboard', () => {
  it.each([
    [
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['one', [['one']]],
    ['Hello, world', [['Hello, world']]],
    [
      'name,value\nx,1\ny,2',
      [
        ['name', 'value'],
        ['x', '1'],
        ['y', '2'],
      ],
    ],
    ['name,value\nx', [['name,value'], ['x']]],
    ['"two\nlines"\t"say ""so"""\tplain', [['two\nlines', 'say "so"', 'plain']]],
    ['5" probe\tx', [['5" probe', 'x']]],
    ['"open\tx', [['"open', 'x']]],
    [
      'a\t\t\n\tb\t',
      [
        ['a', '', ''],
        ['', 'b', ''],
      ],
    ],
  ])('reads %j', (text, rows) => {
    expect(parseTable(text)).toEqual(rows);
  });

  it('writes what it reads', () => {
    const rows = [
      ['a', 'with\ttab', ''],
      ['"quoted"', 'two\nlines', 'ünïcode'],
    ];
    expect(parseTable(writeTable(rows))).toEqual(rows);
  });
});
