import { Button } from '@mantine/core';
import { IconDatabase, IconFileAlert, IconFiles } from '@tabler/icons-react';
import { runCommand } from '../../state/commands.ts';
import { useIngestion } from '../../state/ingestion.ts';
import type { Place } from '../../state/place.ts';
import { plural, t } from '../../texts/translate.ts';
import classes from './sessions.module.css';

/** How much of a session works without its raw files, and whether some of those are missed; told once it is known. */
export function IngestionHealth({ session }: { readonly session: Place }) {
  const answer = useIngestion(session);
  // The page has its own problems; the command that ingests tells why it cannot be told.
  if (answer.status !== 'ready') return null;
  const { epochs, ingested, unreadable } = answer.value;
  return (
    <>
      <p className={classes.clocks}>
        {ingested === epochs ? <IconDatabase size={16} aria-hidden /> : <IconFiles size={16} aria-hidden />}{' '}
        {ingested === 0
          ? t('The raw files are needed: no epoch is ingested.')
          : ingested === epochs
            ? t('Every epoch is ingested: the raw files are not needed.')
            : plural(
                epochs,
                '{{done}} of {{count}} epoch is ingested; the others need their raw files.',
                '{{done}} of {{count}} epochs are ingested; the others need their raw files.',
                { done: ingested },
              )}{' '}
        {ingested + unreadable < epochs && (
          <Button variant="default" size="compact-xs" onClick={() => runCommand('session.ingest')}>
            {t('Ingest…')}
          </Button>
        )}
      </p>
      {unreadable > 0 && (
        <p className={classes.clocks}>
          <IconFileAlert size={16} aria-hidden />{' '}
          {plural(
            unreadable,
            '{{count}} epoch cannot be read: its files are missing or damaged.',
            '{{count}} epochs cannot be read: their files are missing or damaged.',
          )}
        </p>
      )}
    </>
  );
}
