import type { Problem } from '../../../../shared/contract/common.ts';
import type { ScanResult } from '../../../../shared/contract/imports.ts';
import type { PlanProblem } from '../../../../shared/model/import-plan/planned.ts';
import { GradeBadge } from '../../../components/problems/grade-badge.tsx';
import { gravest, mergeProblems } from '../../../components/problems/merge-problems.ts';
import { ProblemList } from '../../../components/problems/problem-list.tsx';
import { plural, t } from '../../../texts/translate.ts';
import classes from './preview-problems.module.css';
import { SkippedList } from './skipped-list.tsx';

interface PreviewProblemsProps {
  readonly scan: ScanResult;
  /** Problems of what was chosen. */
  readonly more: readonly PlanProblem[];
}

const GRADES: readonly Problem['grade'][] = ['blocks', 'shouldFix', 'note'];

/** Problems of the whole folder by grade and what was skipped: folded unless they keep the session from being made. */
export function PreviewProblems({ scan, more }: PreviewProblemsProps) {
  const problems = [...more, ...scan.problems];
  const grade = gravest(problems);
  if (grade === null && scan.skipped.length === 0) return null;
  const merged = mergeProblems(problems);
  const isBlocked = more.some((problem) => problem.grade === 'blocks');
  return (
    <div className={classes.problems}>
      {grade !== null && (
        <details open={isBlocked} key={String(isBlocked)}>
          <summary>
            {t('Problems')}{' '}
            {GRADES.map((one) => {
              const count = merged.filter((problem) => problem.grade === one).length;
              return count === 0 ? null : (
                <span key={one}>
                  <GradeBadge grade={one} words={gradeCount(one, count)} />{' '}
                </span>
              );
            })}
          </summary>
          <ProblemList problems={problems} />
        </details>
      )}
      <SkippedList skipped={scan.skipped} />
    </div>
  );
}

function gradeCount(grade: Problem['grade'], count: number): string {
  switch (grade) {
    case 'blocks':
      return plural(count, '{{count}} blocking', '{{count}} blocking');
    case 'shouldFix':
      return plural(count, '{{count}} to look at', '{{count}} to look at');
    case 'note':
      return plural(count, '{{count}} note', '{{count}} notes');
  }
}
