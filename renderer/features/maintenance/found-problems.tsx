import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { CheckProblem, CheckReport } from '../../../shared/contract/maintenance.ts';
import { isId } from '../../../shared/model/ids.ts';
import { GradeBadge } from '../../components/problems/grade-badge.tsx';
import { formatNumber, t } from '../../texts/translate.ts';
import classes from './maintenance.module.css';

interface FoundProblemsProps {
  readonly report: CheckReport;
  readonly onOpen: (documentId: string) => void;
}

/** Shown of one kind until the rest is asked for. */
const FEW = 5;

/** What the check found, kind by kind, each with what a repair does about it. */
export function FoundProblems({ report, onOpen }: FoundProblemsProps) {
  if (report.problems.length === 0) {
    return (
      <section className={classes.section} aria-label={t('Problems')}>
        <p className={classes.sound}>
          <IconCircleCheck size={18} aria-hidden /> {t('Database, documents and files are sound.')}
        </p>
      </section>
    );
  }
  const kinds = Object.entries(report.counts);
  return (
    <section className={classes.section} aria-label={t('Problems')}>
      {kinds.map(([code, count]) => (
        <ProblemKind
          key={code}
          code={code}
          count={count}
          problems={report.problems.filter((one) => one.code === code)}
          onOpen={onOpen}
        />
      ))}
    </section>
  );
}

interface ProblemKindProps {
  readonly code: string;
  readonly count: number;
  readonly problems: readonly CheckProblem[];
  readonly onOpen: (documentId: string) => void;
}

function ProblemKind({ code, count, problems, onOpen }: ProblemKindProps) {
  const [first] = problems;
  if (first === undefined) return null;
  const rest = problems.slice(FEW);
  return (
    <article className={classes.kind} aria-label={code}>
      <header className={classes.kindHead}>
        <GradeBadge grade={first.grade} />
        <h3 translate="no">{code}</h3>
        <span>{formatNumber(count)}</span>
        <span className={classes.fix}>
          {first.fix === null ? t('It needs a decision of yours.') : t('Repair: {{what}}', { what: first.fix })}
        </span>
      </header>
      <ul>
        {problems.slice(0, FEW).map((problem, at) => (
          <ProblemLine key={at} problem={problem} onOpen={onOpen} />
        ))}
      </ul>
      {rest.length > 0 && (
        <details>
          <summary>{t('{{n}} more', { n: count - FEW })}</summary>
          <ul>
            {rest.map((problem, at) => (
              <ProblemLine key={at} problem={problem} onOpen={onOpen} />
            ))}
          </ul>
          {count > problems.length && <p>{t('The first {{n}} are listed.', { n: problems.length })}</p>}
        </details>
      )}
    </article>
  );
}

/** Problems of these codes name a document that can be looked at. */
const OF_A_DOCUMENT = /^(dependency|fields|fileTable|document\.(foreign|noSession|duplicateId)|file\.(missing|broken))/;

function ProblemLine({ problem, onOpen }: { readonly problem: CheckProblem; readonly onOpen: (id: string) => void }) {
  const opens = OF_A_DOCUMENT.test(problem.code) && isId(problem.id);
  return (
    <li>
      <span translate="no">{problem.message}</span>
      {opens && (
        <Button variant="subtle" size="compact-xs" onClick={() => onOpen(problem.id)}>
          {t('Show the document')}
        </Button>
      )}
    </li>
  );
}
