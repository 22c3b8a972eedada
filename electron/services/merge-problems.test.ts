import { expect, test } from 'vitest';
import type { Problem } from '../../shared/contract/common.ts';
import { mergeProblems } from './merge-problems.ts';

function problem(grade: Problem['grade'], message: string, path: string): Problem {
  return { grade, code: 'format.truncated', message, paths: [path] };
}

test('equal problems of several files become one with a count, the worst first', () => {
  const merged = mergeProblems([
    problem('note', '/a/x.rhd is cut.', '/a/x.rhd'),
    problem('note', '/a/y.rhd is cut.', '/a/y.rhd'),
    problem('blocks', '/a/z.rhd is empty.', '/a/z.rhd'),
  ]);
  expect(merged).toEqual([
    problem('blocks', '/a/z.rhd is empty.', '/a/z.rhd'),
    { ...problem('note', '2 times: … is cut.', '/a/x.rhd'), paths: ['/a/x.rhd', '/a/y.rhd'] },
  ]);
});

test('the same said twice of one file is said once', () => {
  const same = problem('shouldFix', '/a may not be opened by you.', '/a');
  expect(mergeProblems([same, { ...same }])).toEqual([same]);
});
