import { Button, Progress } from '@mantine/core';
import { IconCircleCheck, IconListCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { CallOutputs } from '../../../shared/contract/contract.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { client } from '../../state/client.ts';
import { useJobs } from '../../state/jobs.ts';
import { formatNumber, plural, t } from '../../texts/translate.ts';
import classes from './maintenance.module.css';

interface DocumentRulesProps {
  readonly path: string;
  readonly onOpen: (documentId: string) => void;
}

type Report = CallOutputs['edits']['validate'];
type State =
  | { readonly step: 'asked for nothing' }
  | { readonly step: 'running' }
  | { readonly step: 'done'; readonly report: Report }
  | { readonly step: 'failed'; readonly error: NdiError };

/** Shown of one rule until the rest is asked for. */
const FEW = 5;

/** Whether the documents keep to the rules of their types: looked at when somebody asks, for it may take a while. */
export function DocumentRules({ path, onOpen }: DocumentRulesProps) {
  const [state, setState] = useState<State>({ step: 'asked for nothing' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const check = async () => {
    const controller = new AbortController();
    running.current = controller;
    setState({ step: 'running' });
    try {
      const report = await client.edits.validate({ path }, { signal: controller.signal });
      setState({ step: 'done', report });
    } catch (thrown) {
      const error = toNdiError(thrown);
      const cancelled = controller.signal.aborted || error.code === 'app.cancelled';
      setState(cancelled ? { step: 'asked for nothing' } : { step: 'failed', error });
    }
  };
  return (
    <section className={classes.section} aria-label={t('Rules of the documents')}>
      <h2>{t('Rules of the documents')}</h2>
      {state.step === 'asked for nothing' && (
        <p className={classes.quiet}>
          {t('Each type of document has rules of NDI: which fields there are and what they hold.')}
        </p>
      )}
      {state.step === 'running' && <RunningCheck onCancel={() => running.current?.abort()} />}
      {state.step === 'failed' && <ErrorState inline error={state.error} onRetry={() => void check()} />}
      {state.step === 'done' && <BrokenRules report={state.report} onOpen={onOpen} />}
      {state.step !== 'running' && state.step !== 'failed' && (
        <Button variant="default" leftSection={<IconListCheck size={16} aria-hidden />} onClick={() => void check()}>
          {state.step === 'done' ? t('Check the rules again') : t('Check the rules of all documents')}
        </Button>
      )}
    </section>
  );
}

function RunningCheck({ onCancel }: { readonly onCancel: () => void }) {
  const job = useJobs(({ jobs }) => jobs.findLast((one) => one.state === 'running' && one.title === JOB));
  return (
    <div className={classes.running} role="status">
      <span>{t('Checking the rules…')}</span>
      <Progress
        className={classes.progress}
        value={(job?.fraction ?? 0) * 100}
        aria-label={t('Progress of the check')}
      />
      <span className={classes.quiet}>{job?.detail}</span>
      <Button variant="default" size="compact-sm" onClick={onCancel}>
        {t('Cancel')}
      </Button>
    </div>
  );
}

/** The title under which the services run it. */
const JOB = 'Checking the rules of documents';

function BrokenRules({ report, onOpen }: { readonly report: Report; readonly onOpen: (id: string) => void }) {
  const { ok, documents, found, problems } = report;
  if (ok) {
    return (
      <p className={classes.sound} role="status">
        <IconCircleCheck size={18} aria-hidden />
        {plural(documents, '{{count}} document keeps to its rules.', '{{count}} documents keep to their rules.')}
      </p>
    );
  }
  const byRule = Map.groupBy(problems, ({ class: className, field, rule }) => [className, field, rule].join('\n'));
  return (
    <>
      <p role="status">
        {plural(found, '{{count}} breach of a rule', '{{count}} breaches of rules')}{' '}
        {plural(documents, 'in {{count}} document.', 'in {{count}} documents.')}
      </p>
      {[...byRule].map(([key, same]) => (
        <article key={key} className={classes.kind}>
          <header className={classes.kindHead}>
            <h3 translate="no">
              {same[0]?.class} {same[0]?.field}
            </h3>
            <span>{formatNumber(same.length)}</span>
            <span className={classes.fix} translate="no">
              {same[0]?.rule}
            </span>
          </header>
          <ul>
            {same.slice(0, FEW).map((problem, at) => (
              <BrokenRule key={at} problem={problem} onOpen={onOpen} />
            ))}
          </ul>
          {same.length > FEW && (
            <details>
              <summary>{t('{{n}} more', { n: same.length - FEW })}</summary>
              <ul>
                {same.slice(FEW).map((problem, at) => (
                  <BrokenRule key={at} problem={problem} onOpen={onOpen} />
                ))}
              </ul>
            </details>
          )}
        </article>
      ))}
      {problems.length < found && (
        <p className={classes.quiet}>{t('The first {{n}} are listed.', { n: problems.length })}</p>
      )}
    </>
  );
}

function BrokenRule({
  problem,
  onOpen,
}: {
  readonly problem: Report['problems'][number];
  readonly onOpen: (id: string) => void;
}) {
  const { id, name, value } = problem;
  return (
    <li>
      <span translate="no">
        {name || id}
        {value === '' ? '' : `: ${value.slice(0, 80)}`}
      </span>
      <Button variant="subtle" size="compact-xs" onClick={() => onOpen(id)}>
        {t('Show the document')}
      </Button>
    </li>
  );
}
