import { useState } from 'react';
import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { FetchingNote } from '../../components/transfers/fetching-note.tsx';
import { putBookmarks } from '../../state/bookmarks.ts';
import { loadViewState, saveViewState } from '../../state/cache/database.ts';
import { client } from '../../state/client.ts';
import { openPanel, usePanelTitle, type PanelParams } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { sourceKey } from '../../state/source-key.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import { acceptSettings, eventChannels, extentOf, isTrace, keptBookmarks, SETTINGS_VERSION } from './model/settings.ts';
import { TraceView } from './trace-view.tsx';
import { useFollowedEpoch, type Followed } from './use-followed-epoch.ts';
import { epochSteps, useEpochStepCommands, type EpochSteps } from './use-epoch-steps.ts';
import { titleOf, useSourceEpochs } from './use-source-epochs.ts';

/** Traces of a recording or of one epoch of a session. Stepping to another epoch stays in the same panel. */
export function TracesPanel({ params }: { readonly params: PanelParams['traces'] }) {
  const [stepped, setStepped] = useState<{ from: SignalSource; to: SignalSource } | null>(null);
  // Opening the panel anew for its own source leads back to it.
  const source = stepped?.from === params.source ? stepped.to : params.source;
  const epochs = useSourceEpochs(source);
  const title = titleOf(source, epochs);
  usePanelTitle(title);
  const steps = epochSteps(source, epochs?.epochs, (neighbour) => {
    setStepped((before) => {
      const to = neighbour(before?.from === params.source ? before.to : params.source);
      return to === undefined ? before : { from: params.source, to };
    });
  });
  // Bound here, not in the view: keys pressed while the next epoch is read count, too.
  useEpochStepCommands(steps);
  const followed = useFollowedEpoch(source, epochs?.epochs, params.toSpan === true, (to) => {
    setStepped({ from: params.source, to });
  });
  return <Described key={sourceKey(source)} source={source} title={title} steps={steps} followed={followed} />;
}

interface DescribedProps {
  readonly source: SignalSource;
  readonly title: string;
  readonly steps: EpochSteps;
  readonly followed: Followed;
}

/** Reads the headers and what was kept of the view, then shows the view. */
function Described({ source, title, steps, followed }: DescribedProps) {
  const answer = useAnswer(sourceKey(source), async (signal) => {
    const [info, kept] = await Promise.all([
      client.recordings.describe({ source }, { signal }),
      loadViewState(sourceKey(source), SETTINGS_VERSION),
    ]);
    const accepted = acceptSettings(kept, info);
    const marks = keptBookmarks(kept);
    if (accepted !== undefined && marks.length > 0) {
      await putBookmarks(source, marks);
      await saveViewState(sourceKey(source), SETTINGS_VERSION, accepted);
    }
    return { info, kept: accepted };
  });
  if (answer.status === 'loading') return <Reading source={source} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  const { info, kept } = answer.value;
  const extent = extentOf(info);
  if (!info.channels.some(isTrace) && eventChannels(info).length === 0) {
    return <Nothing title={t('{{name}} holds no channels.', { name: basename(info.path) })} path={source.path} />;
  }
  if (!Number.isFinite(extent.t0) || !Number.isFinite(extent.t1)) {
    const error = new NdiError({
      code: 'format.invalid',
      message: t('The times of {{name}} are not numbers.', { name: basename(info.path) }),
      recovery: t('Choose another recording.'),
    });
    return <ErrorState error={error} onRetry={answer.reload} />;
  }
  const empty = info.channels.every((channel) => (channel.samples ?? 0) === 0);
  // Of some events nobody has counted how many there are.
  if (empty && eventChannels(info).every(({ name }) => info.events[name] === 0)) {
    return (
      <Nothing
        title={
          info.channels.some(isTrace)
            ? t('{{name}} has channels but no samples.', { name: basename(info.path) })
            : t('{{name}} has channels for events, but nothing happened.', { name: basename(info.path) })
        }
        path={source.path}
      />
    );
  }
  return <TraceView source={source} info={info} kept={kept} title={title} steps={steps} followed={followed} />;
}

/** Headers are read in no time, unless they have to be fetched. */
function Reading({ source }: { readonly source: SignalSource }) {
  return (
    <>
      <FetchingNote />
      <LoadingState what={t('Reading the headers of {{name}}', { name: basename(source.path) })} lines={8} />
    </>
  );
}

function Nothing({ title, path }: { readonly title: string; readonly path: string }) {
  return (
    <EmptyState
      title={title}
      link={
        <button type="button" onClick={() => openPanel('session', { path })}>
          {t('Show what was read')}
        </button>
      }
    />
  );
}
