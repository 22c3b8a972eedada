import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { openRecording } from '../../formats/registry.ts';
import { findReader } from './readers.ts';

const NDR = 'ndi.daq.reader.mfdaq.ndr';
const folder = temporaryFolder('ndi-glx');

it.each(['neuropixelsGLX', 'spikeglx', 'IMEC'])('NDR reader %s takes the AP band and counts from 0', (name) => {
  const reader = findReader(NDR, name);
  const files = ['/a/r_g0_t0.nidq.bin', '/a/r_g0_t0.imec0.ap.meta', '/a/r_g0_t0.imec0.ap.bin'];
  expect(reader?.recordingPath(files)).toBe('/a/r_g0_t0.imec0.ap.bin');
  expect(reader?.recordingPath(files.slice(0, 2))).toBe('/a/r_g0_t0.nidq.bin');
  expect(reader?.recordingPath(['/a/r_g0_t0.nidq.meta'])).toBeNull();
  const path = join(folder, 'r_g0_t0.imec0.ap.bin');
  const meta = ['typeThis=imec', 'imSampRate=1000', 'nSavedChans=2', 'acqApLfSy=1,0,1', 'snsApLfSy=1,0,1'];
  writeFileSync(path.replace('.bin', '.meta'), [...meta, 'firstSample=5000'].join('\n'));
  writeFileSync(path, Buffer.alloc(2 * 2 * 100));
  const { info } = openRecording(path);
  expect(info.segments[0]?.t0).toBe(5);
  expect(reader?.clocks(info)).toEqual([{ type: 'dev_local_time', t0: 0, t1: 100 / 1000 - 1 / 1000 }]);
  expect(reader?.timeShift(info)).toBe(-5);
});

it.each(['whitematter', 'wmhs'])('NDR reader %s takes the one file and counts from 0', (name) => {
  const reader = findReader(NDR, name);
  const path = join(folder, 'HSW_2024_03_04__14_09_26__00min_01sec__hsamp_2ch_1000sps.bin');
  expect(reader?.recordingPath(['/a/notes.txt', path])).toBe(path);
  writeFileSync(path, Buffer.alloc(8 + 2 * 2 * 50));
  const { info } = openRecording(path);
  expect(reader?.clocks(info)).toEqual([{ type: 'dev_local_time', t0: 0, t1: 50 / 1000 - 1 / 1000 }]);
  expect(reader?.timeShift(info)).toBe(0);
});
