import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { TransferRequest } from '../../../shared/contract/cloud-sync.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { CopyStateBadge } from '../../components/copy-state/copy-state-badge.tsx';
import { takeInButton } from '../../components/transfers/take-in-button.tsx';
import { TransferLine } from '../../components/transfers/transfer-line.tsx';
import { isSignedIn, useAccount } from '../../state/account.ts';
import { client } from '../../state/client.ts';
import { runCommand } from '../../state/commands.ts';
import { basename } from '../../state/paths.ts';
import { startTransfer, useFollowedTransfers } from '../../state/transfers.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import { ComparisonView } from './copy/comparison-view.tsx';
import { CopyMenu } from './copy/copy-menu.tsx';
import { useCopyActs } from './copy/use-copy-acts.ts';
import { PlanView } from './plan/plan-view.tsx';
import { SyncOptionsBar, type ChosenOptions } from './sync-options-bar.tsx';
import classes from './cloud-sync.module.css';

/** A session or dataset and its copy in NDI Cloud: what would be done, then one button that does it. */
export function CloudSyncPanel({ params: { path } }: { readonly params: { path: string } }) {
  const signedIn = isSignedIn(useAccount((state) => state.account));
  const { transfers } = useFollowedTransfers();
  const own = (transfers ?? []).filter((transfer) => transfer.path === path);
  const latest = own.at(-1);
  const running = latest !== undefined && latest.endedAt === null && latest.state === 'running';
  // Another look is due when a transfer of this copy has ended.
  const ended = own.filter(({ endedAt }) => endedAt !== null).length;
  // Kept while it is asked again: every plan asks for it, and the plan must not go meanwhile.
  const status = useAnswer(
    `cloudSync.status ${path} ${ended}`,
    (signal) => client.cloudSync.status({ path }, { signal }),
    { keepLast: true },
  );
  const { acting, round, comparing, act, endComparison } = useCopyActs(path, status.reload);
  const busy = acting || (latest !== undefined && latest.endedAt === null);
  const linked = status.status === 'ready' ? status.value.linked : null;
  return (
    <div className={classes.panel}>
      <header className={classes.head}>
        <h1 translate="no">{t('{{name}} and NDI Cloud', { name: basename(path) })}</h1>
        {status.status === 'ready' && <CopyStateBadge status={status.value} />}
        <span className={classes.space} />
        <CopyMenu situation={{ signedIn, linked, busy }} acting={acting} onAct={act} />
      </header>
      {latest !== undefined && (
        <ul className={classes.transfers} aria-label={t('Latest transfer')}>
          <TransferLine transfer={latest} />
        </ul>
      )}
      {status.status === 'failed' && <ErrorState error={status.error} onRetry={status.reload} />}
      {!signedIn && (
        <p className={classes.notice}>
          {t('Sign in to NDI Cloud to send or fetch.')}{' '}
          <Button variant="default" onClick={() => runCommand('cloud.signIn')}>
            {t('Sign in')}
          </Button>
        </p>
      )}
      {comparing && (
        <ComparisonView
          key={`${ended} ${round}`}
          path={path}
          busy={busy}
          onRepair={() => act('repair')}
          onClose={endComparison}
        />
      )}
      {status.status === 'ready' && signedIn && !running && (
        <Planning
          key={`${ended} ${round} ${status.value.cloudDatasetId ?? ''}`}
          path={path}
          linked={status.value.linked}
          onPlanned={status.reload}
        />
      )}
    </div>
  );
}

interface PlanningProps {
  readonly path: string;
  readonly linked: boolean;
  /** Both sides were looked at. */
  readonly onPlanned: () => void;
}

/** The plan comes first, by itself; nothing is changed until the button is pressed. */
function Planning({ path, linked, onPlanned }: PlanningProps) {
  const [options, setOptions] = useState<ChosenOptions>({
    mode: linked ? 'twoWay' : 'uploadNew',
    deletions: false,
    files: false,
    updateEdited: false,
  });
  const plan = useAnswer(`cloudSync.plan ${path} ${JSON.stringify(options)}`, (signal) =>
    client.cloudSync.plan({ path, options, limit: 5000 }, { signal }),
  );
  const looked = plan.status === 'ready';
  useEffect(() => {
    if (looked) onPlanned();
  }, [looked, onPlanned]);
  const begin = (more: Partial<Extract<TransferRequest, { kind: 'sync' }>>) => {
    void startTransfer(linked ? { kind: 'sync', path, options, ...more } : { kind: 'upload', path });
  };
  return (
    <>
      {linked && <SyncOptionsBar options={options} onChange={setOptions} onReload={plan.reload} />}
      {plan.status === 'loading' && <LoadingState what={t('Comparing with NDI Cloud…')} lines={6} />}
      {plan.status === 'failed' && (
        <ErrorState error={plan.error} onRetry={plan.reload} wayOn={takeInButton(plan.error.code, path)} />
      )}
      {plan.status === 'ready' && <PlanView path={path} plan={plan.value} onBegin={begin} />}
    </>
  );
}
