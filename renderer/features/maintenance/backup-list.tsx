import { Button } from '@mantine/core';
import type { Backup } from '../../../shared/contract/maintenance.ts';
import { formatBytes, formatDate, plural, t } from '../../texts/translate.ts';
import classes from './maintenance.module.css';

interface BackupListProps {
  readonly backups: readonly Backup[];
  readonly busy: boolean;
  readonly onRestore: (path: string) => void;
  readonly onChoose: () => void;
}

/** Backups to go back to. Restoring one keeps the present state as another: it can be undone. */
export function BackupList({ backups, busy, onRestore, onChoose }: BackupListProps) {
  const reasons: Record<string, string> = { repair: t('before a repair'), restore: t('before a restoring') };
  return (
    <section className={classes.section} aria-label={t('Backups')}>
      <h2>{t('Backups')}</h2>
      {backups.length === 0 && (
        <p className={classes.quiet}>{t('A repair makes one first; none has been made yet.')}</p>
      )}
      <ul className={classes.backups}>
        {backups.map((backup) => (
          <li key={backup.path}>
            <span>
              {formatDate(backup.createdAt)}, {reasons[backup.why] ?? t('asked for')}
            </span>
            <span className={classes.quiet}>
              {formatBytes(backup.databaseBytes + backup.fileBytes)},{' '}
              {plural(backup.files, '{{count}} file', '{{count}} files')}
            </span>
            <Button
              variant="default"
              size="compact-sm"
              disabled={busy}
              aria-label={t('Restore the backup of {{date}}', { date: formatDate(backup.createdAt) })}
              onClick={() => onRestore(backup.path)}
            >
              {t('Restore')}
            </Button>
          </li>
        ))}
      </ul>
      <Button variant="default" disabled={busy} onClick={onChoose}>
        {t('Restore a backup from elsewhere…')}
      </Button>
    </section>
  );
}
