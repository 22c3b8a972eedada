import { type ReactNode, useEffect, useState } from 'react';
import type { SyncStatus } from '../../../shared/contract/cloud-sync.ts';
import { client } from '../../state/client.ts';
import { useRevision } from '../../state/edits.ts';
import { useTransfers } from '../../state/transfers.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { CopyStateBadge } from './copy-state-badge.tsx';

/** What lists are about comes first. */
const AFTER_MS = 200;

interface CopyStateProps {
  readonly path: string;
  readonly brief?: boolean;
  /** What can be done about it, drawn beside it; also where it cannot be told. */
  readonly action?: (state: SyncStatus['state'] | undefined) => ReactNode;
}

/**
 * How a session or dataset stands with NDI Cloud, as the last look found. Asked for by itself after everything else has
 * been drawn; nothing shows where it cannot be told.
 */
export function CopyState(props: CopyStateProps) {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return rested ? <Asked {...props} /> : null;
}

function Asked({ path, brief = true, action }: CopyStateProps) {
  const answer = useCopyGlance(path);
  if (answer.status === 'loading') return null;
  const status = answer.status === 'ready' ? answer.value : undefined;
  return (
    <>
      {status !== undefined && <CopyStateBadge status={status} brief={brief} />}
      {action?.(status?.state)}
    </>
  );
}

/** How a copy and the cloud stand, as the last look found; asked for again after transfers and edits. */
export function useCopyGlance(path: string) {
  const ended = useTransfers(
    ({ transfers }) => (transfers ?? []).filter((one) => one.path === path && one.endedAt !== null).length,
  );
  // An edit makes what the last look found untrue at once.
  const revision = useRevision(path);
  return useAnswer(
    `cloudSync.glance ${path} ${ended} ${revision}`,
    (signal) => client.cloudSync.glance({ path }, { signal }),
    { keepLast: true },
  );
}
