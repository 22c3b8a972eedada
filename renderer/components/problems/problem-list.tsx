import type { Problem } from '../../../shared/contract/common.ts';
import { plural, t } from '../../texts/translate.ts';
import { ElidedText } from '../elided-text.tsx';
import { GradeBadge } from './grade-badge.tsx';
import { mergeProblems, type MergedProblem } from './merge-problems.ts';
import classes from './problems.module.css';

/** What was noticed, the gravest first; equal problems are merged with their count, files folded beneath. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul className={classes.list} aria-label={t('Problems')}>
      {mergeProblems(problems).map((problem, index) => (
        <ProblemItem key={index} problem={problem} />
      ))}
    </ul>
  );
}

function ProblemItem({ problem }: { readonly problem: MergedProblem }) {
  return (
    <li className={classes.item}>
      <GradeBadge grade={problem.grade} />
      <div className={classes.words}>
        <span translate="no">{problem.message}</span>
        {problem.count > 1 && <span className={classes.count}> {t('({{n}} times)', { n: problem.count })}</span>}
        <ProblemPaths problem={problem} />
      </div>
    </li>
  );
}

/** The files that a problem is about, unless its sentence names the only one. */
function ProblemPaths({ problem: { paths, message } }: { readonly problem: MergedProblem }) {
  const [only] = paths;
  if (only === undefined || (paths.length === 1 && message.includes(only))) return null;
  if (paths.length === 1) {
    return (
      <div className={classes.count}>
        <ElidedText text={only} mono />
      </div>
    );
  }
  return (
    <details>
      <summary>{plural(paths.length, '{{count}} path', '{{count}} paths')}</summary>
      {paths.map((path) => (
        <div key={path} className={classes.path}>
          <ElidedText text={path} mono />
        </div>
      ))}
    </details>
  );
}
