import { expect, it } from 'vitest';
import { momentHere, ownTimeOf, parseTimeOnClocks, type OtherDevice } from './other-clocks.ts';

const line = (fromSec: number, toSec: number, offset: number, epochId = 'e1') => {
  return { fromSec, toSec, epochId, mapping: [1, offset] };
};
const other: OtherDevice = {
  device: 'blackrock1',
  times: {
    ...{ from: { device: 'intan1', epochId: 'e', clock: 'dev_local_time', t0: 0, t1: 16 }, path: [], errorSec: null },
    to: { device: 'blackrock1', clock: 'dev_local_time' },
    lines: [line(0, 8, 100), line(8, 16, 100.25, 'e2')],
  },
  error: null,
  channels: [],
};

it('finds the source’s time of another clock’s, over its jump and within an epoch', () => {
  expect([ownTimeOf(other, 103), ownTimeOf(other, 110.25)]).toEqual([3, 10]);
  // The clock jumps over this time.
  expect([ownTimeOf(other, 108.1), ownTimeOf(other, 99)]).toEqual([null, null]);
  expect([ownTimeOf(other, 103, 'e2'), ownTimeOf({ ...other, times: null }, 103)]).toEqual([null, null]);
});

it('understands times of any clock by the device’s name', () => {
  const parse = (text: string) => parseTimeOnClocks(text, 'intan1', [other]);
  expect([parse('2.5'), parse('250 ms'), parse('1:02')]).toEqual([2.5, 0.25, 62]);
  expect([parse('103 blackrock1'), parse('1:43 s blackrock1')]).toEqual([3, undefined]);
  expect([parse('@ 103 s on Blackrock1'), parse('3 s intan1'), parse('103@blackrock1')]).toEqual([3, 3, 3]);
  expect([parse('soon'), parse('108.1 blackrock1'), parse('3 s nobody')]).toEqual([undefined, undefined, undefined]);
});

it('puts a moment of another view on this view’s clock, where there is a way', () => {
  const here = { source: { path: '/a', device: 'intan1', epoch: 'e' }, others: [other] };
  const from = (device: string, epoch: string, time: number, path = '/a') =>
    momentHere(here, { source: { path, device, epoch }, time });
  expect([from('intan1', 'e', 3), from('blackrock1', 'e1', 103)]).toEqual([3, 3]);
  expect(momentHere(here, { source: { ...here.source, element: 'cortex | 1' }, time: 3 })).toBe(3);
  expect([from('intan1', 'other', 3), from('blackrock1', 'e2', 103), from('blackrock1', 'e1', 103, '/b')]).toEqual([
    null,
    null,
    null,
  ]);
});
