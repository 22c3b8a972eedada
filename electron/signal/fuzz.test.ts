import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../build/testing/fixtures.ts';
import { writeNs5, writeRhd } from '../../bench/generate.ts';
import { fuzz, fuzzSeed } from './fuzz-support.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-fuzz-'));
  writeNs5(join(folder, 'made.ns5'), 8, 40_000);
  writeRhd(join(folder, 'made.rhd'), 8, 40_000);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe(`damaged files (NDI_FUZZ_SEED=${fuzzSeed})`, () => {
  it('made Blackrock file', () => fuzz([join(folder, 'made.ns5')]), 120_000);
  it('made Intan file', () => fuzz([join(folder, 'made.rhd')]), 120_000);
  it.skipIf(!hasFixtures)(
    'recorded and synthetic files of every variant',
    () => {
      const blackrock = ['spec2.1.ns4', 'spec2.2.ns3', 'spec2.3_pauses.ns2', 'spec3.0.ns5', 'spec3.0_ptp_pause.ns2'];
      const events = ['spec2.1.nev', 'spec2.2.nev', 'spec2.3.nev', 'spec3.0_ptp.nev'];
      const intan = ['v1.0.rhd', 'v1.2_temp_adc.rhd', 'v2.0_disabled.rhd', 'v3.2_gap.rhd', 'v3.2_dig_only.rhd'];
      const of = (format: string, names: readonly string[]) =>
        names.map((name) => fixturePath('hardware', format, 'synthetic', name));
      fuzz([...of('blackrock', [...blackrock, ...events]), ...of('intan-rhd', intan)]);
    },
    120_000,
  );
});
