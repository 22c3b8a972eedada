import { expect, it } from 'vitest';
import { makeChannel, makeInfo } from '../model/testing.ts';
import { filterGroups, groupedByType, groupsOf, offeredGroupings, type GroupSettings } from './groups.ts';
import { defaultSettings, shownTraces } from './settings.ts';

const info = makeInfo({
  channels: [
    makeChannel('analog_in', 1, { label: 'Left V1' }),
    makeChannel('time', 1),
    makeChannel('digital_in', 1, { label: 'TTL' }),
    makeChannel('analog_in', 12, { label: 'Right V1' }),
  ],
});
const shanks = ['10', '2', '10', undefined].map((shank, index) =>
  makeChannel('analog_in', index + 1, shank === undefined ? {} : { groups: { shank } }),
);
const names = (channels = info.channels, more: Partial<GroupSettings> = {}, filter = '') => {
  const settings = { ...groupedByType, ...more };
  const groups = filterGroups(groupsOf(channels, settings), settings.by, filter);
  return groups.map((group) => [group.key, ...group.channels.map(({ name }) => name)]);
};

it('groups by type in the order of the file, without times', () => {
  expect(names()).toEqual([
    ['analog_in', 'ai1', 'ai12'],
    ['digital_in', 'di1'],
  ]);
});

it('finds by name, label, unit or group, all words', () => {
  expect(names(info.channels, {}, 'v1 right')).toEqual([['analog_in', 'ai12']]);
  expect(names(info.channels, {}, 'UV')).toEqual([['analog_in', 'ai1', 'ai12']]);
  expect(names(info.channels, {}, 'nothing')).toEqual([]);
  expect(names(shanks, { by: 'shank' }, 'shank 2')).toEqual([['2', 'ai2']]);
});

it('groups by what the file tells, by number, with the channels of none last; a chosen order comes first', () => {
  expect(names(shanks, { by: 'shank' })).toEqual([
    ['2', 'ai2'],
    ['10', 'ai1', 'ai3'],
    ['', 'ai4'],
  ]);
  expect(names(shanks, { by: 'shank', order: ['', '10', '2'] }).map(([key]) => key)).toEqual(['', '10', '2']);
});

it('believes the session more than the file', () => {
  const of = { ai1: '2', ai4: '3' };
  expect(names(shanks, { by: 'shank', of }).map(([key]) => key)).toEqual(['2', '3', '10']);
  expect(names(shanks, { by: 'probe', of: { ai2: 'cortex | 1' } })).toEqual([
    ['cortex | 1', 'ai2'],
    ['', 'ai1', 'ai3', 'ai4'],
  ]);
});

it('offers only what tells channels apart', () => {
  expect(offeredGroupings(info.channels, {})).toEqual(['type']);
  expect(offeredGroupings(shanks, {})).toEqual(['type', 'shank']);
  expect(offeredGroupings(info.channels, { probe: { ai1: 'cortex | 1' }, shank: { ai1: '1' } })).toEqual([
    'type',
    'probe',
  ]);
});

it('traces stand as the groups do', () => {
  const recording = makeInfo({ channels: shanks });
  const settings = { ...defaultSettings(recording), groups: { ...groupedByType, by: 'shank' as const } };
  expect(shownTraces(recording, settings).map(({ name }) => name)).toEqual(['ai2', 'ai1', 'ai3', 'ai4']);
});
