import { expect, it } from 'vitest';
import { pathSchema } from './common.ts';

it.each([
  ['/data/ferret 22', true],
  ['two\nlines/\u202Eright to left', true],
  ['', false],
  ['nul\0character', false],
  ['x'.repeat(40_000), false],
])('%j is a path: %s', (path, isPath) => {
  expect(pathSchema.safeParse(path).success).toBe(isPath);
});
