import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording, recognise } from '../registry.ts';
import { madeBjg } from './made-bjg.ts';

const folder = temporaryFolder('ndi-bjg');
function write(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('BJG files', () => {
  it('are known by their header and read sample by sample', () => {
    const path = write('a.bin', madeBjg({ rate: 1250.5, labels: ['left', 'right'], samples: 50 }));
    expect(recognise(path).sniffs.map(({ format }) => format)).toEqual(['bjg']);
    const recording = openRecording(path);
    expect(recording.info.segments).toEqual([{ start: 0, samples: 50, t0: 0, t1: 49 / 1250.5 }]);
    expect(recording.info.channels.map(({ name, label, sampleRate }) => [name, label, sampleRate])).toEqual([
      ['ai1', 'left', 1250.5],
      ['ai2', 'right', 1250.5],
      ['t1', 'time', 1250.5],
    ]);
    const right = Array.from({ length: 50 }, (_, at) => Math.fround(0.5 + at + 0.25));
    expect([...readChannel(testContext(), recording, 'ai2')]).toEqual(right);
  });

  it('that are cut are read as far as they go, and say so', () => {
    const whole = madeBjg({ labels: ['a', 'b'], samples: 10 });
    const { segments, problems } = openRecording(write('cut.bin', whole.subarray(0, -3))).info;
    expect(segments[0]?.samples).toBe(9);
    expect(problems[0]).toMatchObject({
      code: 'format.truncated',
      message: expect.stringContaining('5 bytes') as string,
    });
    const few = openRecording(write('few.bin', madeBjg({ channels: 3, labels: ['a'], samples: 5 }))).info;
    expect(few.problems[0]?.message).toContain('names 1 channels, of 3');
    expect(few.channels[2]?.label).toBe('channel 3');
  });

  it.each([
    ['channels', { channels: 0 }],
    ['rate', { rate: 0 }],
  ])('whose header does not tell the %s are refused', (field, change) => {
    const path = write('wrong.bin', madeBjg({ labels: ['a'], samples: 5, ...change }));
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
    expect(() => openRecording(path)).toThrow(field);
  });

  it(`survive damage (seed ${fuzzSeed})`, { timeout: fuzzMs }, () => {
    fuzz([write('fuzz.bin', madeBjg({ labels: ['a', 'b', 'c'], samples: 300 }))]);
  });
});
