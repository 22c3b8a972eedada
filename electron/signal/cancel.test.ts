import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { writeNs5 } from '../../bench/generate.ts';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { openRecording } from '../formats/registry.ts';
import type { SignalContext } from './chunks.ts';
import { FileHandles } from './file-handles.ts';
import { testContext } from './test-support.ts';
import { computeView } from './view.ts';

const folder = temporaryFolder('ndi-cancel');
const path = join(folder, 'long.ns5');
beforeAll(() => writeNs5(path, 32, 32e6));

/** A thread's tools that count what is read, told to stop at the so many-th look. */
function counting(stopAt: number): { context: SignalContext; reads: () => number } {
  let reads = 0;
  let looks = 0;
  class Counted extends FileHandles {
    override readInto(...parts: Parameters<FileHandles['readInto']>): void {
      reads += 1;
      super.readInto(...parts);
    }
  }
  const context = { ...testContext(), files: new Counted(), isCancelled: () => (looks += 1) >= stopAt };
  return { context, reads: () => reads };
}

it.each([
  ['as it is', undefined],
  ['filtered', { low: 300, high: null, order: 3, phase: 'zero' as const, reference: 'none' as const }],
])('a view %s that is cancelled ends at the next chunk, whatever is left to read', (_, processing) => {
  const recording = openRecording(path);
  const query = { channels: 'all', t0: 0, t1: 15, columns: 500, processing };
  const whole = counting(Infinity);
  computeView(whole.context, recording, query);
  const stopped = counting(3);
  expect(() => computeView(stopped.context, recording, query)).toThrow(
    expect.objectContaining({ code: 'app.cancelled' }),
  );
  expect(whole.reads()).toBeGreaterThan(20);
  expect(stopped.reads()).toBeLessThan(6);
});
