import { IconLinkOff } from '@tabler/icons-react';
import type { DocumentDetail } from '../../../../shared/contract/documents.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import { type NameOf, useDocumentNames } from '../../../state/document-names.ts';
import { plural, t } from '../../../texts/translate.ts';
import { DocumentLink } from '../document-link.tsx';
import classes from './detail.module.css';
import { ExactName } from './exact-name.tsx';
import { humanise } from './form-model.ts';

interface DependenciesViewProps {
  readonly path: string;
  readonly detail: DocumentDetail;
  readonly onVisit: (id: string) => void;
}

/** More dependents than this are not listed; the list of documents finds them. */
const DEPENDENTS_SHOWN = 200;

/** What a document depends on and what depends on it, as links; missing ones say so. */
export function DependenciesView({ path, detail, onVisit }: DependenciesViewProps) {
  const { dependencies } = detail;
  const dependents = detail.dependents.slice(0, DEPENDENTS_SHOWN);
  const more = detail.dependents.length - dependents.length;
  const nameOf = useDocumentNames(path, [...dependencies.flatMap(({ document }) => document ?? []), ...dependents]);
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
                  <Target dependency={dependency} nameOf={nameOf} onVisit={onVisit} />
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
            {dependents.map((dependent) => (
              <li key={dependent.id}>
                <DocumentLink document={dependent} name={nameOf(dependent)} onVisit={onVisit} />
              </li>
            ))}
          </ul>
        )}
        {more > 0 && <p className={classes.empty}>{plural(more, 'and {{count}} more', 'and {{count}} more')}</p>}
      </section>
    </div>
  );
}

interface TargetProps {
  readonly dependency: DocumentDetail['dependencies'][number];
  readonly nameOf: NameOf;
  readonly onVisit: (id: string) => void;
}

function Target({ dependency, nameOf, onVisit }: TargetProps) {
  const { document } = dependency;
  if (document !== null) return <DocumentLink document={document} name={nameOf(document)} onVisit={onVisit} />;
  if (dependency.id === '') return <span className={classes.empty}>{t('empty')}</span>;
  return (
    <span className={classes.missing}>
      <IconLinkOff size={14} aria-hidden /> {t('missing')} <ElidedText text={dependency.id} mono />
    </span>
  );
}
