import { expect, it } from 'vitest';
import type { RecordingInfo } from '../../shared/contract/recordings.ts';
import { sampledChannel } from './channels.ts';
import { soundRecording } from './sound-recording.ts';

const channel = sampledChannel(
  'analog_in',
  1,
  'a',
  { sampleRate: 1000, samples: 5 },
  { units: 'V', gain: 1, offset: 0 },
);
const info: RecordingInfo = {
  ...{
    kind: 'recording',
    path: '/x',
    format: 'f',
    formatName: 'F',
    version: '',
    files: [],
    device: '',
    startedAt: null,
  },
  ...{ segments: [{ start: 0, samples: 5, t0: 0, t1: 0.004 }], channels: [channel], events: { mk1: 0 } },
  ...{ problems: [], why: [] },
};
const opened = (change: Partial<RecordingInfo>) =>
  soundRecording({ info: { ...info, ...change }, streams: [], readEvents: () => ({ events: [], total: 0 }) });

it('takes a recording whose numbers are sound', () => {
  expect(opened({}).info).toEqual(info);
});

it.each([
  ['a rate of none', { channels: [{ ...channel, sampleRate: 0 }] }, 'ai1 has a rate of 0 Hz'],
  ['a rate that is no number', { channels: [{ ...channel, sampleRate: Number.NaN }] }, 'a rate of NaN Hz'],
  ['more samples than can be counted', { channels: [{ ...channel, samples: 2 ** 60 }] }, 'ai1 has'],
  ['no end', { segments: [{ start: 0, samples: 5, t0: 0, t1: Infinity }] }, 'from 0 s to Infinity s'],
  ['less than no samples', { segments: [{ start: 0, samples: -1, t0: 0, t1: 1 }] }, 'it has -1 samples'],
  ['an extent without end', { extent: { t0: 0, t1: Infinity } }, 'it runs from 0 s to Infinity s'],
  ['half an event', { events: { mk1: 0.5 } }, 'mk1 has 0.5 events'],
])('refuses one of %s', (_, change, words) => {
  expect(() => opened(change)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
  expect(() => opened(change)).toThrow(words);
});
