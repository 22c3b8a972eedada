import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { decodeSampleFrame, encodeSampleFrame } from '../../shared/model/sample-frame.ts';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import { blockOf, fillSamples, planSamples } from './samples.ts';
import { sparseRecording } from './sparse-recording.ts';
import { testContext } from './test-support.ts';

afterAll(cleanUp);

it('gives channels in the order in which they are asked for, whatever their streams, also in a binary frame', () => {
  const whole = sparseRecording(join(temporaryFolder(), 'two.bin'), 3, [7, -9]);
  // As formats have it that keep a file a channel.
  const streams = whole.streams.flatMap((stream) => stream.channels.map((own) => ({ ...stream, channels: [own] })));
  const plan = planSamples({ ...whole, streams }, { channels: 'ai2,ai1', from: 1, to: 3, unit: 'samples' });
  const values = new Float64Array(plan.layout.values);
  fillSamples(testContext(), plan, values);
  const { channels, t0, data } = blockOf(plan.layout, values);
  expect(channels.map(({ name }) => name)).toEqual(['ai2', 'ai1']);
  expect(data).toEqual([Float64Array.of(0, -9), Float64Array.of(0, 7)]);
  const frame = encodeSampleFrame({ precision: 'double', channels: plan.layout.channels, t0 }, values);
  expect(decodeSampleFrame(frame).data).toEqual(data);
});
