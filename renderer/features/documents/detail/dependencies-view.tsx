import { IconLinkOff } from '@tabler/icons-react';
import type { DocumentDetail } from '../../../../shared/contract/documents.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import { plural, t } from '../../../texts/translate.ts';
import { DocumentLink } from '../document-link.tsx';
import classes from './detail.module.css';
import { ExactName } from './exact-name.tsx';
import { humanise } from './form-model.ts';

interface DependenciesViewProps {
  readonly detail: DocumentDetail;
  readonly onVisit: (id: string) => void;
}

/** More dependents than this are not listed; the list of documents finds them. */
const DEPENDENTS_SHOWN = 200;

/** What a document depends on and what depends on it, as links; missing ones say so. */
export function DependenciesView({ detail, onVisit }: DependenciesViewProps) {
  const { dependencies, dependents } = detail;
  return (
    <div className={classes.form}>
      <section aria-label={t('Depends on')}>
        <h3>{t('Depends on')}</h3>
        {dependencies.length === 0 ? (
          <p className={classes.empty}>{t('This document depends on no other.')}</p>
        ) : (
          <dl className={classes.fields}>
            {dependencies.map((dependency, index) => (
              <div key={index} className={classes.field}>
                <dt>
                  {humanise(dependency.name)} <ExactName name={dependency.name} />
                </dt>
                <dd>
                  <Target dependency={dependency} onVisit={onVisit} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <section aria-label={t('Used by')}>
        <h3>{t('Used by')}</h3>
        {dependents.length === 0 ? (
          <p className={classes.empty}>{t('No document depends on this one.')}</p>
        ) : (
          <ul className={classes.items}>
            {dependents.slice(0, DEPENDENTS_SHOWN).map((dependent) => (
              <li key={dependent.id}>
                <DocumentLink document={dependent} onVisit={onVisit} />
              </li>
            ))}
          </ul>
        )}
        {dependents.length > DEPENDENTS_SHOWN && (
          <p className={classes.empty}>
            {plural(dependents.length - DEPENDENTS_SHOWN, 'and {{count}} more', 'and {{count}} more')}
          </p>
        )}
      </section>
    </div>
  );
}

interface TargetProps {
  readonly dependency: DocumentDetail['dependencies'][number];
  readonly onVisit: (id: string) => void;
}

function Target({ dependency, onVisit }: TargetProps) {
  if (dependency.document !== null) return <DocumentLink document={dependency.document} onVisit={onVisit} />;
  if (dependency.id === '') return <span className={classes.empty}>{t('empty')}</span>;
  return (
    <span className={classes.missing}>
      <IconLinkOff size={14} aria-hidden /> {t('missing')} <ElidedText text={dependency.id} mono />
    </span>
  );
}
