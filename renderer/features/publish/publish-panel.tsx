import { CiteButton } from '../../components/citation/cite-button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { usePanelTitle, type PanelParams } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { t } from '../../texts/translate.ts';
import { Branches } from './branches.tsx';
import { CheckRows } from './check-rows.tsx';
import { DoiSection } from './doi-section.tsx';
import { PublishActions } from './publish-actions.tsx';
import { PublicationBadge } from './publication-badge.tsx';
import { usePublish } from './use-publish.ts';
import classes from './publish.module.css';

/** What a dataset needs before it is published, where each thing is mended, and the buttons that publish it. */
export function PublishPanel({ params: { path } }: { readonly params: PanelParams['publish'] }) {
  const publish = usePublish(path);
  const { answer } = publish;
  const name = answer.status === 'ready' && answer.value.name !== '' ? answer.value.name : basename(path);
  usePanelTitle(t('Publish {{name}}', { name: basename(path) }));
  return (
    <div className={classes.panel}>
      <header className={classes.head}>
        <h1 translate="no">{name}</h1>
        {answer.status === 'ready' && <PublicationBadge state={answer.value.state} />}
        <span className={classes.space} />
        <CiteButton cited={{ path }} />
      </header>
      {answer.status === 'loading' && <LoadingState what={t('Asking NDI Cloud…')} lines={8} />}
      {answer.status === 'failed' && <ErrorState error={answer.error} onRetry={answer.reload} />}
      {answer.status === 'ready' && (
        <div className={classes.body} tabIndex={0} role="region" aria-label={t('What publishing needs')}>
          <CheckRows path={path} publish={publish} state={answer.value} />
          <PublishActions publish={publish} state={answer.value} />
          {answer.value.cloudDatasetId !== null && (
            <>
              <DoiSection path={path} state={answer.value} onChanged={answer.reload} />
              <Branches path={path} />
            </>
          )}
        </div>
      )}
    </div>
  );
}
