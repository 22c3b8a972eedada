import type { SessionInfo } from '../../../shared/contract/sessions.ts';
import { plural } from '../../texts/translate.ts';

/** That something is wrong with a session, for a sign beside its name. */
export interface ProblemMark {
  readonly grade: 'blocks' | 'shouldFix';
  readonly words: string;
}

/** The mark of a session with problems; undefined for one without. */
export function problemMark(info: SessionInfo): ProblemMark | undefined {
  const problems = [...info.problems, ...info.epochs.flatMap((epoch) => epoch.problems)].filter(
    (problem) => problem.grade !== 'note',
  );
  if (problems.length === 0) return undefined;
  return {
    grade: problems.some((problem) => problem.grade === 'blocks') ? 'blocks' : 'shouldFix',
    words: plural(problems.length, '{{count}} problem', '{{count}} problems'),
  };
}
