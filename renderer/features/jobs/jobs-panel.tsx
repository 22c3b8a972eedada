import { Button, Progress } from '@mantine/core';
import type { Job } from '../../../shared/contract/application.ts';
import { endTexts } from '../../../shared/model/endings.ts';
import { fromErrorReport } from '../../../shared/model/errors.ts';
import { CommandButton } from '../../components/command-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { cancelJob, clearJobs, useJobs } from '../../state/jobs.ts';
import { formatDate, formatNumber, plural, t } from '../../texts/translate.ts';
import classes from './jobs-panel.module.css';

/** Long work: what runs, how far it is, and how what has ended went. */
export function JobsPanel() {
  const jobs = useJobs((state) => state.jobs);
  const ended = jobs.filter((job) => job.state !== 'running').length;
  if (jobs.length === 0) {
    return (
      <EmptyState
        title={t('No job has run yet. Scans and the making of sessions show here while they run.')}
        action={
          <CommandButton command="session.create" label={t('Create a session from a folder…')} variant="default" />
        }
      />
    );
  }
  return (
    <>
      <Toolbar label={t('Jobs')}>
        <span>
          {ended === jobs.length
            ? t('No job is running')
            : plural(jobs.length - ended, '{{count}} job is running', '{{count}} jobs are running')}
        </span>
        <ToolbarSpace />
        <Button variant="default" disabled={ended === 0} onClick={() => void clearJobs()}>
          {t('Clear what has ended')}
        </Button>
      </Toolbar>
      {/* Jobs that have ended hold nothing to focus: the list scrolls by the keys itself. */}
      <div className={classes.scroller} role="region" aria-label={t('List of jobs')} tabIndex={0}>
        <ul className={classes.list}>
          {jobs.toReversed().map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </ul>
      </div>
    </>
  );
}

function JobLine({ job }: { readonly job: Job }) {
  return (
    <li className={classes.job} data-state={job.state}>
      <div className={classes.head}>
        <strong translate="no">{job.title}</strong>
        <span className={classes.state}>{job.state === 'running' ? t('Running') : t(endTexts[job.state])}</span>
        <time dateTime={job.startedAt}>{formatDate(job.startedAt)}</time>
        <ToolbarSpace />
        {job.state === 'running' && job.cancellable && (
          <Button variant="default" onClick={() => void cancelJob(job.id)}>
            {t('Cancel')}
          </Button>
        )}
      </div>
      {job.state === 'running' && (
        <Progress
          value={(job.fraction ?? 1) * 100}
          animated={job.fraction === null}
          aria-label={t('Progress of “{{job}}”', { job: job.title })}
        />
      )}
      <div className={classes.detail}>
        {job.state === 'running' && job.fraction !== null && (
          <span>{formatNumber(Math.floor(job.fraction * 100))} %</span>
        )}
        <span translate="no">{job.detail}</span>
      </div>
      {job.state === 'failed' && job.error !== null && <ErrorState error={fromErrorReport(job.error)} inline />}
    </li>
  );
}
