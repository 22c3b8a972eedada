import { Button, Progress } from '@mantine/core';
import type { Job } from '../../../shared/contract/application.ts';
import { t } from '../../texts/translate.ts';
import shared from './import.module.css';
import classes from './scan-progress.module.css';

interface ScanProgressProps {
  readonly folder: string;
  readonly job: Job | undefined;
  readonly onCancel: () => void;
}

/** While a folder is looked through: what has been seen, where it is, and the way to stop. */
export function ScanProgress({ folder, job, onCancel }: ScanProgressProps) {
  const percent = job?.fraction === null || job?.fraction === undefined ? null : job.fraction * 100;
  return (
    <div className={classes.scanning} aria-busy="true">
      <h1>{t('Looking for recordings')}</h1>
      <p className={shared.quiet} translate="no">
        {folder}
      </p>
      <Progress
        value={percent ?? 100}
        animated={percent === null}
        aria-label={t('Progress of the scan')}
        className={classes.progress}
      />
      <p role="status" className={classes.progressDetail} translate="no">
        {job?.detail ?? ''}
      </p>
      <Button variant="default" onClick={onCancel} disabled={job === undefined}>
        {t('Cancel')}
      </Button>
    </div>
  );
}
