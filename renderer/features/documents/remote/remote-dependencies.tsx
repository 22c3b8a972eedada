import type { RemoteDocument, RemoteDocumentDetail } from '../../../../shared/contract/cloud.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';
import classes from '../detail/detail.module.css';
import { ExactName } from '../detail/exact-name.tsx';
import { humanise } from '../detail/form-model.ts';
import { DocumentLink } from '../document-link.tsx';
import { findDependents, findInCloud } from './find-in-cloud.ts';

interface RemoteDependenciesProps {
  readonly detail: RemoteDocumentDetail;
  readonly onVisit: (id: string) => void;
}

/** What a document of the cloud depends on and what depends on it, as far as the cloud tells. */
export function RemoteDependencies({ detail, onVisit }: RemoteDependenciesProps) {
  const { summary, dependencies } = detail;
  const ids = dependencies.map(({ id }) => id).filter((id) => id !== '');
  const targets = useAnswer(JSON.stringify(['cloud.targets', ids]), (signal) => findInCloud(ids, signal));
  const dependents = useAnswer(`cloud.dependents ${summary.id}`, (signal) => findDependents(summary.id, signal));
  return (
    <div className={classes.form}>
      <section aria-label={t('Depends on')}>
        <h3>{t('Depends on')}</h3>
        {dependencies.length === 0 ? (
          <p className={classes.empty}>{t('This document depends on no other.')}</p>
        ) : targets.status === 'loading' ? (
          <LoadingState lines={2} />
        ) : targets.status === 'failed' ? (
          <ErrorState inline error={targets.error} onRetry={targets.reload} />
        ) : (
          <dl className={classes.fields}>
            {dependencies.map(({ name, id }, index) => (
              <div key={index} className={classes.field}>
                <dt>
                  {humanise(name)} <ExactName name={name} />
                </dt>
                <dd>
                  <Target id={id} found={targets.value.find((one) => one.id === id)} onVisit={onVisit} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <section aria-label={t('Used by')}>
        <h3>{t('Used by')}</h3>
        {dependents.status === 'loading' ? (
          <LoadingState lines={2} />
        ) : dependents.status === 'failed' ? (
          <ErrorState inline error={dependents.error} onRetry={dependents.reload} />
        ) : dependents.value.length === 0 ? (
          <p className={classes.empty}>{t('No document that you may read depends on this one.')}</p>
        ) : (
          <ul className={classes.items}>
            {dependents.value.map((one) => (
              <li key={`${one.datasetId} ${one.id}`}>
                <DocumentLink document={one} onVisit={onVisit} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

interface TargetProps {
  readonly id: string;
  readonly found: RemoteDocument | undefined;
  readonly onVisit: (id: string) => void;
}

function Target({ id, found, onVisit }: TargetProps) {
  if (id === '') return <span className={classes.empty}>{t('empty')}</span>;
  if (found !== undefined) return <DocumentLink document={found} onVisit={onVisit} />;
  return (
    <span>
      <span className={classes.missing}>{t('not in NDI Cloud')}</span> <code translate="no">{id}</code>
    </span>
  );
}
