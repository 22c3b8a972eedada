import { useEffect, useState } from 'react';
import { client } from '../../state/client.ts';
import { useRevision } from '../../state/edits.ts';
import { useTransfers } from '../../state/transfers.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { CopyStateBadge } from './copy-state-badge.tsx';

/** What lists are about comes first. */
const AFTER_MS = 200;

/**
 * How a session or dataset stands with NDI Cloud, as the last look found. Asked for by itself after everything else has
 * been drawn; nothing shows where it cannot be told.
 */
export function CopyState({ path, brief = true }: { readonly path: string; readonly brief?: boolean }) {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return rested ? <Asked path={path} brief={brief} /> : null;
}

function Asked({ path, brief }: { readonly path: string; readonly brief: boolean }) {
  const answer = useCopyGlance(path);
  return answer.status === 'ready' ? <CopyStateBadge status={answer.value} brief={brief} /> : null;
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
