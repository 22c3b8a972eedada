import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzzMs, fuzzReader, fuzzSeed } from '../../signal/fuzz-support.ts';
import { openImages } from './open-images.ts';
import { madePng, madeTiff } from './testing/made-images.ts';

const root = temporaryFolder('ndi-images-fuzz');
const [width, height] = [40, 30];
const page = (seed: number) => Array.from({ length: width * height }, (_, at) => (at * 7919 + seed * at * at) % 65_536);
const base = { width, height, pages: [page(1), page(2)] };

let files: string[];
beforeAll(() => {
  mkdirSync(root, { recursive: true });
  const made = {
    'plain.tif': madeTiff({ ...base, rowsPerStrip: 4 }),
    'tiles.tif': madeTiff({ ...base, tile: [16, 16], compression: 'deflate', predictor: 2, big: true }),
    'lzw.tif': madeTiff({ ...base, compression: 'lzw', bigEndian: true }),
    'packed.tif': madeTiff({ ...base, compression: 'packbits', rowsPerStrip: 3 }),
    'grey.png': madePng(
      width,
      height,
      8,
      0,
      Array.from({ length: height }, (_, row) =>
        Buffer.from(
          page(1)
            .slice(row * width, (row + 1) * width)
            .map((value) => value & 255),
        ),
      ),
    ),
  };
  files = Object.entries(made).map(([name, bytes]) => {
    writeFileSync(join(root, name), bytes);
    return join(root, name);
  });
});

it(
  `damaged pictures are read or refused (NDI_FUZZ_SEED=${fuzzSeed})`,
  async () => {
    await fuzzReader(files, (path) => {
      const { layout, readFrame } = openImages({
        kind: 'file',
        path,
        raw: { order: 'YXT', size: [height, width, 2], dataType: 'uint8' },
      });
      const at = layout.axes.map(({ size }) => size - 1);
      // As the page asks: no more than fits a screen.
      readFrame(at, Math.max(1, Math.ceil(Math.sqrt((layout.width * layout.height) / 4_000_000))));
    });
  },
  fuzzMs,
);
