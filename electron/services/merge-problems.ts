import { basename, parse } from 'node:path';
import type { Problem } from '../../shared/contract/common.ts';

/** From worst to least. */
const GRADES = ['blocks', 'shouldFix', 'note'] as const;

/**
 * Puts equal problems together: those of one grade, code and sentence that differ by the file's name only. One that was
 * said before of the same file is left out. Worst first.
 */
export function mergeProblems(problems: readonly Problem[]): Problem[] {
  const kinds = new Map<string, { first: Problem; sentence: string; paths: Set<string>; count: number }>();
  const said = new Set<string>();
  for (const problem of problems) {
    const exact = JSON.stringify([problem.grade, problem.code, problem.message, problem.paths]);
    if (said.has(exact)) continue;
    said.add(exact);
    const sentence = withoutNames(problem);
    const key = [problem.grade, problem.code, sentence].join('\n');
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { first: problem, sentence, paths: new Set(problem.paths), count: 1 });
    else {
      kind.count++;
      for (const path of problem.paths) kind.paths.add(path);
    }
  }
  const merged = [...kinds.values()].map(({ first, sentence, paths, count }) => ({
    ...first,
    message: count === 1 ? first.message : `${count} times: ${sentence}`,
    paths: [...paths],
  }));
  return merged.sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade));
}

/** The sentence with `…` for the names of its files, and for that part of them by which files beside them are named. */
function withoutNames(problem: Problem): string {
  const names = problem.paths
    .flatMap((path) => [path, basename(path), stemOf(path)])
    .sort((a, b) => b.length - a.length);
  return names.reduce(
    (sentence, name) => (name === '' ? sentence : sentence.replaceAll(name, name.endsWith('.') ? '….' : '…')),
    problem.message,
  );
}

/** Name and dot without the ending: `run1.` of `run1.meta`, beside which `run1.bin` may be missing. */
function stemOf(path: string): string {
  const { name, ext } = parse(path);
  return ext === '' ? '' : `${name}.`;
}
