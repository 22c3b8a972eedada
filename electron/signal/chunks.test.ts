import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { forEachChunk } from './chunks.ts';
import { testContext } from './test-support.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-chunks-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PER_BLOCK = 16;
const OFFSET = 777;

/** A file of blocks with one channel at byte 40 of each, all other bytes 0xff, and its run. */
function blocksOf(blockBytes: number, blocks: number) {
  const bytes = new Uint8Array(OFFSET + blocks * blockBytes).fill(0xff);
  const view = new DataView(bytes.buffer);
  for (let sample = 0; sample < blocks * PER_BLOCK; sample += 1) {
    const inBlock = 40 + 2 * (sample % PER_BLOCK);
    view.setUint16(OFFSET + Math.floor(sample / PER_BLOCK) * blockBytes + inBlock, sample, true);
  }
  const file = join(folder, `${blockBytes}.bin`);
  writeFileSync(file, bytes);
  const samples = blocks * PER_BLOCK - 5;
  return { file, offset: OFFSET, blockBytes, samplesPerBlock: PER_BLOCK, first: 3, samples, firstSample: 0, t0: 0 };
}

it.each([
  [100, 9000],
  [30_000, 200],
])('gives the samples of blocks of %s bytes, whether what lies between is read or skipped', (blockBytes, blocks) => {
  const run = blocksOf(blockBytes, blocks);
  const context = testContext();
  const channel = { number: 1, name: 'ai1', type: 'analog_in', units: 'V', sampleRate: 1, samples: 1 } as never;
  const clock = vi.spyOn(performance, 'now');
  for (const readMs of [0, 1e6]) {
    let now = 0;
    clock.mockImplementation(() => (now += readMs));
    const found: number[] = [];
    forEachChunk(context, run, [{ channel, channelOffset: 40 }], 1, run.samples, ({ src, p0, from, to }) => {
      for (let sample = from; sample < to; sample += 1) {
        const position = p0 + sample - from;
        const at = src + 40 + Math.floor(position / PER_BLOCK) * blockBytes + 2 * (position % PER_BLOCK);
        found.push(context.scratch.u16(at, 1)[0] ?? NaN);
      }
    });
    expect(found).toEqual(Array.from({ length: run.samples - 1 }, (_, index) => (index + 4) & 0xffff));
  }
  clock.mockRestore();
  context.files.closeAll();
});
