import { Menu } from '@mantine/core';
import {
  IconCheck,
  IconCloud,
  IconCloudOff,
  IconKey,
  IconLogout,
  IconShieldCheck,
  IconUserPlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Account, Profile } from '../../../shared/contract/cloud.ts';
import { askToSignIn, isSignedIn, signOut, switchAccount, useAccount } from '../../state/account.ts';
import { client } from '../../state/client.ts';
import { commandTitle, runCommand } from '../../state/commands.ts';
import { t } from '../../texts/translate.ts';
import { OrganizationItems } from './organization-items.tsx';
import { sessionText } from './session-text.ts';
import classes from './account.module.css';

/** Who is signed in to NDI Cloud, where and until when; its menu signs in, out, and changes the account. */
export function AccountChip() {
  const { account, fault } = useAccount();
  const [profiles, setProfiles] = useState<readonly Profile[]>([]);
  const signedIn = isSignedIn(account);
  if (account === null && fault === null) {
    return (
      <button
        type="button"
        className={classes.chip}
        aria-label={t('Sign in')}
        onClick={() => runCommand('cloud.signIn')}
      >
        <IconCloud size={16} aria-hidden />
        <span className={classes.chipText}>{t('Sign in')}</span>
      </button>
    );
  }
  const readProfiles = () => void client.cloud.profiles().then((answer) => setProfiles(answer.profiles), noProfiles);
  const noProfiles = () => setProfiles([]);
  const others = profiles.filter(({ id }) => id !== account?.profileId);
  return (
    <Menu position="bottom-end" width={300} onOpen={readProfiles} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button
          type="button"
          className={classes.chip}
          aria-label={chipLabel(account, signedIn)}
          data-signed-in={signedIn}
        >
          {signedIn ? <IconCloud size={16} aria-hidden /> : <IconCloudOff size={16} aria-hidden />}
          <span className={classes.chipText} translate="no">
            {account?.email ?? t('NDI Cloud')}
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {fault !== null && (
          <p className={classes.menuText} role="alert">
            {fault.message} {fault.recovery}
          </p>
        )}
        {account !== null && <AccountFacts account={account} />}
        <Menu.Divider />
        <Menu.Item leftSection={<IconCloud size={16} aria-hidden />} onClick={() => runCommand('cloud.datasets')}>
          {commandTitle('cloud.datasets')}
        </Menu.Item>
        {account !== null && !signedIn && (
          <Menu.Item leftSection={<IconCheck size={16} aria-hidden />} onClick={() => askToSignIn(account)}>
            {t('Sign in again…')}
          </Menu.Item>
        )}
        {account !== null && signedIn && (
          <>
            <Menu.Item
              leftSection={<IconShieldCheck size={16} aria-hidden />}
              onClick={() => runCommand('cloud.probe')}
            >
              {commandTitle('cloud.probe')}
            </Menu.Item>
            <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => runCommand('cloud.password')}>
              {commandTitle('cloud.password')}
            </Menu.Item>
            {account.profileId !== null && <OrganizationItems account={account} />}
          </>
        )}
        {others.length > 0 && <Menu.Label>{t('Other accounts')}</Menu.Label>}
        {others.map((profile) => (
          <Menu.Item key={profile.id} onClick={() => void switchAccount(profile)} translate="no">
            {profile.nickname}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => askToSignIn()}>
          {t('Use another account…')}
        </Menu.Item>
        {signedIn && (
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
            {commandTitle('cloud.signOut')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function AccountFacts({ account }: { readonly account: Account }) {
  return (
    <div className={classes.menuText}>
      <strong translate="no">{account.email}</strong>
      {account.organization !== null && <span translate="no">{account.organization.name}</span>}
      <span translate="no">{account.serverName}</span>
      <span>{sessionText(account)}</span>
      {account.clockWrong && <span>{t('The clock of this computer, or of the server, is wrong.')}</span>}
    </div>
  );
}

function chipLabel(account: Account | null, signedIn: boolean): string {
  if (account === null) return t('NDI Cloud: something is wrong with its settings');
  if (!signedIn) return t('NDI Cloud: the session of {{email}} has ended', { email: account.email });
  return t('NDI Cloud: {{email}} on {{server}}', { email: account.email, server: account.serverName });
}
