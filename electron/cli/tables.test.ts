import { describe, expect, it } from 'vitest';
import { facts, formatNumber, printable, sections, table } from './tables.ts';

describe('table', () => {
  it('makes columns as wide as their widest cell, numbers to the right', () => {
    expect(
      table(
        ['Name', 'N'],
        [
          ['a', 7],
          ['longer', 12],
        ],
      ).split('\n'),
    ).toEqual(['Name     N', 'a        7', 'longer  12']);
  });

  it('does not let names from files steer the terminal', () => {
    expect(printable('a\u001b[31mb\r\n\u0007c')).toBe('ab��\ufffdc');
  });
});

describe('facts and sections', () => {
  it('leave out what is empty', () => {
    expect(
      facts([
        ['Name', 'x'],
        ['Gone', null],
        ['Empty', ''],
        ['Count', 0],
      ]),
    ).toBe('Name   x\nCount  0');
    expect(sections('a', '', 'b')).toBe('a\n\nb');
  });
});

describe('formatNumber', () => {
  it.each([
    [30_000, '30000'],
    [0.1 + 0.2, '0.3'],
    [1 / 3, '0.333333'],
    [-2.5, '-2.5'],
  ])('writes %s as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});
