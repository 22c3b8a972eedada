import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { OpenRecording, SignalStream } from '../formats/format.ts';

/** A recording for tests of two channels at 30 kHz, zeros but for the last sample of each; only that takes room on the disk. */
export function sparseRecording(path: string, samples: number, last: readonly [number, number]): OpenRecording {
  const handle = openSync(path, 'w');
  ftruncateSync(handle, samples * 4);
  writeSync(handle, Int16Array.from(last), 0, 4, (samples - 1) * 4);
  closeSync(handle);
  const run = { file: path, offset: 0, blockBytes: 4, samplesPerBlock: 1, first: 0, samples, firstSample: 0, t0: 0 };
  const channels = [0, 1].map((index) => ({
    channel: {
      name: `ai${index + 1}`,
      type: 'analog_in' as const,
      number: index + 1,
      label: '',
      units: '',
      sampleRate: 30_000,
      samples,
      gain: 1,
      offset: 0,
    },
    channelOffset: 2 * index,
  }));
  const info = { channels: channels.map(({ channel }) => channel) } as unknown as OpenRecording['info'];
  const streams: SignalStream[] = [{ sampleRate: 30_000, word: 'i16', channels, runs: [run] }];
  return { info, streams, readEvents: () => ({ events: [], total: 0 }) };
}
