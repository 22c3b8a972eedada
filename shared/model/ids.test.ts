import { describe, expect, it } from 'vitest';
import { datestamp, doubleToHex, emptySessionId, hexToDouble, isId, makeId, serialDate } from './ids.ts';

describe('ids', () => {
  it('are two doubles, the first the local date as MATLAB counts it', () => {
    const now = new Date(2025, 11, 12, 12, 15, 4, 500);
    const [first = ''] = makeId(now).split('_');
    const date = hexToDouble(first);
    expect(date - serialDate(now)).toBeLessThan(2e-8);
    expect(Math.floor(date)).toBe(739_963);
    expect((date % 1) * 24).toBeCloseTo(12 + 15 / 60 + 4.5 / 3600, 5);
    expect(doubleToHex(date)).toBe(first);
  });

  it('sort in the order in which they were made, and are valid', () => {
    const ids = Array.from({ length: 2000 }, () => makeId());
    expect(ids.every(isId)).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids.map((id) => id.slice(17))).size).toBe(ids.length);
  });

  it('of MATLAB and of the Python port are recognised, other texts are not', () => {
    expect(isId('412694f69ab1e1cf_c0db1c5ba8cf6bc8')).toBe(true);
    expect(isId('000660fcc267ad1a_f2d81b80b7607a81')).toBe(true);
    expect(isId(emptySessionId)).toBe(true);
    expect(isId('2f0e6d3c-1111-4111-8111-1234567890ab')).toBe(false);
    expect(hexToDouble('412694f69ab1e1cf')).toBeCloseTo(739_963.302, 3);
  });

  it('come with time stamps in UTC with milliseconds', () => {
    expect(datestamp(new Date(Date.UTC(2025, 11, 12, 12, 15, 4, 7)))).toBe('2025-12-12T12:15:04.007Z');
  });
});
