import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { client } from '../../state/client.ts';
import { useCommand } from '../../state/commands.ts';
import { useRevision } from '../../state/edits.ts';
import { type PanelParams, usePanelTitle } from '../../state/panels.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import { FrameViewer } from './frame-viewer.tsx';
import { WholeFile } from './whole-file.tsx';
import classes from './image.module.css';

/** A picture or stack of frames: of a document, an epoch or a file. */
export function ImagePanel({ params: { source } }: { readonly params: PanelParams['image'] }) {
  const key = JSON.stringify(['image', source, useRevision(source.path)]);
  const answer = useAnswer(key, (signal) => client.images.describe({ source }, { signal }), { keepLast: true });
  useCommand('item.reload', answer.reload);
  usePanelTitle(answer.value?.name ?? t('Picture'));
  if (answer.status === 'loading') return <LoadingState what={t('Looking at the picture…')} lines={6} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  const info = answer.value;
  return (
    <div className={classes.panel}>
      {info.kind === 'frames' ? (
        <FrameViewer key={key} source={source} info={info} />
      ) : (
        <WholeFile key={key} source={source} info={info} />
      )}
    </div>
  );
}
