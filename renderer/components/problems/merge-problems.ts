import type { Problem } from '../../../shared/contract/common.ts';

/** Problems that say the same about several files. */
export interface MergedProblem extends Problem {
  /** How often it was met. */
  readonly count: number;
}

const GRADES: readonly Problem['grade'][] = ['blocks', 'shouldFix', 'note'];

/** Merges problems of one grade, code and sentence; the gravest come first, then those met most often. */
export function mergeProblems(problems: readonly Problem[]): MergedProblem[] {
  const merged = new Map<string, { problem: Problem; count: number; paths: Set<string> }>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.grade, problem.code, sentenceWithoutPaths(problem)]);
    const known = merged.get(key) ?? { problem, count: 0, paths: new Set<string>() };
    known.count += 1;
    for (const path of problem.paths) known.paths.add(path);
    merged.set(key, known);
  }
  return [...merged.values()]
    .map(({ problem, count, paths }) => ({ ...problem, count, paths: [...paths] }))
    .sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade) || b.count - a.count);
}

/** Equal sentences may name the files they are about: those are listed beneath anyway. */
function sentenceWithoutPaths({ message, paths }: Problem): string {
  let sentence = message;
  for (const path of paths) {
    const name = path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
    sentence = sentence.replaceAll(path, '*').replaceAll(name, '*');
  }
  return sentence;
}

/** The gravest grade among problems; null when there are none. */
export function gravest(problems: readonly Problem[]): Problem['grade'] | null {
  return GRADES.find((grade) => problems.some((problem) => problem.grade === grade)) ?? null;
}
