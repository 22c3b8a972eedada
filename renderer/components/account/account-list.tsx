import { Badge, Button } from '@mantine/core';
import type { Profile } from '../../../shared/contract/cloud.ts';
import { askToSignIn, switchAccount, useAccount } from '../../state/account.ts';
import { client } from '../../state/client.ts';
import { showError } from '../../state/messages.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import { ErrorState } from '../error-state.tsx';
import classes from './account.module.css';

/** The accounts of NDI Cloud that a person keeps: which is used, which at the start, and how to be rid of one. */
export function AccountList() {
  const account = useAccount((state) => state.account);
  const answer = useAnswer(
    `cloud.profiles ${JSON.stringify(account)}`,
    (signal) => client.cloud.profiles(undefined, { signal }),
    { keepLast: true },
  );
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} inline />;
  if (answer.status === 'loading') return null;
  const { profiles, currentId, defaultId } = answer.value;
  const run = (work: Promise<unknown>) => void work.then(answer.reload, showError);
  const row = (profile: Profile) => (
    <li key={profile.id} className={classes.account}>
      <div className={classes.accountText}>
        <strong translate="no">{profile.nickname}</strong>
        <span translate="no">
          {[profile.nickname === profile.email ? '' : profile.email, profile.organizationName, profile.server]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {profile.id === currentId && (
        <Badge size="sm" variant="light" tt="none">
          {t('in use')}
        </Badge>
      )}
      {profile.id === defaultId && (
        <Badge size="sm" variant="light" color="gray" tt="none">
          {t('at the start')}
        </Badge>
      )}
      {profile.id !== currentId && (
        <Button variant="default" size="compact-sm" onClick={() => void switchAccount(profile)}>
          {t('Use')}
        </Button>
      )}
      {profile.id !== defaultId && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => run(client.cloud.setDefaultProfile({ id: profile.id }))}
        >
          {t('Use at the start')}
        </Button>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={t('Remove the account {{name}} from this computer', { name: profile.nickname })}
        onClick={() => run(client.cloud.removeProfile({ id: profile.id }))}
      >
        {t('Remove')}
      </Button>
    </li>
  );
  return (
    <>
      <ul className={classes.list}>{profiles.map(row)}</ul>
      <Button variant="default" onClick={() => askToSignIn()}>
        {profiles.length === 0 ? t('Sign in to NDI Cloud…') : t('Add an account…')}
      </Button>
    </>
  );
}
