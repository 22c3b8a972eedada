import { Button, Chip, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SyncPlanView } from '../../../../shared/contract/cloud-sync.ts';
import { isEmptyPlan, syncActions, type SyncAction } from '../../../../shared/model/sync.ts';
import { DataTable } from '../../../components/table/data-table.tsx';
import { formatBytes, formatNumber, plural, t } from '../../../texts/translate.ts';
import { ConflictView } from './conflict-view.tsx';
import { actionText, planColumns } from './plan-columns.tsx';
import type { Settled, SyncRequest } from './settled.ts';
import classes from '../cloud-sync.module.css';

interface PlanViewProps {
  readonly path: string;
  readonly plan: SyncPlanView;
  readonly onBegin: (more: Partial<SyncRequest>) => void;
}

/** What would be done: sums, every step, deletions apart, conflicts to be settled, and the button that begins. */
export function PlanView({ path, plan, onBegin }: PlanViewProps) {
  const [filter, setFilter] = useState<SyncAction | null>(null);
  const [selected, setSelected] = useState(0);
  const [agreed, setAgreed] = useState('');
  const [settled, setSettled] = useState<Record<string, Settled>>({});
  const steps = filter === null ? plan.steps : plan.steps.filter(({ action }) => action === filter);
  const step = steps[Math.min(selected, steps.length - 1)];
  const deletions = plan.totals['delete-here'].documents + plan.totals['delete-there'].documents;
  const typed = plan.consent === 'typed' || plan.blocked !== null;
  const mayDelete = deletions === 0 || (typed ? agreed === plan.datasetName : agreed !== '');
  const nothing = isEmptyPlan(plan) && Object.keys(settled).length === 0;
  const begin = () => {
    const approval = typed ? { typedName: agreed } : { yes: agreed !== '' };
    onBegin({ approval, resolutions: settled });
  };
  return (
    <>
      <div className={classes.totals} role="group" aria-label={t('Sums; choose one to see only those')}>
        {syncActions
          .filter((action) => plan.totals[action].documents + plan.totals[action].files > 0)
          .map((action) => (
            <Chip
              key={action}
              checked={filter === action}
              onChange={() => setFilter(filter === action ? null : action)}
              color={action.startsWith('delete') ? 'red' : 'blue'}
            >
              {sumText(action, plan)}
            </Chip>
          ))}
        <span className={classes.space} />
        <Button
          onClick={begin}
          disabled={nothing || !mayDelete || (plan.blocked !== null && agreed !== plan.datasetName)}
        >
          {plan.cloudDatasetId === null ? t('Upload to NDI Cloud') : t('Carry out the plan')}
        </Button>
      </div>
      {[...(plan.blocked === null ? [] : [plan.blocked]), ...plan.warnings].map(({ code, message }) => (
        <p key={code} className={classes.notice} role="alert">
          {message}
        </p>
      ))}
      {(deletions > 0 || plan.blocked !== null) && (
        <Consent plan={plan} count={deletions} typed={typed} agreed={agreed} onAgree={setAgreed} />
      )}
      {plan.steps.length === 0 || step === undefined ? (
        <p className={classes.notice}>{t('Nothing to do: both sides are in step.')}</p>
      ) : (
        <div className={classes.split} data-detail={step.action === 'conflict'}>
          <DataTable
            label={t('Plan')}
            columns={planColumns(settled)}
            count={steps.length}
            rowAt={(index) => steps[index]}
            selected={steps.indexOf(step)}
            onSelect={setSelected}
          />
          {step.action === 'conflict' && (
            <ConflictView
              key={step.id}
              path={path}
              id={step.id}
              settled={settled[step.id]}
              onSettle={(how) => setSettled({ ...settled, [step.id]: how })}
            />
          )}
        </div>
      )}
      {plan.stepCount > plan.steps.length && (
        <p className={classes.notice}>
          {t('The first {{shown}} of {{all}} steps are shown; all are carried out.', {
            shown: formatNumber(plan.steps.length),
            all: formatNumber(plan.stepCount),
          })}
        </p>
      )}
    </>
  );
}

function sumText(action: SyncAction, { totals }: SyncPlanView): string {
  const { documents, files, bytes } = totals[action];
  const parts = [
    documents === 0 ? '' : plural(documents, '{{count}} document', '{{count}} documents'),
    files === 0 ? '' : plural(files, '{{count}} file', '{{count}} files'),
    bytes === 0 ? '' : formatBytes(bytes),
  ];
  return `${actionText(action)}: ${parts.filter((part) => part !== '').join(', ')}`;
}

interface ConsentProps {
  readonly plan: SyncPlanView;
  readonly count: number;
  readonly typed: boolean;
  readonly agreed: string;
  readonly onAgree: (agreed: string) => void;
}

/** Deletions are apart and off: a tick for few, the name of the dataset for many. */
function Consent({ plan, count, typed, agreed, onAgree }: ConsentProps) {
  return (
    <section className={classes.deletions} aria-label={t('Deletions')}>
      <strong>
        {plural(count, 'The plan deletes {{count}} document.', 'The plan deletes {{count}} documents.')}{' '}
        {t('In the cloud they can be had back for seven days; here they stay in the history.')}
      </strong>
      {typed ? (
        <TextInput
          label={t('To agree, type the name of the dataset: {{name}}', { name: plan.datasetName })}
          value={agreed}
          onChange={(event) => onAgree(event.currentTarget.value)}
          w={360}
        />
      ) : (
        <label>
          <input
            type="checkbox"
            checked={agreed !== ''}
            onChange={(event) => onAgree(event.currentTarget.checked ? 'yes' : '')}
          />{' '}
          {t('Delete them')}
        </label>
      )}
    </section>
  );
}
