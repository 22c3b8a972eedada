import type { Sizes } from '../../../shared/contract/maintenance.ts';
import { formatBytes, plural, t } from '../../texts/translate.ts';
import classes from './maintenance.module.css';

/** What takes room, and what of it could be given back. */
export function RoomOnDisk({ sizes }: { readonly sizes: Sizes }) {
  const files = plural(sizes.files, '{{count}} file', '{{count}} files');
  const backups = plural(sizes.backups, '{{count}} backup', '{{count}} backups');
  return (
    <section className={classes.section} aria-label={t('Room on the disk')}>
      <h2>{t('Room on the disk')}</h2>
      <dl className={classes.sizes}>
        <dt>{t('Database')}</dt>
        <dd>
          {formatBytes(sizes.databaseBytes)}
          {sizes.freeBytes > 0 &&
            t(', of which compacting gives back {{free}}', { free: formatBytes(sizes.freeBytes) })}
        </dd>
        <dt>{t('Stored files')}</dt>
        <dd>{t('{{size}} in {{files}}', { size: formatBytes(sizes.fileBytes), files })}</dd>
        <dt>{t('Backups kept with it')}</dt>
        <dd>
          {t('{{size}} in {{backups}}, besides what they share with the stored files', {
            size: formatBytes(sizes.backupBytes),
            backups,
          })}
        </dd>
      </dl>
    </section>
  );
}
