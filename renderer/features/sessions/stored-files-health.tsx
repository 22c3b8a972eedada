import { Button } from '@mantine/core';
import { IconFileAlert, IconFileCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { client } from '../../state/client.ts';
import { useRevision } from '../../state/edits.ts';
import { openPanel } from '../../state/panels.ts';
import type { Place } from '../../state/place.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { plural, t } from '../../texts/translate.ts';
import classes from './sessions.module.css';

/** Of more documents with files somebody has to ask for them: each of the documents is read. */
const MOST_DOCUMENTS = 20_000;

/** Whether files of documents are missing; found out while the page is already there. */
export function StoredFilesHealth({ place }: { readonly place: Place }) {
  const [wanted, setWanted] = useState(false);
  const revision = useRevision(place.path);
  const answer = useAnswer(
    JSON.stringify(['missingFiles', place, revision, wanted]),
    (signal) =>
      client.maintenance.missingFiles(wanted ? place : { ...place, mostDocuments: MOST_DOCUMENTS }, { signal }),
    { keepLast: true },
  );
  if (answer.status === 'loading' || (answer.status === 'ready' && answer.stale && answer.value.looked === null)) {
    return <p className={classes.clocks}>{t('Looking for the files of the documents…')}</p>;
  }
  // The check tells why they cannot be looked for.
  if (answer.status === 'failed') return null;
  const { looked, missing, more, first } = answer.value;
  if (looked === 0) return null;
  if (looked === null) {
    return (
      <p className={classes.clocks}>
        <Button variant="default" size="compact-xs" onClick={() => setWanted(true)}>
          {t('Look for missing files of documents')}
        </Button>
      </p>
    );
  }
  if (missing === 0 && !more) {
    return (
      <p className={classes.clocks}>
        <IconFileCheck size={16} aria-hidden /> {t('All files of the documents are there.')}
      </p>
    );
  }
  return (
    <p className={classes.clocks}>
      <IconFileAlert size={16} aria-hidden /> {missing > 0 && counted(missing, first)}{' '}
      {more && t('Not all files outside of the session’s store were looked for.')}{' '}
      <Button variant="default" size="compact-xs" onClick={() => openPanel('maintenance', { path: place.path })}>
        {t('Show what is missing')}
      </Button>
    </p>
  );
}

function counted(missing: number, first: readonly { readonly name: string }[]): string {
  const names = [...new Set(first.map(({ name }) => name))].join(', ');
  return plural(
    missing,
    '{{count}} file of a document is missing: {{names}}.',
    '{{count}} files of documents are missing, such as {{names}}.',
    { names },
  );
}
