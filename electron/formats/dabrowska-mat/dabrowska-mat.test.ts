import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzz, fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { compareValues, readChannel, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import { madeMat, row, type Made } from '../mat/made-mat.ts';
import { openRecording, recognise } from '../registry.ts';

interface ExpectedMatrix {
  readonly shape: readonly [number, number];
  readonly columns: readonly (ExpectedValues & { readonly index: number })[];
}

interface Expected {
  readonly Pars: { readonly sampleRate: readonly [number]; readonly triggerTime: readonly number[] };
  readonly inputData: ExpectedMatrix;
  readonly outputData: ExpectedMatrix;
}

const files = ['steps3_compressed.mat', 'steps5.mat'];
const pathOf = (name: string) => fixturePath('hardware', 'dabrowska-mat', 'synthetic', name);

describe.skipIf(!hasFixtures)('recordings of the Dabrowska laboratory', () => {
  it.each(files)('%s has the values that SciPy finds', (name) => {
    const expected = JSON.parse(readFileSync(`${pathOf(name)}.expected.json`, 'utf8')) as Expected;
    const recording = openRecording(pathOf(name));
    const [rows] = expected.inputData.shape;
    expect(recording.info.startedAt).toBe('2024-03-04T12:00:00.000');
    expect(recording.info.segments.map(({ t0 }) => t0)).toEqual(
      expected.Pars.triggerTime.map((time) => Math.round((time - 739315.5) * 86_400 * 10_000) / 10_000),
    );
    for (const [channel, matrix] of [
      ['ai1', expected.inputData],
      ['ao1', expected.outputData],
    ] as const) {
      const values = readChannel(testContext(), recording, channel);
      for (const column of matrix.columns) {
        const step = values.subarray(column.index * rows, (column.index + 1) * rows);
        expect.soft(compareValues(step, column), `${channel} ${column.index}`).toEqual([]);
      }
    }
  });

  it(`may be damaged (NDI_FUZZ_SEED=${fuzzSeed})`, () => fuzzRecorded(files.map(pathOf)), fuzzMs);
});

describe('a MAT file of steps', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ndi-dabrowska-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const whole = {
    Pars: { triggerTime: row(739_000.5, 739_000.5 + 2 / 86_400), duration: row(3), sampleRate: row(1000), who: 'me' },
    inputData: { rows: 3, columns: 2, values: Int16Array.from([1, 2, 3, -4, -5, -6]) },
    outputData: { rows: 3, columns: 2, values: Float64Array.from([0.5, 0, 0, 0, 0, 0.25]) },
    other: { inside: { deeper: row(1) } },
  } as const;
  const write = (variables: Readonly<Record<string, Made>>, compressed = false) => {
    const path = join(folder, 'steps.mat');
    writeFileSync(path, madeMat(variables, compressed));
    return path;
  };

  it.each([false, true])('is read, compressed: %s', (compressed) => {
    const recording = openRecording(write(whole, compressed));
    expect([...readChannel(testContext(), recording, 'ai1')]).toEqual([1, 2, 3, -4, -5, -6]);
    expect([...readChannel(testContext(), recording, 'ao1')]).toEqual([0.5, 0, 0, 0, 0, 0.25]);
    expect(recording.info.segments.map(({ t0 }) => t0)).toEqual([0, 2]);
    expect(recording.info.extent?.t1).toBeCloseTo(2.003, 4);
  });

  it('ends where zeros follow, gigabytes of them', () => {
    const path = write(whole);
    truncateSync(path, 6 * 2 ** 30);
    expect([...readChannel(testContext(), openRecording(path), 'ai1')]).toEqual([1, 2, 3, -4, -5, -6]);
  });

  it('is no recording without its three variables', () => {
    const { Pars, inputData } = whole;
    expect(recognise(write({ Pars })).sniffs).toEqual([]);
    expect(() => openRecording(write({ Pars, inputData }))).toThrow('lacks the variable outputData');
  });

  it.each([
    [
      'a parameter is missing',
      { ...whole, Pars: { duration: row(3), sampleRate: row(1000) } },
      'lacks the numbers triggerTime',
    ],
    ['times and columns differ', { ...whole, inputData: row(1, 2, 3) }, 'inputData has 3 columns for 2 times'],
    ['the rate is not one', { ...whole, Pars: { ...whole.Pars, sampleRate: row(0) } }, 'Pars.sampleRate is 0'],
    ['it would never end', { ...whole, Pars: { ...whole.Pars, sampleRate: row(5e-324) } }, 'to Infinity s'],
  ])('is refused when %s', (_, variables, words) => {
    const path = write(variables);
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
    expect(() => openRecording(path)).toThrow(words);
  });

  it(
    `may be damaged, plain or compressed (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      const wave = (from: number) => Float64Array.from({ length: 400 }, (_, at) => from + 40 * Math.sin(at / 3));
      const steps = {
        ...whole,
        Pars: { ...whole.Pars, duration: row(200) },
        inputData: { rows: 200, columns: 2, values: Int16Array.from(wave(50)) },
        outputData: { rows: 200, columns: 2, values: wave(60) },
      };
      const [plain, packed] = [join(folder, 'plain.mat'), join(folder, 'packed.mat')];
      writeFileSync(plain, madeMat(steps));
      writeFileSync(packed, madeMat(steps, true));
      fuzz([plain, packed]);
    },
    fuzzMs,
  );
});
