import { useMemo } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { client } from '../../state/client.ts';
import { useRevision } from '../../state/edits.ts';
import { type PanelParams, usePanelTitle } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import { Clocks } from './clocks.tsx';

/** How the clocks of a session are related: the sync graph, its health, and times from clock to clock. */
export function SyncPanel({ params }: { readonly params: PanelParams['sync'] }) {
  const { path, sessionId } = params;
  const session = useMemo(() => (sessionId === undefined ? { path } : { path, sessionId }), [path, sessionId]);
  const revision = useRevision(path);
  usePanelTitle(t('{{name}}: clocks', { name: basename(path) }));
  const answer = useAnswer(
    JSON.stringify([session, revision]),
    async (signal) => {
      const graph = await client.sync.graph(session, { signal });
      return { graph, findings: await client.sync.health(session, { signal }) };
    },
    { keepLast: true },
  );
  if (answer.status === 'loading') return <LoadingState what={t('Relating the clocks of the devices…')} lines={8} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  if (answer.value.graph.nodes.length === 0) {
    return <EmptyState title={t('The session has no epochs, so it has no clocks to relate.')} />;
  }
  return <Clocks session={session} {...answer.value} onReload={answer.reload} />;
}
