import { Button } from '@mantine/core';
import { useState } from 'react';
import type { IngestResult } from '../../../shared/contract/ingest.ts';
import { modals } from '../../components/modals.ts';
import { client } from '../../state/client.ts';
import { useCommand } from '../../state/commands.ts';
import { showError, showMessage } from '../../state/messages.ts';
import type { Place } from '../../state/place.ts';
import { plural, t } from '../../texts/translate.ts';
import classes from './sessions.module.css';

/** The command that takes the recordings into the session's database, after saying what that means. */
export function useIngest(place: Place, epochs: number, onDone: () => void): void {
  const [running, setRunning] = useState(false);
  const ingest = async () => {
    setRunning(true);
    try {
      tell(await client.ingest.ingest(place));
      onDone();
    } catch (thrown) {
      showError(thrown);
    } finally {
      setRunning(false);
    }
  };
  const ask = async () => {
    try {
      const { epochs, ingested, unreadable } = await client.ingest.status(place);
      const waiting = epochs - ingested - unreadable;
      const modal = modals.open({
        title: t('Take the recordings into the session?'),
        closeButtonProps: { 'aria-label': t('Close') },
        children: (
          <Question
            waiting={waiting}
            ingested={ingested}
            unreadable={unreadable}
            onCancel={() => modals.close(modal)}
            onIngest={() => {
              modals.close(modal);
              void ingest();
            }}
          />
        ),
      });
    } catch (thrown) {
      showError(thrown);
    }
  };
  const reason = running ? t('It is being done') : t('The session has no recordings');
  useCommand('session.ingest', () => void ask(), { enabled: !running && epochs > 0, reason });
}

interface QuestionProps {
  readonly waiting: number;
  readonly ingested: number;
  readonly unreadable: number;
  readonly onCancel: () => void;
  readonly onIngest: () => void;
}

function Question({ waiting, ingested, unreadable, onCancel, onIngest }: QuestionProps) {
  return (
    <div className={classes.question}>
      <p>
        {waiting === 0
          ? t('Every epoch that can be read is in the database already.')
          : plural(
              waiting,
              '{{count}} epoch is copied into the database with all its samples and events.',
              '{{count}} epochs are copied into the database with all their samples and events.',
            )}
      </p>
      {ingested > 0 && waiting > 0 && (
        <p>{plural(ingested, '{{count}} is there already.', '{{count}} are there already.')}</p>
      )}
      {unreadable > 0 && (
        <p>
          {plural(
            unreadable,
            '{{count}} epoch cannot be read and is left out.',
            '{{count}} epochs cannot be read and are left out.',
          )}
        </p>
      )}
      {waiting > 0 && (
        <p>
          {t(
            'The session then works, and can be published, without its raw files. They are not touched. You can undo it.',
          )}
        </p>
      )}
      <div className={classes.questionButtons}>
        <Button variant="default" onClick={onCancel} data-autofocus={waiting === 0 ? true : undefined}>
          {waiting === 0 ? t('Close') : t('Cancel')}
        </Button>
        {waiting > 0 && (
          <Button onClick={onIngest} data-autofocus>
            {t('Ingest')}
          </Button>
        )}
      </div>
    </div>
  );
}

function tell({ epochs, failed }: IngestResult): void {
  const [first] = failed;
  showMessage({
    tone: first === undefined ? 'success' : 'problem',
    title: plural(epochs, '{{count}} epoch was taken into the session', '{{count}} epochs were taken into the session'),
    text:
      first === undefined ? '' : t('Left out: {{epoch}}. {{reason}}', { epoch: first.epochId, reason: first.reason }),
  });
}
