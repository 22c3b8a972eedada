import { expect, it } from 'vitest';
import type { Channel, RecordingInfo } from '../../../shared/contract/recordings.ts';
import { proposeDevices } from './devices.ts';

/** What the proposal looks at: format, files, and the channels by their number. */
function recording(format: string, path: string, files: string[], channels: number): RecordingInfo {
  const list = Array.from({ length: channels }, (_, at) => ({ type: 'analog_in', name: `ai${at + 1}`, sampleRate: 1 }));
  return { format, device: '', path, files, channels: list as unknown as Channel[] } as RecordingInfo;
}

it('gives recordings of other channels another device, unless NDI could not tell them by the names of their files', () => {
  const single = (path: string, channels: number) => recording('intan-rhd', path, [path], channels);
  expect(proposeDevices([single('/t1/a.rhd', 2), single('/t2/b.rhd', 4), single('/t3/c.rhd', 2)])).toEqual([
    ...['intan1', 'intan2', 'intan1'],
  ]);
  const run = (folder: string, channels: number) =>
    recording('openephys-binary', folder, [`${folder}/structure.oebin`, `${folder}/continuous.dat`], channels);
  expect(proposeDevices([run('/r1', 2), run('/r2', 4)])).toEqual(['openephys1', 'openephys1']);
  // The names of the third make one of what the channels of the first two kept apart.
  expect(proposeDevices([single('/t1/a.rhd', 2), single('/t2/b.rhd', 4), single('/t3/b.rhd', 2)])).toEqual([
    ...['intan1', 'intan1', 'intan1'],
  ]);
});
