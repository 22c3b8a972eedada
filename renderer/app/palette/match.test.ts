import { expect, it } from 'vitest';
import { matchScore } from './match.ts';

it('finds words in any order, beginnings of words, and initials', () => {
  const text = 'Make a sample session';
  expect(matchScore('', text)).toBeGreaterThan(0);
  expect(matchScore('session make', text)).toBeGreaterThan(0);
  expect(matchScore('mass', text)).toBeGreaterThan(0);
  expect(matchScore('mx', text)).toBe(0);
  expect(matchScore('make', text)).toBeGreaterThan(matchScore('sam', text));
  expect(matchScore('sam', text)).toBeGreaterThan(matchScore('ample', text));
});
