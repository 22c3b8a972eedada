import { Button, Chip } from '@mantine/core';
import { useState } from 'react';
import type { SyncPlanView } from '../../../../shared/contract/cloud-sync.ts';
import { syncActions, type SyncAction } from '../../../../shared/model/sync.ts';
import { DataTable } from '../../../components/table/data-table.tsx';
import { runCommand } from '../../../state/commands.ts';
import { formatBytes, formatNumber, plural, t } from '../../../texts/translate.ts';
import { openDocument } from '../open-document.ts';
import { ConflictView } from './conflict-view.tsx';
import { Deletions } from './deletions.tsx';
import { FirstUpload } from './first-upload.tsx';
import { actionText, planColumns, type PlanRow } from './plan-columns.tsx';
import { type Begin, deletionsOf, doesMore, type Settled } from './settled.ts';
import classes from '../cloud-sync.module.css';

interface PlanViewProps {
  readonly path: string;
  readonly plan: SyncPlanView;
  readonly signedIn: boolean;
  readonly onBegin: (how: Begin) => void;
}

/** What would be done: sums, every step, deletions apart, conflicts to be settled, and the button that begins. */
export function PlanView({ path, plan, signedIn, onBegin }: PlanViewProps) {
  const [filter, setFilter] = useState<SyncAction | null>(null);
  const [selected, setSelected] = useState(0);
  const [agreed, setAgreed] = useState('');
  const [settled, setSettled] = useState<Record<string, Settled>>({});
  const [name, setName] = useState(plan.datasetName);
  const isFirst = plan.cloudDatasetId === null;
  const steps = filter === null ? plan.steps : plan.steps.filter(({ action }) => action === filter);
  const step = steps[Math.min(selected, steps.length - 1)];
  const deletions = deletionsOf(plan, settled);
  // Only this direction may empty a side on purpose (cloud reference, section 14.4).
  const mayEmpty = plan.blocked !== null && plan.mode === 'mirrorFromRemote';
  const typed = plan.consent === 'typed' || mayEmpty;
  const edits = plan.states.editedHere + plan.states.editedThere;
  const agrees = typed ? agreed === plan.datasetName : agreed !== '';
  const rest = doesMore(plan, settled);
  const canBegin = plan.blocked === null ? rest || (deletions > 0 && agrees) : mayEmpty && agrees;
  const begin = () => {
    if (!signedIn) {
      runCommand('cloud.signIn');
      return;
    }
    const yes = typed ? { typedName: agreed } : { yes: true, maxDeletions: deletions };
    const approval = agrees ? yes : { withoutDeletions: deletions > 0 };
    onBegin({ approval, resolutions: settled, ...(name.trim() === '' ? {} : { name: name.trim() }) });
  };
  return (
    <>
      {isFirst && <FirstUpload name={name} onName={setName} />}
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
        <Button onClick={begin} disabled={!canBegin}>
          {buttonText({ signedIn, isFirst, isRest: deletions > 0 && !agrees && rest })}
        </Button>
      </div>
      {[...(plan.blocked === null ? [] : [plan.blocked]), ...plan.warnings].map(({ code, message }) => (
        <p key={code} className={classes.notice} role="alert">
          {message}
        </p>
      ))}
      {edits > 0 && !plan.updateEdited && (
        <p className={classes.notice} role="status">
          {plural(
            edits,
            '{{count}} edited document is left alone: “Carry edits over” includes it.',
            '{{count}} edited documents are left alone: “Carry edits over” includes them.',
          )}
        </p>
      )}
      {(deletions > 0 || mayEmpty) && (
        <Deletions
          plan={plan}
          count={deletions}
          typed={typed}
          agreed={agreed}
          onAgree={setAgreed}
          onShow={(action) => {
            setFilter(action);
            setSelected(0);
          }}
        />
      )}
      {step === undefined ? (
        <p className={classes.notice}>{emptyText(plan)}</p>
      ) : (
        <div className={classes.split} data-detail={step.action === 'conflict'}>
          <DataTable
            label={t('Plan')}
            columns={planColumns(settled)}
            count={steps.length}
            rowAt={(index) => steps[index]}
            selected={steps.indexOf(step)}
            onSelect={setSelected}
            onOpen={(row) => openStep(path, row)}
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
      {step !== undefined && <p className={classes.notice}>{footText(plan)}</p>}
    </>
  );
}

/** Why no step is shown. */
function emptyText({ steps, stepCount, updateEdited }: SyncPlanView): string {
  if (steps.length > 0) {
    return t('None of these are among the first {{shown}} of {{all}} steps, which are shown; all are carried out.', {
      shown: formatNumber(steps.length),
      all: formatNumber(stepCount),
    });
  }
  const nothing = t('Nothing to do: both sides are in step.');
  return updateEdited ? nothing : `${nothing} ${t('Edits in the cloud are looked for with “Carry edits over”.')}`;
}

function buttonText(at: { signedIn: boolean; isFirst: boolean; isRest: boolean }): string {
  if (!at.signedIn) return t('Sign in to upload…');
  if (at.isFirst) return t('Upload to NDI Cloud');
  return at.isRest ? t('Carry out the rest') : t('Carry out the plan');
}

function openStep(path: string, { kind, id, documentId, state }: PlanRow): void {
  const isHere = state !== 'newThere' && state !== 'deletedHere' && state !== 'deletedHereEditedThere';
  openDocument(path, kind === 'file' ? documentId : id, isHere);
}

function footText({ steps, stepCount }: SyncPlanView): string {
  const values = { shown: formatNumber(steps.length), all: formatNumber(stepCount) };
  const way = t('Enter or a double click opens a document.');
  if (stepCount <= steps.length) return way;
  return `${t('The first {{shown}} of {{all}} steps are shown; all are carried out.', values)} ${way}`;
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
