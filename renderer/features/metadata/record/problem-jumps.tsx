import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { DraftProblem } from '../../../../shared/contract/forms.ts';
import { plural, t } from '../../../texts/translate.ts';
import classes from '../metadata.module.css';

type JumpProblem = Pick<DraftProblem, 'field' | 'message' | 'grade'> & {
  /** What is shown of the place, where that is not the field. */
  readonly where?: string;
};

interface ProblemJumpsProps {
  readonly problems: readonly JumpProblem[];
  /** Whether these are the problems of what stands in the form now. */
  readonly current: boolean;
  readonly onJump: (field: string) => void;
}

/** What is wrong, as a list that leads to the fields. */
export function ProblemJumps({ problems, current, onJump }: ProblemJumpsProps) {
  if (problems.length === 0) {
    if (!current) return <p className={classes.about}>{t('Checking…')}</p>;
    return (
      <p className={classes.fine} role="status">
        <IconCircleCheck size={16} aria-hidden /> {t('Nothing is missing.')}
      </p>
    );
  }
  return (
    <section aria-label={t('Problems')} className={classes.problems}>
      <h3 role="status">
        <IconAlertTriangle size={16} aria-hidden /> {plural(problems.length, '{{count}} problem', '{{count}} problems')}
      </h3>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.field} ${problem.message}`}>
            <button type="button" className={classes.jump} onClick={() => onJump(problem.field)}>
              <span className={problem.grade === 'blocks' ? classes.blocks : classes.shouldFix}>
                {problem.grade === 'blocks' ? t('must') : t('should')}
              </span>
              <span translate="no">{problem.where ?? problem.field}</span>
              <span>{problem.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Brings a field of the form into sight and puts the cursor into it; the nearest group where there is no such field. */
export function jumpToField(root: HTMLElement | null, field: string): void {
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const row = root?.querySelector<HTMLElement>(
      `[data-field="${CSS.escape(path)}"], [data-field^="${CSS.escape(path)}."]`,
    );
    if (row === null || row === undefined) continue;
    row.scrollIntoView({ block: 'center' });
    row.querySelector<HTMLElement>('input, textarea, button')?.focus();
    return;
  }
}
