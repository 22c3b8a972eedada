import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { compareValues, readChannel, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

const files = ['v3.2_dc.rhs', 'v1.0_nodc.rhs', 'v3.2_long.rhs', 'v3.2_truncated.rhs', 'per_signal', 'per_channel'];

interface Facts {
  readonly units?: string;
  readonly gain?: number;
  readonly offset?: number;
}
interface ExpectedStream extends Facts {
  readonly name: string;
  readonly channels: readonly (Facts & { readonly name?: string; readonly native?: string })[];
  readonly values?: readonly (ExpectedValues & { index: number })[];
  readonly segments?: readonly { values: readonly (ExpectedValues & { index: number })[] }[];
}
interface Expected {
  readonly n_samples: number;
  readonly header: { version: number[]; sample_rate: number; groups: { amplifiers: number }[] };
  readonly block?: { trailing_bytes: number };
  readonly streams: readonly ExpectedStream[];
}

const path = (name: string) => fixturePath('hardware', 'intan-rhs', 'synthetic', name);
const load = (name: string) => JSON.parse(readFileSync(`${path(name)}.expected.json`, 'utf8')) as Expected;

/**
 * In the folder of one file a channel (5 of them) the expected values of the DC amplifiers are attributed in the order
 * in which neo met the files: the words of `dc-A-001.dat` stand under A-000. What the file is called decides.
 */
const neoOrder: Record<number, readonly number[]> = { 5: [1, 0, 2, 4, 3] };

/** The channel of NDI that holds a channel of the expected streams. */
function nameOf(expected: Expected, stream: ExpectedStream, index: number): string {
  const count = (part: RegExp) => expected.streams.find(({ name }) => part.test(name))?.channels.length ?? 0;
  const [adcs, dacs] = [count(/board_adc|ADC input/), count(/board_dac|ADC output/)];
  if (/^amplifier|RHS2000/.test(stream.name)) return `ai${index + 1}`;
  if (/^dc_/.test(stream.name)) return `ax${adcs + index + 1}`;
  if (stream.name.startsWith('DC')) return `ax${adcs + (neoOrder[stream.channels.length]?.[index] ?? index) + 1}`;
  // A channel without stimulation has no file: the others keep the number of their amplifier.
  if (/^stim/i.test(stream.name)) {
    const native = stream.channels[index]?.native ?? stream.channels[index]?.name ?? '';
    return `ao${dacs + Number(/A-(\d+)/.exec(native)?.[1]) + 1}`;
  }
  if (/board_adc|ADC input/.test(stream.name)) return `ax${index + 1}`;
  if (/board_dac|ADC output/.test(stream.name)) return `ao${index + 1}`;
  return /digital.*in/.test(stream.name) ? `di${index + 1}` : `do${index + 1}`;
}

describe.skipIf(!hasFixtures)('Intan RHS recordings', () => {
  const context = testContext();

  it.each(files)('%s has the values computed by others', (file) => {
    const expected = load(file);
    const recording = openRecording(path(file));
    const { info } = recording;
    expect(info.format).toBe('intan-rhs');
    expect(info.version).toBe(expected.header.version.join('.'));
    expect(info.channels.find(({ name }) => name === 't1')?.samples).toBe(expected.n_samples);
    const rate = expected.header.sample_rate;
    expect(info.segments).toEqual([
      { start: 0, samples: expected.n_samples, t0: 0, t1: (expected.n_samples - 1) / rate },
    ]);
    for (const stream of expected.streams) {
      for (const values of stream.values ?? stream.segments?.[0]?.values ?? []) {
        const name = nameOf(expected, stream, values.index);
        const facts = stream.gain === undefined ? stream.channels[values.index] : stream;
        const channel = info.channels.find((candidate) => candidate.name === name);
        expect
          .soft([channel?.sampleRate, channel?.gain, channel?.offset], name)
          .toEqual([rate, facts?.gain, facts?.offset]);
        const units = facts?.units === 'a.u.' ? '' : facts?.units;
        expect.soft(channel?.units).toBe(units);
        expect.soft(compareValues(readChannel(context, recording, name), values), `${stream.name} ${name}`).toEqual([]);
      }
    }
    const listed = expected.streams.reduce((sum, { channels }) => sum + channels.length, 0);
    expect(info.channels.length).toBe(listed + 1);
    const trailing = expected.block?.trailing_bytes ?? 0;
    expect(info.problems.some(({ message }) => message.includes(`${trailing} bytes`))).toBe(trailing > 0);
    expect(info.problems.length).toBe(trailing > 0 ? 1 : 0);
  });

  it('gives the DC amplifiers the negative sign of the manufacturer, not that of neo', () => {
    const recording = openRecording(path('v3.2_dc.rhs'));
    const name = recording.info.channels.find(({ label }) => label === 'A-000 DC')?.name ?? '';
    // Word 500 is above zero: -0.01923 x (500 - 512).
    expect(readChannel(context, recording, name)[0]).toBeCloseTo(0.23076, 10);
  });

  it.each([
    ['bad_magic.rhs', 'format.invalid', 'although the name says Intan RHS'],
    ['header_cut.rhs', 'format.truncated', 'ends inside'],
  ])('%s is refused with its reason', (file, code, words) => {
    const broken = fixturePath('hardware', 'intan-rhs', 'malformed', file);
    expect(() => openRecording(broken)).toThrow(expect.objectContaining({ code }));
    expect(() => openRecording(broken)).toThrow(words);
    expect(() => openRecording(broken)).toThrow(broken);
  });

  it('knows the content under the name of RHD', () => {
    const misnamed = fixturePath('hardware', 'intan-rhd', 'malformed', 'is_rhs.rhd');
    const { info } = openRecording(misnamed);
    expect(info.format).toBe('intan-rhs');
    expect(info.why.join(' ')).toContain('does not say so');
  });

  it(`survives damage (NDI_FUZZ_SEED=${fuzzSeed})`, () => fuzzRecorded(files.map(path)), fuzzMs);
});
