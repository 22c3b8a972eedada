import { expect, it } from 'vitest';
import { decodeSampleFrame, encodeSampleFrame } from './sample-frame.ts';

it.each([
  ['single', Float32Array.of(1.5, NaN, -2, 3, 0.25)],
  ['double', Float64Array.of(0.1, NaN, -2, 1e300, 5e-324)],
] as const)('carries samples as %s', (precision, values) => {
  const channel = { units: 'µV', sampleRate: 30_000 };
  const channels = [
    { ...channel, name: 'ai1', length: 3 },
    { ...channel, name: 'ai2', length: 0 },
    { ...channel, name: 'aux1', length: 2 },
  ];
  const frame = decodeSampleFrame(encodeSampleFrame({ precision, channels, t0: 12.5 }, values));
  expect(frame).toEqual({ channels, t0: 12.5, data: [values.slice(0, 3), values.slice(0, 0), values.slice(3)] });
});
