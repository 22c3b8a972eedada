import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { writeAbf2 } from '../../formats/abf/made-abf.ts';
import { openRecording } from '../../formats/registry.ts';
import { findReader } from './readers.ts';

const folder = temporaryFolder('ndi-abf-reader');

it.each(['abf', 'AXON_ABF'])('ndi.daq.reader.mfdaq.ndr %s takes the .abf, from its first to its last sweep', (name) => {
  const reader = findReader('ndi.daq.reader.mfdaq.ndr', name);
  expect(reader?.recordingPath(['/a/notes.txt', '/a/B.ABF'])).toBe('/a/B.ABF');
  expect(reader?.recordingPath(['/a/b.abfx'])).toBeNull();
  const samples = Array.from({ length: 20 }, (_, index) => index);
  const gapFree = openRecording(writeAbf2(folder, { samples })).info;
  expect(reader?.clocks(gapFree)).toEqual([{ type: 'dev_local_time', t0: 0, t1: 19 / 10_000 }]);
  const synch = [
    [1_000, 10],
    [20_000, 10],
  ] as const;
  const sweeps = openRecording(writeAbf2(folder, { mode: 5, samples, synch })).info;
  // Sweeps at 0.1 s and 2 s: what is between them is time, though no sample.
  expect(reader?.clocks(sweeps)).toEqual([{ type: 'dev_local_time', t0: 0.1, t1: 2 + 9 / 10_000 }]);
  expect(reader?.timeShift(sweeps)).toBe(0);
});
