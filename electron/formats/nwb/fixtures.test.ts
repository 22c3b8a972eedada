import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { FileBytes } from '../file-bytes.ts';
import { Hdf5File } from '../hdf5/hdf5.ts';
import { openRecording } from '../registry.ts';

interface Expected {
  readonly attributes: { readonly nwb_version: string };
  readonly objects: readonly ExpectedObject[];
}

interface ExpectedObject {
  readonly path: string;
  readonly type: 'group' | 'dataset';
  readonly neurodata_type?: string;
  readonly shape?: readonly number[];
  readonly first?: readonly unknown[];
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly conversion?: number;
}

const files = [
  'matnwb_ecephys_tutorial.nwb',
  'pynwb_1.0.3_nwbfile.nwb',
  'pynwb_2.6.0_DynamicTableElectrodes.nwb',
  'synthetic/rate_gzip.nwb',
  'synthetic/timestamps.nwb',
];
const pathOf = (file: string) => fixturePath('hardware', 'nwb', file);
const expectedOf = (file: string) => JSON.parse(readFileSync(`${pathOf(file)}.expected.json`, 'utf8')) as Expected;

describe.skipIf(!hasFixtures)('recorded and synthetic NWB files', () => {
  it.each(files)('%s has the objects and numbers that h5py finds', (name) => {
    const expected = expectedOf(name);
    const file = new Hdf5File(new FileBytes(pathOf(name)));
    for (const { path, type, neurodata_type, shape, first, sum, min, max } of expected.objects) {
      const object = file.find(path) ?? expect.fail(`${path} is missing`);
      expect.soft(file.isGroup(object), path).toBe(type === 'group');
      if (neurodata_type !== undefined) expect.soft(file.attributes(object).get('neurodata_type')).toBe(neurodata_type);
      if (shape !== undefined) expect.soft(file.array(object).shape, path).toEqual(shape);
      if (first === undefined) continue;
      const values = file.values(object);
      const trimmed = first.map((value) => (typeof value === 'string' ? value.trimEnd() : value));
      expect.soft(values.slice(0, first.length), path).toEqual(trimmed);
      if (sum === undefined) continue;
      const numbers = values as number[];
      const total = numbers.reduce((all, value) => all + value, 0);
      expect.soft(total, path).toBeCloseTo(sum, 6);
      expect
        .soft([numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))])
        .toEqual([min, max]);
    }
  });

  it.each(['synthetic/rate_gzip.nwb', 'synthetic/timestamps.nwb'])('%s gives its samples in volts', (name) => {
    const recording = openRecording(pathOf(name));
    const data = expectedOf(name).objects.find(({ path }) => path.endsWith('ElectricalSeries/data'));
    const analog = recording.info.channels.filter(({ type }) => type === 'analog_in');
    expect(analog.length).toBe(data?.shape?.[1]);
    expect([recording.info.version, recording.info.problems]).toEqual([expectedOf(name).attributes.nwb_version, []]);
    let total = 0;
    for (const { name: channel } of analog) {
      total += readChannel(testContext(), recording, channel).reduce((sum, value) => sum + value, 0);
    }
    expect(total).toBeCloseTo((data?.sum ?? NaN) * (data?.conversion ?? NaN), 6);
  });

  it(`may be damaged (NDI_FUZZ_SEED=${fuzzSeed})`, () => fuzzRecorded(files.map(pathOf)), fuzzMs);
});
