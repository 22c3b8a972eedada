import { Button, Progress } from '@mantine/core';
import { FETCH_JOB } from '../../../shared/contract/cloud-files.ts';
import { cancelJob, useJobs } from '../../state/jobs.ts';
import { t } from '../../texts/translate.ts';
import classes from './transfers.module.css';

/** Says, in a view that waits, that files are being fetched from NDI Cloud, and how far; nothing while none are. */
export function FetchingNote() {
  const job = useJobs((state) => state.jobs.find(({ id, state: now }) => id === FETCH_JOB && now === 'running'));
  if (job === undefined) return null;
  const percent = job.fraction === null ? null : Math.floor(job.fraction * 100);
  return (
    <div className={classes.fetching} role="status" data-testid="fetching">
      <span className={classes.fetchingText}>
        {percent === null ? t('Fetching from NDI Cloud…') : t('Fetching from NDI Cloud: {{percent}} %', { percent })}{' '}
        <span translate="no">{job.detail}</span>
      </span>
      <Progress
        className={classes.fetchingBar ?? ''}
        size="sm"
        value={percent ?? 100}
        animated={percent === null}
        aria-label={t('Fetched from NDI Cloud')}
      />
      <Button size="compact-sm" variant="default" onClick={() => void cancelJob(FETCH_JOB)}>
        {t('Cancel')}
      </Button>
    </div>
  );
}
