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

test('a file that is missing beside each of several counts as one problem', () => {
  const missing = (name: string) => problem('shouldFix', `${name}.ap.bin is not beside it.`, `/a/${name}.ap.meta`);
  const [merged, ...others] = mergeProblems([missing('run1'), missing('run2')]);
  expect(others).toEqual([]);
  expect(merged).toMatchObject({
    message: '2 times: ….bin is not beside it.',
    paths: ['/a/run1.ap.meta', '/a/run2.ap.meta'],
  });
});

test('the same said twice of one file is said once', () => {
  const same = problem('shouldFix', '/a may not be opened by you.', '/a');
  expect(mergeProblems([same, { ...same }])).toEqual([same]);
});
