import { expect, it } from 'vitest';
import { frameAt, momentOnFrames } from './frame-times.ts';

const times = [5, 5.1, 5.2, 5.3];

it.each([
  [4.85, null],
  [4.95, 0],
  [5.04, 0],
  [5.06, 1],
  [5.39, 3],
  [5.41, null],
])('at %d s the frame is %s', (time, frame) => {
  expect(frameAt(times, time)).toBe(frame);
});

it('without times there is no frame, and a single one is there at its moment only', () => {
  expect(frameAt([], 1)).toBeNull();
  expect([frameAt([2], 2), frameAt([2], 2.1)]).toEqual([0, null]);
});

it('takes a moment to the clock of the frames, whatever element of the device it is of', () => {
  const own = { path: '/s', device: 'scope', epoch: 'e1' };
  const probe = { path: '/s', device: 'intan1', epoch: 'e7', element: 'cortex | 1' };
  const lines = [{ fromSec: 0, toSec: 10, mapping: [1, 5] }];
  const relations = [{ source: { path: '/s', device: 'intan1', epoch: 'e7' }, lines, reason: '' }];
  expect(momentOnFrames(own, relations, { source: probe, time: 2 })).toBe(7);
  expect(momentOnFrames(own, relations, { source: { ...probe, epoch: 'e8' }, time: 2 })).toBeNull();
  expect(momentOnFrames(own, [], { source: own, time: 2 })).toBe(2);
  expect(momentOnFrames(own, [{ ...relations[0]!, lines: null }], { source: probe, time: 2 })).toBeNull();
});
