import { Button } from '@mantine/core';
import type { NdiError } from '../../../../shared/model/errors.ts';
import { takeInTexts } from '../../../components/transfers/take-in-button.tsx';
import { runCommand } from '../../../state/commands.ts';
import { startTransfer } from '../../../state/transfers.ts';
import { t } from '../../../texts/translate.ts';
import classes from '../cloud-sync.module.css';

interface TakeInStepProps {
  readonly path: string;
  /** session.notIngested */
  readonly error: NdiError;
  readonly linked: boolean;
  readonly signedIn: boolean;
  readonly onAgain: () => void;
}

/** The usual step before a first upload: the recordings have to be in the dataset. Says what it does, and does it. */
export function TakeInStep({ path, error, linked, signedIn, onAgain }: TakeInStepProps) {
  const sessions = error.details['sessions'] as readonly string[] | undefined;
  const hasLinked = sessions?.some((name) => name.endsWith('(linked)')) ?? true;
  const texts = [
    ...takeInTexts(hasLinked),
    ...(linked ? [] : [t('There it becomes a dataset that only your organization sees until it is published.')]),
  ];
  const takeIn = () => {
    if (signedIn) void startTransfer({ kind: 'upload', path, takeIn: true });
    else runCommand('cloud.signIn');
  };
  return (
    <section className={classes.step} aria-label={t('Before it can be sent')}>
      <h2>{t('The recordings have to be taken in first')}</h2>
      <p translate="no">
        {sessions === undefined
          ? error.message
          : t('NDI Cloud takes what lies in the dataset. The recordings of {{sessions}} lie outside of it.', {
              sessions: sessions.join(', '),
            })}
      </p>
      <ul>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <div className={classes.choices}>
        <Button onClick={takeIn}>{signedIn ? t('Take them in and send') : t('Sign in to send…')}</Button>
        <Button variant="default" onClick={onAgain}>
          {t('Look again')}
        </Button>
      </div>
    </section>
  );
}
