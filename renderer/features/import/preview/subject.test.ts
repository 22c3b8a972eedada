import { expect, it } from 'vitest';
import { isSubjectIdentifier } from './subject.ts';

it('wants a name and a lab', () => {
  expect(['mouse12@lab.org', 'a@b'].map(isSubjectIdentifier)).toEqual([true, true]);
  expect(['', 'mouse', '@lab', 'mouse@', 'a b@lab', 'a@b@c'].some(isSubjectIdentifier)).toBe(false);
});
