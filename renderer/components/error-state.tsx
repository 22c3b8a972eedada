import { Button, CopyButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { errorCodes, type NdiError } from '../../shared/model/errors.ts';
import { runCommand } from '../state/commands.ts';
import { errorText } from '../state/messages.ts';
import { t } from '../texts/translate.ts';
import { RetryCountdown } from './retry-countdown.tsx';
import classes from './states.module.css';

interface ErrorStateProps {
  readonly error: NdiError;
  readonly onRetry?: () => void;
  /** Offered for errors whose way on is to choose something else. */
  readonly onChoose?: () => void;
  /** The button of a way on that only this view knows; it comes first. */
  readonly wayOn?: ReactNode;
  /** Stands among other content instead of filling a view. */
  readonly inline?: boolean;
}

/** A view that failed: what failed in plain words, what to do, and the button that its kind of error asks for. */
export function ErrorState({ error, onRetry, onChoose, wayOn, inline = false }: ErrorStateProps) {
  const { verb } = errorCodes[error.code];
  const choosing = verb === 'choose' && onChoose !== undefined;
  return (
    <div className={classes.state} data-inline={inline} role="alert">
      <p className={classes.title}>
        <IconAlertTriangle size={16} aria-hidden className={classes.alertIcon} />
        <span translate="no">{error.message}</span>
      </p>
      <p className={classes.hint} translate="no">
        {error.recovery}
      </p>
      {error.code === 'database.busy' && onRetry !== undefined && (
        <p className={classes.hint}>
          <RetryCountdown onRetry={onRetry} />
        </p>
      )}
      <div className={classes.actions}>
        {wayOn}
        {choosing && (
          <Button size="compact-sm" onClick={onChoose}>
            {t('Choose another')}
          </Button>
        )}
        {verb === 'signIn' && (
          <Button size="compact-sm" onClick={() => runCommand('cloud.signIn')}>
            {t('Sign in')}
          </Button>
        )}
        {onRetry !== undefined && (
          <Button
            size="compact-sm"
            variant={choosing || verb === 'signIn' || wayOn !== undefined ? 'default' : 'filled'}
            onClick={onRetry}
          >
            {t('Try again')}
          </Button>
        )}
        <CopyButton value={errorText(error)}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? t('Copied') : t('Copy the report')}
            </Button>
          )}
        </CopyButton>
      </div>
      <details className={classes.details}>
        <summary>{t('Details')}</summary>
        <pre translate="no">{errorText(error)}</pre>
      </details>
    </div>
  );
}
