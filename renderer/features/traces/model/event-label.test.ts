import { expect, it } from 'vitest';
import { eventLabel, tickLabel } from './event-label.ts';
import { makeChannel, makeInfo } from './testing.ts';

it('spikes of Blackrock tell their unit in words', () => {
  const info = makeInfo({ format: 'blackrock' });
  const spikes = makeChannel('event', 1);
  expect([0, 1, 255].map((unit) => eventLabel(info, spikes, unit))).toEqual(['unsorted', 'unit 1', 'noise']);
  expect(tickLabel(info, spikes, 1)).toBe('unit 1');
});

it('markers and comments say what was written, plain events nothing', () => {
  const info = makeInfo({ format: 'blackrock' });
  expect(tickLabel(info, makeChannel('marker', 1), 0)).toBe('0');
  expect(tickLabel(info, makeChannel('marker', 1), 1)).toBe('');
  expect(eventLabel(info, makeChannel('marker', 1), 1)).toBe('1');
  expect(tickLabel(info, makeChannel('text', 1), 'light on')).toBe('light on');
  expect(tickLabel(makeInfo(), makeChannel('event', 1), 1)).toBe('');
});
