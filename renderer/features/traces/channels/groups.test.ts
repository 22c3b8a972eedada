import { expect, it } from 'vitest';
import { makeChannel, makeInfo } from '../model/testing.ts';
import { groupChannels } from './groups.ts';

const info = makeInfo({
  channels: [
    makeChannel('analog_in', 1, { label: 'Left V1' }),
    makeChannel('time', 1),
    makeChannel('digital_in', 1, { label: 'TTL' }),
    makeChannel('analog_in', 12, { label: 'Right V1' }),
  ],
});
const names = (filter: string) =>
  groupChannels(info.channels, filter).map(({ type, channels }) => [type, ...channels.map(({ name }) => name)]);

it('groups by type in the order of the file, without times', () => {
  expect(names('')).toEqual([
    ['analog_in', 'ai1', 'ai12'],
    ['digital_in', 'di1'],
  ]);
});

it('finds by name, label or unit, all words', () => {
  expect(names('v1 right')).toEqual([['analog_in', 'ai12']]);
  expect(names('UV')).toEqual([['analog_in', 'ai1', 'ai12']]);
  expect(names('nothing')).toEqual([]);
});
