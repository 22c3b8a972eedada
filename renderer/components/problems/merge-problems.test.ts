import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../shared/contract/common.ts';
import { gravest, mergeProblems } from './merge-problems.ts';

const problem = (grade: Problem['grade'], message: string, ...paths: string[]): Problem => ({
  grade,
  code: 'format.truncated',
  message,
  paths,
});

describe('mergeProblems', () => {
  it('merges what differs in the file only, counts it and lists every file once', () => {
    const merged = mergeProblems([
      problem('note', 'a.rhd ends early', '/data/a.rhd'),
      problem('note', 'b.rhd ends early', '/data/b.rhd'),
      problem('note', 'b.rhd ends early', '/data/b.rhd'),
    ]);
    expect(merged.map(({ count, paths }) => ({ count, paths }))).toEqual([
      { count: 3, paths: ['/data/a.rhd', '/data/b.rhd'] },
    ]);
  });

  it('keeps grades apart and puts the gravest first', () => {
    const merged = mergeProblems([
      problem('note', 'n'),
      problem('shouldFix', 's'),
      problem('shouldFix', 's2'),
      problem('shouldFix', 's2'),
      problem('blocks', 'n'),
    ]);
    expect(merged.map(({ grade, message }) => [grade, message])).toEqual([
      ['blocks', 'n'],
      ['shouldFix', 's2'],
      ['shouldFix', 's'],
      ['note', 'n'],
    ]);
  });
});

it('gravest', () => {
  expect(gravest([])).toBeNull();
  expect(gravest([problem('note', ''), problem('shouldFix', '')])).toBe('shouldFix');
});
