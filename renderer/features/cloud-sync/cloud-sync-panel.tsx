import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { CopyStateBadge } from '../../components/copy-state/copy-state-badge.tsx';
import { TransferLine } from '../../components/transfers/transfer-line.tsx';
import { isSignedIn, useAccount } from '../../state/account.ts';
import { client } from '../../state/client.ts';
import { runCommand } from '../../state/commands.ts';
import { useRevision } from '../../state/edits.ts';
import { openPanel, usePanel } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { startTransfer, useFollowedTransfers } from '../../state/transfers.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import { ComparisonView } from './copy/comparison-view.tsx';
import { CopyMenu } from './copy/copy-menu.tsx';
import { LostView } from './copy/lost-view.tsx';
import { QuarantineNote } from './copy/quarantine-note.tsx';
import { useCopyActs } from './copy/use-copy-acts.ts';
import { PlanView } from './plan/plan-view.tsx';
import type { Begin } from './plan/settled.ts';
import { TakeInStep } from './plan/take-in-step.tsx';
import { SyncOptionsBar, type ChosenOptions } from './sync-options-bar.tsx';
import classes from './cloud-sync.module.css';

/** A session or dataset and its copy in NDI Cloud: what would be done, then one button that does it. */
export function CloudSyncPanel({ params: { path } }: { readonly params: { path: string } }) {
  const signedIn = isSignedIn(useAccount((state) => state.account));
  const { transfers } = useFollowedTransfers();
  const own = (transfers ?? []).filter((transfer) => transfer.path === path);
  const latest = own.at(-1);
  // One thing at a time: what runs or waits is ended or gone on with before something else is planned.
  const transferring = latest?.endedAt === null;
  // Another look is due when a transfer of this copy has ended.
  const ended = own.filter(({ endedAt }) => endedAt !== null).length;
  // Kept while it is asked again: every plan asks for it, and the plan must not go meanwhile.
  const revision = useRevision(path);
  const status = useAnswer(
    `cloudSync.status ${path} ${ended} ${revision}`,
    (signal) => client.cloudSync.status({ path }, { signal }),
    { keepLast: true },
  );
  const { acting, round, view, act, endView } = useCopyActs(path, status.reload);
  const busy = acting || transferring;
  const linked = status.status === 'ready' ? status.value.linked : null;
  return (
    <div className={classes.panel}>
      <header className={classes.head}>
        <h1 translate="no">{t('{{name}} and NDI Cloud', { name: basename(path) })}</h1>
        {status.status === 'ready' && <CopyStateBadge status={status.value} />}
        <span className={classes.space} />
        {linked === true && (
          <Button variant="default" onClick={() => openPanel('publish', { path })}>
            {t('Publish…')}
          </Button>
        )}
        <CopyMenu situation={{ signedIn, linked, busy }} acting={acting} onAct={act} />
      </header>
      {latest !== undefined && (
        <ul className={classes.transfers} aria-label={t('Latest transfer')}>
          <TransferLine transfer={latest} />
        </ul>
      )}
      {status.status === 'failed' && <ErrorState error={status.error} onRetry={status.reload} />}
      {view === 'compare' && (
        <ComparisonView
          key={`${ended} ${round}`}
          path={path}
          busy={busy}
          onRepair={() => act('repair')}
          onClose={endView}
        />
      )}
      {view === 'lost' && <LostView key={`${ended} ${revision}`} path={path} onClose={endView} />}
      {linked === true && <QuarantineNote key={ended} path={path} />}
      {linked === true && !signedIn && (
        <EmptyState
          title={t('Sign in to NDI Cloud to compare both sides, and to send and fetch.')}
          action={<Button onClick={() => runCommand('cloud.signIn')}>{t('Sign in')}</Button>}
        />
      )}
      {status.status === 'ready' && (signedIn || linked === false) && !transferring && (
        <Planning
          key={`${ended} ${round} ${status.value.cloudDatasetId ?? ''}`}
          path={path}
          linked={status.value.linked}
          signedIn={signedIn}
          onPlanned={status.reload}
        />
      )}
    </div>
  );
}

interface PlanningProps {
  readonly path: string;
  readonly linked: boolean;
  readonly signedIn: boolean;
  /** Both sides were looked at. */
  readonly onPlanned: () => void;
}

/** The plan comes first, by itself; nothing is changed until the button is pressed. */
function Planning({ path, linked, signedIn, onPlanned }: PlanningProps) {
  const revision = usePlannedRevision(path);
  const [options, setOptions] = useState<ChosenOptions>({
    mode: linked ? 'twoWay' : 'uploadNew',
    deletions: false,
    files: false,
    updateEdited: false,
  });
  const plan = useAnswer(`cloudSync.plan ${path} ${JSON.stringify(options)} ${revision}`, (signal) =>
    client.cloudSync.plan({ path, options, limit: 5000 }, { signal }),
  );
  const looked = plan.status === 'ready';
  useEffect(() => {
    if (looked) onPlanned();
  }, [looked, onPlanned]);
  const begin = ({ name, ...how }: Begin) => {
    const named = name === undefined ? {} : { name };
    void startTransfer(linked ? { kind: 'sync', path, options, ...how } : { kind: 'upload', path, ...named });
  };
  return (
    <>
      {linked && <SyncOptionsBar options={options} onChange={setOptions} onReload={plan.reload} />}
      {plan.status === 'loading' && <LoadingState what={t('Comparing with NDI Cloud…')} lines={6} />}
      {plan.status === 'failed' &&
        (plan.error.code === 'session.notIngested' ? (
          <TakeInStep path={path} error={plan.error} linked={linked} signedIn={signedIn} onAgain={plan.reload} />
        ) : (
          <ErrorState error={plan.error} onRetry={plan.reload} />
        ))}
      {plan.status === 'ready' && <PlanView path={path} plan={plan.value} signedIn={signedIn} onBegin={begin} />}
    </>
  );
}

/** The revision that a plan has to know of: a panel that is not in sight plans again when it is looked at. */
function usePlannedRevision(path: string): number {
  const now = useRevision(path);
  const visible = usePanel()?.visible ?? true;
  const [planned, setPlanned] = useState(now);
  if (visible && planned !== now) setPlanned(now);
  return planned;
}
