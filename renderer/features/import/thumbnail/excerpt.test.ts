import { expect, it } from 'vitest';
import type { Channel } from '../../../../shared/contract/recordings.ts';
import { excerptOf } from './excerpt.ts';

const channel = (name: string, type: Channel['type'], samples: number): Channel => ({
  name,
  type,
  number: 1,
  label: name,
  units: 'uV',
  sampleRate: 1000,
  samples,
  gain: 1,
  offset: 0,
});
const segment = (samples: number, t0: number, t1: number) => ({ start: 0, samples, t0, t1 });

it('takes the first seconds of the first analog channels that hold samples', () => {
  const channels = [
    channel('di1', 'digital_in', 5000),
    channel('ai1', 'analog_in', 0),
    ...Array.from({ length: 20 }, (_, index) => channel(`ai${index + 2}`, 'analog_in', 5000)),
  ];
  const excerpt = excerptOf({ channels, segments: [segment(0, 0, 0), segment(5000, 3, 7.999)] });
  expect(excerpt?.channels).toEqual(['ai2', 'ai3', 'ai4', 'ai5', 'ai6', 'ai7', 'ai8', 'ai9']);
  expect([excerpt?.t0, excerpt?.t1]).toEqual([3, 5]);
});

it('takes the last sample in where the recording is short', () => {
  const channels = [channel('ai1', 'analog_in', 10)];
  expect(excerptOf({ channels, segments: [segment(10, 0, 0.009)] })?.t1).toBeCloseTo(0.01, 12);
});

it('has nothing to show of events alone', () => {
  expect(excerptOf({ channels: [channel('e1', 'event', 0)], segments: [segment(1, 0, 1)] })).toBeNull();
  expect(excerptOf({ channels: [channel('ai1', 'analog_in', 5)], segments: [] })).toBeNull();
});
