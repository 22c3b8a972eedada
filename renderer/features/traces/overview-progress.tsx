import { Progress } from '@mantine/core';
import { useStore } from 'zustand';
import { useJobs } from '../../state/jobs.ts';
import { t } from '../../texts/translate.ts';
import type { TraceStore } from './trace-store.ts';
import classes from './view-notice.module.css';

/** A line that tells how far the overview of a long recording is built; viewing goes on meanwhile. */
export function OverviewProgress({ store }: { readonly store: TraceStore }) {
  const id = useStore(store, (state) => state.frames.at(-1)?.header.job);
  const job = useJobs((state) => state.jobs.find((one) => one.id === id && one.state === 'running'));
  if (job === undefined) return null;
  const percent = Math.floor((job.fraction ?? 0) * 100);
  const label = t('Building the overview: {{percent}} %', { percent });
  return (
    <div className={classes.building} title={label} data-testid="overview-progress">
      <Progress value={percent} size={3} radius={0} aria-label={label} />
    </div>
  );
}
