import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { colorTable, toLevels } from '../../shared/model/contrast.ts';
import { openImages } from '../formats/images/open-images.ts';
import { writePng } from './png-writer.ts';

it('levels and their colours come back from the file', () => {
  const levels = toLevels([0, 50, 100, 200, 150, NaN], { low: 0, high: 200 });
  const table = colorTable('viridis');
  const path = join(temporaryFolder('ndi-png'), 'x.png');
  writeFileSync(path, writePng(levels, 3, 2, table));
  const images = openImages({ kind: 'file', path, raw: null });
  expect(images.layout).toMatchObject({ width: 3, height: 2, axes: [{ letter: 'C', size: 3 }] });
  for (const part of [0, 1, 2]) {
    expect([...images.readFrame([part], 1)]).toEqual([...levels].map((level) => table[3 * level + part]));
  }
});
