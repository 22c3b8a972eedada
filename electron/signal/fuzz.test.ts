import { join } from 'node:path';
import { beforeAll, describe, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../build/testing/fixtures.ts';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { NevWriter, NsxWriter } from '../formats/blackrock/writer.ts';
import { RHD_BLOCK, RhdWriter } from '../formats/intan-rhd/writer.ts';
import { fuzz, fuzzRecorded, fuzzSeed } from './fuzz-support.ts';

const folder = temporaryFolder('ndi-fuzz');
const at = (name: string) => join(folder, name);

/** Never zero for long, so that zeros in its place would be seen. */
const wave = (channel: number, samples: number) =>
  Float32Array.from({ length: samples }, (_, sample) => 40 + 30 * Math.sin(sample / (3 + channel)));

async function makeIntan(path: string): Promise<void> {
  const named = (names: readonly string[]) => names.map((name) => ({ nativeName: name, customName: name }));
  const [amplifier, auxiliary, boardAdc] = [
    named(['A-000', 'A-001', 'A-002']),
    named(['A-AUX1']),
    named(['ANALOG-IN-1']),
  ];
  const layout = { amplifier, auxiliary, boardAdc, digitalIn: named(['DIGITAL-IN-01', 'DIGITAL-IN-02']) };
  const writer = await RhdWriter.create(path, { sampleRate: 20_000, ...layout, notes: ['a', 'b', 'c'] }, 100);
  const samples = 3 * RHD_BLOCK;
  await writer.append({
    samples,
    amplifier: amplifier.map((_, channel) => wave(channel, samples)),
    auxiliary: [wave(0, samples / 4).map((value) => value / 100)],
    boardAdc: [wave(1, samples).map((value) => value / 100)],
    digitalIn: Uint16Array.from({ length: samples }, (_, sample) => (sample >> 4) & 3),
  });
  await writer.close();
}

async function makeBlackrock(stem: string): Promise<void> {
  const startedAt = new Date('2026-01-02T03:04:05.006Z');
  const channels = [1, 2, 129].map((electrodeId) => {
    const scale = { units: 'uV', maxAnalog: 8191, maxDigital: 32_764, band: [0.3, 7500] as const };
    return { electrodeId, label: `elec${electrodeId}`, ...scale };
  });
  const nsx = await NsxWriter.create(`${stem}.ns5`, { label: '30 kS/s', comment: 'c', period: 1, startedAt, channels });
  for (const start of [10, 5000]) {
    await nsx.startSegment(start);
    await nsx.append(
      channels.map((_, channel) => wave(channel, 400)),
      400,
    );
  }
  await nsx.close();
  const spikes = { nanovoltsPerBit: 250, threshold: -50, sortedUnits: 2, band: [250, 7500] as const };
  const electrodes = [1, 2].map((electrodeId) => ({ electrodeId, label: `elec${electrodeId}`, ...spikes }));
  const nev = await NevWriter.create(`${stem}.nev`, { comment: 'c', startedAt, electrodes });
  for (let stamp = 0; stamp < 40; stamp += 1) {
    await nev.digital(10 * stamp, stamp);
    await nev.spike(10 * stamp + 5, 1 + (stamp % 2), stamp % 3, wave(1, 48));
  }
  await nev.close();
}

beforeAll(async () => {
  await makeIntan(at('made.rhd'));
  await makeBlackrock(at('made'));
});

describe(`damaged files (NDI_FUZZ_SEED=${fuzzSeed})`, () => {
  it('made Intan file', () => fuzz([at('made.rhd')]), 120_000);
  it('made Blackrock files', () => fuzz([at('made.ns5'), at('made.nev')]), 120_000);
  it.skipIf(!hasFixtures)(
    'recorded and synthetic files of every variant',
    () => {
      const blackrock = ['spec2.1.ns4', 'spec2.2.ns3', 'spec2.3_pauses.ns2', 'spec3.0.ns5', 'spec3.0_ptp_pause.ns2'];
      const events = ['spec2.1.nev', 'spec2.2.nev', 'spec2.3.nev', 'spec3.0_ptp.nev'];
      const intan = ['v1.0.rhd', 'v1.2_temp_adc.rhd', 'v2.0_disabled.rhd', 'v3.2_gap.rhd', 'v3.2_dig_only.rhd'];
      const of = (format: string, names: readonly string[]) =>
        names.map((name) => fixturePath('hardware', format, 'synthetic', name));
      fuzzRecorded([...of('blackrock', [...blackrock, ...events]), ...of('intan-rhd', intan)]);
    },
    120_000,
  );
});
