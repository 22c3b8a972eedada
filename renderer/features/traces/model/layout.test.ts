import { expect, it } from 'vitest';
import { columnAt, layOut, timeIn, xIn } from './layout.ts';
import { defaultSettings } from './settings.ts';
import { makeChannel, makeInfo } from './testing.ts';

const channels = [1, 2, 3, 4, 5].map((number) => makeChannel('analog_in', number));
const info = makeInfo({ channels: [...channels, makeChannel('event', 1)], events: { e1: 1 } });
const settings = defaultSettings(info);
const range = { t0: 10, t1: 20 };

it('has one column, and rows of units and events below the lanes', () => {
  const layout = layOut(info, { ...settings, units: { ...settings.units, shown: ['u', 'v'] } }, 400, 522);
  expect(layout.columns).toEqual([{ left: 0, width: 400, label: '' }]);
  expect(layout.plotHeight).toBe(500 - 16 - 2 * 12);
  expect(layout.unitRows.map(({ id, top }) => [id, top])).toEqual([
    ['u', layout.plotHeight],
    ['v', layout.plotHeight + 12],
  ]);
  expect(layout.eventRows[0]?.top).toBe(layout.plotHeight + 24);
});

it('gives events more room where there are no traces', () => {
  const alone = makeInfo({ channels: [makeChannel('event', 1)], events: { e1: 1 } });
  const { eventRows, plotHeight } = layOut(alone, defaultSettings(alone), 400, 522);
  expect(eventRows.map(({ top, height }) => [top, height])).toEqual([[plotHeight, 48]]);
});

it('leaves the traces their room, however many units are shown', () => {
  const shown = Array.from({ length: 600 }, (_, index) => `u${index}`);
  const layout = layOut(info, { ...settings, units: { ...settings.units, shown } }, 400, 522);
  expect(layout.plotHeight).toBeGreaterThan(300);
  const last = layout.unitRows.at(-1)!;
  expect(last.top + last.height).toBeCloseTo(layout.eventRows[0]!.top, 0);
});

it('sets shanks side by side, each over the whole range; channels without one last', () => {
  const shanks = { ai1: 2, ai2: 1, ai3: 1, ai4: 2 };
  const order = { by: 'shank' as const, names: ['ai2', 'ai3', 'ai1', 'ai4', 'ai5'], shanks };
  const layout = layOut(info, { ...settings, order }, 632, 522);
  expect(layout.columns.map(({ left, width }) => [left, width])).toEqual([
    [0, 200],
    [216, 200],
    [432, 200],
  ]);
  expect(layout.columns.map(({ label }) => label)).toEqual(['Shank 1', 'Shank 2', 'No shank']);
  expect(layout.lanes.map(({ channel, column, row }) => [channel.name, column, row])).toEqual([
    ['ai2', 0, 0],
    ['ai3', 0, 1],
    ['ai1', 1, 0],
    ['ai4', 1, 1],
    ['ai5', 2, 0],
  ]);
  expect(layout.lanes[1]?.top).toBe(layout.plotHeight / 2);
  const { column, index } = columnAt(layout.columns, 316);
  expect([index, timeIn(column, range, 316), xIn(column, range, 15)]).toEqual([1, 15, 316]);
  expect(columnAt(layout.columns, 9999).index).toBe(2);
});
