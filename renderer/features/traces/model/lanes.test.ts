import { expect, it } from 'vitest';
import { laneAt, laneCentre, layLanes } from './lanes.ts';
import { defaultSettings } from './settings.ts';
import { makeChannel, makeInfo } from './testing.ts';

const channels = [makeChannel('analog_in', 1), makeChannel('analog_in', 2), makeChannel('digital_in', 1)];
const info = makeInfo({ channels });
const settings = { ...defaultSettings(info), scales: { 'analog_in|uV': 90 } };

it('lanes share the height; spacing makes them taller without changing what one unit means to a lane', () => {
  const lanes = layLanes(channels, settings, 300);
  expect(lanes.map(({ top, height }) => [top, height])).toEqual([
    [0, 100],
    [100, 100],
    [200, 100],
  ]);
  expect(lanes[0]?.pixelsPerUnit).toBeCloseTo(1);
  expect(layLanes(channels, { ...settings, spacing: 2 }, 300)[0]).toMatchObject({ height: 200, pixelsPerUnit: 2 });
});

it('gain, the gain of one channel and polarity work on analog channels only', () => {
  const louder = {
    ...settings,
    gain: 2,
    inverted: true,
    channels: { ...settings.channels, ai2: { visible: true, solo: false, gain: 3 } },
  };
  const [first, second, digital] = layLanes(channels, louder, 300);
  expect(first?.pixelsPerUnit).toBeCloseTo(-2);
  expect(second?.pixelsPerUnit).toBeCloseTo(-6);
  expect(digital?.pixelsPerUnit).toBeCloseTo(60);
});

it('the middle of a lane is the median, zero, or half a bit', () => {
  expect(laneCentre(channels[0]!, 5, true)).toBe(5);
  expect(laneCentre(channels[0]!, 5, false)).toBe(0);
  expect(laneCentre(channels[0]!, undefined, true)).toBe(0);
  expect(laneCentre(channels[2]!, 1, true)).toBe(0.5);
});

it('finds the lane under the pointer', () => {
  const lanes = layLanes(channels, settings, 300);
  expect(laneAt(lanes, 0, 150)?.channel.name).toBe('ai2');
  expect(laneAt(lanes, 0, 300)).toBeUndefined();
});
