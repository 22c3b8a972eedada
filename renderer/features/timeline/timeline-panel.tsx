import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Timeline } from '../../components/timeline/timeline.tsx';
import { useItem } from '../../state/items.ts';
import { openPanel, usePanelTitle, type PanelParams } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { useStimuli } from '../../state/stimuli.ts';
import { t } from '../../texts/translate.ts';

/** The timeline of a session, docked below its views. */
export function TimelinePanel({ params }: { readonly params: PanelParams['timeline'] }) {
  const { path, sessionId } = params;
  const place = sessionId === undefined ? { path } : { path, sessionId };
  const item = useItem(path, sessionId);
  const isSession = item.info?.kind === 'session';
  const stimuli = useStimuli(place, null, isSession && item.info.epochs.length > 0);
  const name = item.info !== undefined && 'reference' in item.info ? item.info.reference : basename(path);
  usePanelTitle(t('{{name}}: timeline', { name }));
  if (item.status === 'loading') return <LoadingState what={t('Reading {{path}}…', { path })} lines={4} />;
  if (item.status === 'failed') return <ErrorState error={item.error} onRetry={item.reload} />;
  if (item.info.kind !== 'session' || item.info.epochs.length === 0) {
    return (
      <EmptyState
        title={
          item.info.kind === 'dataset'
            ? t('{{name}} is a dataset: each of its sessions has a timeline of its own.', { name })
            : t('{{name}} has no epochs to put on a timeline.', { name })
        }
        link={
          <button type="button" onClick={() => openPanel('session', place)}>
            {t('Show what was read')}
          </button>
        }
      />
    );
  }
  return <Timeline session={place} epochs={item.info.epochs} stimuli={stimuli.value?.epochs ?? []} docked />;
}
