import { describe, expect, it } from 'vitest';
import { makeChannel, makeInfo } from './testing.ts';
import { acceptSettings, defaultSettings, extentOf, shownEvents, shownTraces, unitSign } from './settings.ts';

const info = makeInfo({
  channels: [
    ...Array.from({ length: 40 }, (_, index) => makeChannel('analog_in', index + 1)),
    makeChannel('auxiliary_in', 1),
    makeChannel('digital_in', 1),
    makeChannel('time', 1),
    makeChannel('event', 1),
    makeChannel('marker', 1),
  ],
  events: { mk1: 12 },
});

describe('at first', () => {
  it('shows up to 32 analog channels and the channels with events first', () => {
    const settings = defaultSettings(info);
    expect(shownTraces(info, settings).map(({ name }) => name)).toEqual(
      Array.from({ length: 32 }, (_, index) => `ai${index + 1}`),
    );
    expect(shownEvents(info, settings).map(({ name }) => name)).toEqual(['mk1', 'e1']);
  });

  it('shows whatever is sampled where nothing is analog', () => {
    const digital = makeInfo({ channels: [makeChannel('digital_in', 1), makeChannel('time', 1)] });
    expect(shownTraces(digital, defaultSettings(digital)).map(({ name }) => name)).toEqual(['di1']);
  });
});

it('a channel alone hides the others and nothing else', () => {
  const settings = defaultSettings(info);
  const alone = { ...settings, channels: { ...settings.channels, ai40: { visible: false, solo: true, gain: 1 } } };
  expect(shownTraces(info, alone).map(({ name }) => name)).toEqual(['ai40']);
  expect(shownEvents(info, alone)).toHaveLength(2);
});

describe('what was kept', () => {
  it('comes back through JSON', () => {
    const settings = { ...defaultSettings(info), gain: 2, range: { t0: 1, t1: 2 }, scales: { 'analog_in|uV': 400 } };
    expect(acceptSettings(JSON.parse(JSON.stringify(settings)), info)).toEqual(settings);
  });

  it('is refused when it is broken, and channels that are new start hidden', () => {
    const settings = defaultSettings(info);
    expect(acceptSettings(null, info)).toBeUndefined();
    expect(acceptSettings({ ...settings, gain: 0 }, info)).toBeUndefined();
    expect(acceptSettings({ ...settings, spacing: 'wide' }, info)).toBeUndefined();
    const others = Object.fromEntries(Object.entries(settings.channels).filter(([name]) => name !== 'ai1'));
    expect(acceptSettings({ ...settings, channels: others }, info)?.channels['ai1']?.visible).toBe(false);
  });
});

it('the extent spans all segments', () => {
  expect(
    extentOf(
      makeInfo({
        segments: [
          { t0: 5, t1: 9 },
          { t0: 12, t1: 20 },
        ],
      }),
    ),
  ).toEqual({ t0: 5, t1: 20 });
  expect(extentOf(makeInfo({ segments: [] }))).toEqual({ t0: 0, t1: 0 });
  expect(extentOf(makeInfo({ segments: [{ t0: 5, t1: 9 }], extent: { t0: 0, t1: 11 } }))).toEqual({ t0: 0, t1: 11 });
});

it('units are written as people do', () => {
  expect(['uV', 'V', 'degC', 'mV', ''].map(unitSign)).toEqual(['µV', 'V', '°C', 'mV', '']);
});
