import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DatasetList } from '../../../shared/contract/cloud.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { isSignedIn, useAccount } from '../../state/account.ts';
import { runCommand } from '../../state/commands.ts';
import type { PanelParams } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';
import { DatasetRows } from './dataset-rows.tsx';
import classes from './cloud.module.css';

/** Datasets in NDI Cloud: one's own, those of everybody, those that wait, and those that can be had back. */
export function RemoteDatasetsPanel({ params }: { readonly params: PanelParams['cloud'] }) {
  const account = useAccount((state) => state.account);
  const email = account?.email;
  const signedIn = isSignedIn(account);
  const [asked, setAsked] = useState<DatasetList | null>(params.find?.list ?? null);
  const [search, setSearch] = useState(params.find?.text ?? '');
  // A link from elsewhere may lead to another dataset while the panel is open.
  const [followed, setFollowed] = useState(params.find);
  if (params.find !== undefined && followed !== params.find) {
    setFollowed(params.find);
    setAsked(params.find.list);
    setSearch(params.find.text);
  }
  // Whose session has ended still means their own.
  const list = asked ?? (account === null ? 'public' : 'mine');
  const needsAccount = list !== 'public' && !signedIn;
  return (
    <div className={classes.panel}>
      <Toolbar label={t('Datasets in NDI Cloud')}>
        <SegmentedControl
          aria-label={t('Which datasets')}
          data={[
            { value: 'mine', label: t('Mine') },
            { value: 'public', label: t('Public') },
            { value: 'submitted', label: t('Submitted') },
            { value: 'deleted', label: t('Deleted') },
          ]}
          value={list}
          onChange={(value) => setAsked(value)}
        />
        <TextInput
          placeholder={t('Find a dataset')}
          aria-label={t('Find a dataset')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={240}
        />
        <ToolbarSpace />
        <span className={classes.server} translate="no">
          {account?.serverName ?? ''}
        </span>
      </Toolbar>
      {needsAccount ? (
        <EmptyState
          title={
            email === undefined
              ? t('Sign in to see the datasets of your organization.')
              : t('The session of {{email}} has ended. Sign in to see the datasets of your organization.', {
                  email,
                })
          }
          action={<Button onClick={() => runCommand('cloud.signIn')}>{t('Sign in')}</Button>}
          link={
            <Button variant="subtle" onClick={() => setAsked('public')}>
              {t('Show the public ones')}
            </Button>
          }
        />
      ) : (
        <DatasetRows
          key={list}
          list={list}
          search={search}
          account={`${account?.profile ?? ''} ${account?.organization?.id ?? ''}`}
        />
      )}
    </div>
  );
}
