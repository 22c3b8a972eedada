import { expect, it } from 'vitest';
import type { Unit } from '../../../../shared/contract/units.ts';
import { createTraceStore } from '../trace-store.ts';
import { makeChannel, makeInfo } from './testing.ts';
import { countWithin, depthOf, listUnits, spikesOf, unitColorIndex } from './units.ts';

const unit = (id: string, more: Partial<Unit> = {}): Unit => ({
  ...{ id, name: id, origin: 'neuron' as const, quality: 'good', device: 'a', probe: '', channels: [], depth: null },
  ...{ spikes: 10, ratePerSec: null, carried: false, errorSec: null },
  ...more,
});
const units = [
  unit('a', { ratePerSec: 1, channels: ['ai2'] }),
  unit('b', { ratePerSec: 5, depth: 10 }),
  unit('c', { quality: 'mua', channels: ['ai1'], carried: true }),
];
const sites = new Map([
  ['ai1', { probe: 'cortex | 1', shank: 0, depth: 5, across: 0 }],
  ['ai2', { probe: 'cortex | 1', shank: 0, depth: 40, across: 0 }],
]);
const ids = (sort: 'depth' | 'rate' | 'id', filter = '') => listUnits(units, sort, sites, filter).map(({ id }) => id);

it('are listed by depth, rate or as they come, what is not known last, and found by words', () => {
  expect([ids('id'), ids('depth'), ids('rate')]).toEqual([
    ['a', 'b', 'c'],
    ['b', 'a', 'c'],
    ['b', 'a', 'c'],
  ]);
  expect(ids('depth', 'GOOD ai2')).toEqual(['a']);
  expect(units.map((one) => depthOf(one, sites))).toEqual([40, 10, null]);
});

it('never have the colour of the trace that they are drawn on, unless it was chosen', () => {
  const info = makeInfo({ channels: [makeChannel('analog_in', 2)] });
  const store = createTraceStore({ path: '/a' }, info);
  store.setState({ units });
  expect(['a', 'b', 'c'].map(unitColorIndex(store.getState()))).toEqual([3, 1, 2]);
  const { settings } = store.getState();
  store.setState({ settings: { ...settings, units: { ...settings.units, colors: { a: 0 } } } });
  expect(unitColorIndex(store.getState())('a')).toBe(0);
});

it('have the spikes of the frame, unknown units none', () => {
  const times = Float64Array.of(1, 2, 3);
  const entries = [
    { id: 'b', at: 0, count: 2, total: 2 },
    { id: 'gone', at: 2, count: 1, total: 1 },
  ];
  const spikes = { ids: ['b', 'gone'], column: 0.1, frame: { header: { t0: 0, t1: 4, units: entries }, times } };
  expect(spikesOf({ units, spikes }).map((one) => [one.unit.id, [...one.times]])).toEqual([['b', [1, 2]]]);
  expect(countWithin(times, { t0: 1, t1: 3 })).toBe(2);
});
