import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { kinds } from '../../formats/ced/contents.ts';
import { makeSon } from '../../formats/ced-smr/made-son.ts';
import { openRecording } from '../../formats/registry.ts';
import { findReader } from './readers.ts';

const folder = temporaryFolder('ndi-ced');

it.each([
  ['ndi.daq.reader.mfdaq.cedspike2', ''],
  ['ndi.daq.reader.mfdaq.ndr', 'SMR'],
  ['ndi.daq.reader.mfdaq.ndr', 'ced-smrx'],
])('%s %s takes the first file of CED, from 0 to the last item', (readerClass, argument) => {
  const reader = findReader(readerClass, argument);
  expect(reader?.recordingPath(['/a/notes.txt', '/a/B.SMRX', '/a/c.smr'])).toBe('/a/B.SMRX');
  expect(reader?.recordingPath(['/a/c.son'])).toBe('/a/c.son');
  expect(reader?.recordingPath(['/a/c.smrs'])).toBeNull();
  const path = join(folder, 'made.smr');
  // The wave begins later than the clock, and an event comes after its end.
  const wave = { number: 1, kind: kinds.adc, ticksPerSample: 10, blocks: [{ tick: 500, samples: [1, 2, 3] }] };
  const event = { number: 2, kind: kinds.eventFall, blocks: [{ events: [{ tick: 4000 }] }] };
  writeFileSync(path, makeSon(8, [wave, event]).bytes);
  const { info } = openRecording(path);
  expect(info.segments[0]?.t0).toBe(500 * (10 * 1e-6));
  expect(reader?.clocks(info)).toEqual([{ type: 'dev_local_time', t0: 0, t1: 4000 * (10 * 1e-6) }]);
  expect(reader?.timeShift(info)).toBe(0);
});
