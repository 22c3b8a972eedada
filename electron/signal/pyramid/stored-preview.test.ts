import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { blockSamples, rhdFile } from '../../formats/intan-rhd/made-rhd.ts';
import { openRecording } from '../../formats/registry.ts';
import { fuzzMs, fuzzReader, fuzzSeed } from '../fuzz-support.ts';
import { readChannel, testContext } from '../test-support.ts';
import { computeView, wholeView } from '../view.ts';
import { encodePyraHeader, pyraTypes } from './pyra-file.ts';
import { openPreview } from './stored-preview.ts';

const folder = temporaryFolder('ndi-preview');
const made = { major: 3, minor: 2 } as const;
const RATE = 20_000;
const CHANNELS = ['ai1', 'ai2'];

/** A level as NDI keeps it: a header, then minimum and maximum of every cell and channel. */
function level(channels: readonly Float64Array[], factor: number): Buffer {
  const rows = Math.floor((channels[0]?.length ?? 0) / factor);
  const rates = { sampleRate: RATE / factor, nativeRate: RATE, startTime: 0, decimation: factor };
  const header = encodePyraHeader({ dataType: pyraTypes.float64, channels: channels.length, ...rates });
  const pairs = Array.from({ length: rows }, (_, row) =>
    channels.flatMap((values) => {
      const cell = values.subarray(row * factor, (row + 1) * factor);
      return [Math.min(...cell), Math.max(...cell)];
    }),
  ).flat();
  return Buffer.concat([header, Buffer.from(Float64Array.from(pairs).buffer)]);
}

it(
  `previews that a session keeps may be damaged: then the recording answers (NDI_FUZZ_SEED=${fuzzSeed})`,
  async () => {
    const path = join(folder, 'made.rhd');
    const blocks = 6;
    writeFileSync(path, rhdFile(made, blocks));
    const context = testContext();
    const recording = openRecording(path);
    const channels = CHANNELS.map((name) => readChannel(context, recording, name));
    const keep = (...factors: number[]) => {
      const levels = join(folder, factors.join(' '));
      mkdirSync(levels);
      factors.forEach((factor, at) => writeFileSync(join(levels, `level${at + 1}.bin`), level(channels, factor)));
      return levels;
    };
    const [two, one] = [keep(16, 128), keep(128)];
    const query = { channels: 'ai1-2', t0: 0, t1: (blocks * blockSamples(made)) / RATE, columns: blocks };
    const open = (from: string) => {
      const files = [1, 2].map((number) => join(from, `level${number}.bin`));
      return openPreview(recording, { channels: CHANNELS, files }, 0);
    };
    const view = (from: string) => {
      const preview = open(from);
      return {
        preview,
        frame: computeView(context, recording, query, wholeView, null, preview === null ? [] : [preview]),
      };
    };
    const plain = computeView(context, recording, query);
    const sound = view(two);
    expect([plain.header.level, sound.frame.header.level]).toEqual([0, 1]);
    let [used, passed] = [0, 0];
    await fuzzReader(
      [two, one],
      (damaged) => {
        const { preview, frame } = view(damaged);
        context.files.closeAll();
        // What a level says of its own cells cannot be checked; where no level is believed, the samples answer.
        if (preview === null) {
          passed += 1;
          expect(frame.body).toEqual(plain.body);
        } else used += 1;
        expect(frame.header.channels.map(({ name }) => name)).toEqual(CHANNELS);
      },
      { neverRefused: true },
    );
    expect([used > 0, passed > 0]).toEqual([true, true]);
  },
  fuzzMs,
);
