// Scenario A1 of NDI Cloud: what is made of a token, row by row.
import { expect, test } from 'vitest';
import { inspectToken, type TokenState } from './token.ts';

const T0 = 1_800_000_000_000;
const H = 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9';
const of = (payload: string) => `${H}.${payload}.c2ln`;
const row1 = 'eyJzdWIiOiJ1MSIsImVtYWlsIjoiYUBleGFtcGxlLm9yZyIsImlhdCI6MTc5OTk5NjcwMCwiZXhwIjoxODAwMDAwMzAwfQ';
const row11 = 'eyJuYW1lIjoiw7E-Pj8_IiwiZW1haWwiOiJhQGV4YW1wbGUub3JnIiwiZXhwIjoxODAwMDAwMzAwfQ';
const standard = row11.replaceAll('-', '+').replaceAll('_', '/');
const padded = standard.padEnd(Math.ceil(standard.length / 4) * 4, '=');

const rows: [number | string, string, TokenState][] = [
  [1, of(row1), 'valid'],
  [2, of('eyJzdWIiOiJ1MSIsImVtYWlsIjoiYUBleGFtcGxlLm9yZyIsImV4cCI6MTgwMDAwMDA2MX0'), 'valid'],
  [3, of('eyJzdWIiOiJ1MSIsImVtYWlsIjoiYUBleGFtcGxlLm9yZyIsImV4cCI6MTgwMDAwMDA2MH0'), 'expiring'],
  [4, of('eyJzdWIiOiJ1MSIsImVtYWlsIjoiYUBleGFtcGxlLm9yZyIsImV4cCI6MTgwMDAwMDAwMH0'), 'expired'],
  [5, of('eyJzdWIiOiJ1MSIsImVtYWlsIjoiYUBleGFtcGxlLm9yZyJ9'), 'noExpiry'],
  [6, of('eyJlbWFpbCI6ImFAZXhhbXBsZS5vcmciLCJleHAiOiIxODAwMDAwMzAwIn0'), 'malformed'],
  [7, of('eyJlbWFpbCI6ImFAZXhhbXBsZS5vcmciLCJleHAiOjE4MDAwMDAzMDAwMDB9'), 'malformed'],
  [8, of('eyJleHAiOjE4MDAwMDAzMDAuNX0'), 'valid'],
  [9, of('eyJleHAiOi0xfQ'), 'malformed'],
  [10, of('eyJleHAiOm51bGx9'), 'noExpiry'],
  [11, of(row11), 'valid'],
  [12, of(padded), 'valid'],
  [13, of('WzEsMl0'), 'malformed'],
  [14, of('aGVsbG8'), 'malformed'],
  [15, of('eyJlIjoi_yJ9'), 'malformed'],
  [16, of('eyJl!'), 'malformed'],
  [17, of('eyJle'), 'malformed'],
  [18, `${H}..S`, 'malformed'],
  [19, 'not.a.real.jwt', 'malformed'],
  [20, `${H}.${row1}`, 'malformed'],
  [21, 'abc', 'malformed'],
  ['22, empty', '', 'absent'],
  ['22, blanks', ' \t ', 'absent'],
  ['23, line break', `${of(row1)}\r\n`, 'valid'],
  ['23, Bearer', `Bearer ${of(row1)}`, 'valid'],
];

test.each(rows)('A1 row %s', (_row, token, state) => {
  const report = inspectToken(token, T0);
  expect(report.state).toBe(state);
  expect(report.reason === undefined).toBe(state !== 'malformed');
  expect(JSON.stringify(report.reason ?? '')).not.toContain(token.slice(9, 30) || 'nothing');
});

test.each([
  [6, /exp.* not a number/],
  [7, /exp.* out of range/],
  [9, /exp.* out of range/],
  [13, /not an object/],
  [14, /not JSON/],
  [15, /not UTF-8/],
  [16, /characters/],
  [17, /cut off/],
  [18, /empty/],
  [19, /4 parts/],
  [20, /2 parts/],
  [21, /1 parts/],
] as const)('A1 row %s: says in words what is wrong', (row, words) => {
  const token = rows.find(([number]) => number === row)?.[1] ?? '';
  expect(inspectToken(token, T0).reason).toMatch(words);
});

test('A1: the end of a token, and what it says, are told', () => {
  expect(new Date(inspectToken(of(row1), T0).expiresAtMs ?? 0).toISOString()).toBe('2027-01-15T08:05:00.000Z');
  expect(inspectToken(of(row11), T0).claims).toMatchObject({ name: 'ñ>>??' });
  expect(inspectToken(of(padded), T0).claims).toMatchObject({ name: 'ñ>>??' });
  expect(inspectToken(rows[4]?.[1] ?? '', T0).claims).toMatchObject({ sub: 'u1', email: 'a@example.org' });
});
