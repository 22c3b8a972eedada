import type { DocumentDetail } from '../../../../shared/contract/documents.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { t } from '../../../texts/translate.ts';
import classes from './detail.module.css';
import { ExactName } from './exact-name.tsx';
import { FieldValue } from './field-value.tsx';
import { formGroups, humanise, type FormGroup } from './form-model.ts';

interface FormViewProps {
  readonly detail: Pick<DocumentDetail, 'document' | 'summary' | 'cut'>;
  readonly onVisit: (id: string) => void;
}

/** The document as a readable form: a group a property list, the exact field name beside each label. */
export function FormView({ detail, onVisit }: FormViewProps) {
  const groups = formGroups(detail.document, detail.summary.class, detail.cut);
  if (groups.length === 0) return <EmptyState title={t('This document holds no fields.')} />;
  return (
    <div className={classes.form}>
      {groups.map((group) => (
        <FieldGroup key={group.name} group={group} onVisit={onVisit} />
      ))}
    </div>
  );
}

function FieldGroup({ group, onVisit }: { readonly group: FormGroup; readonly onVisit: (id: string) => void }) {
  return (
    <section aria-label={humanise(group.name)}>
      <h3>
        {humanise(group.name)} <ExactName name={group.name} />
      </h3>
      {group.fields.length === 0 ? (
        <p className={classes.empty}>{t('no fields')}</p>
      ) : (
        <dl className={classes.fields}>
          {group.fields.map((field) => (
            <div key={field.name} className={classes.field}>
              <dt>
                {humanise(field.name)} <ExactName name={field.name} />
              </dt>
              <dd>
                <FieldValue name={field.name} value={field.value} onVisit={onVisit} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
