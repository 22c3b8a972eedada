import { expect, it } from 'vitest';
import type { SignalTimes } from '../../../../shared/contract/sync.ts';
import { linesOnClock, timeNote } from './on-clock.ts';

const times: SignalTimes = {
  from: { device: 'rig1', epochId: 'e1', clock: 'dev_local_time', t0: 0, t1: 10 },
  to: { device: 'rig2', clock: 'utc' },
  lines: [
    { fromSec: 0, toSec: 2, epochId: 'e1', mapping: [1, 100] },
    { fromSec: 4, toSec: 10, epochId: 'e2', mapping: [2, 200] },
  ],
  path: [],
  errorSec: 0.001,
};
const line = { name: 'ai1', label: '', units: 'µV', color: '', x: [1, 3, 5], y: [7, 8, 9] };

it('puts times on the other clock, and leaves out what has no place there', () => {
  expect(linesOnClock([line], times)).toEqual([{ ...line, x: [101, 210], y: [7, 9] }]);
  expect(linesOnClock([line], null)).toEqual([line]);
});

it('notes which clock it is, and how well it is known', () => {
  expect(timeNote({ t0: 1, t1: 5 }, null)).toBe('Time: 1 to 5 s on the clock of the device');
  const note = 'Time: on utc of rig2 (within 0.001 s), shown are 1 to 5 s on dev_local_time of rig1';
  expect(timeNote({ t0: 1, t1: 5 }, times)).toBe(note);
});
