import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** `| 5.2 | what | `file` “title” |` */
const rows = [
  ...readFileSync(join(root, 'docs', 'ndi-map.md'), 'utf8').matchAll(
    /^\| (\S.*?) +\| .* \| `(\S+\.test\.ts)` “(.*)” +\|$/gm,
  ),
];

describe('the map from NDI-matlab', () => {
  it('names tests that are there', () => {
    expect(rows.length).toBeGreaterThan(60);
    const missing = rows.filter(([, , file = '', title = '']) => {
      const text = readFileSync(join(root, file), 'utf8');
      return !["'", '`'].some((quote) => text.includes(`${quote}${title}${quote}`));
    });
    expect(missing.map(([row]) => row)).toEqual([]);
  });
});
