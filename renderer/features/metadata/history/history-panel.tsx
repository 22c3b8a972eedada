import { Button } from '@mantine/core';
import type { EditStep } from '../../../../shared/contract/edits.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Toolbar, ToolbarSpace } from '../../../components/toolbar.tsx';
import { turnBack, useHistory } from '../../../state/edits.ts';
import { usePanelTitle, type PanelParams } from '../../../state/panels.ts';
import { basename } from '../../../state/paths.ts';
import { formatDate, plural, t } from '../../../texts/translate.ts';
import classes from '../metadata.module.css';
import { UndoButtons } from './undo-buttons.tsx';

/** Everything that was changed in a folder since the application was started, the newest first. */
export function HistoryPanel({ params }: { readonly params: PanelParams['history'] }) {
  const { path } = params;
  const history = useHistory(path);
  usePanelTitle(t('History of {{name}}', { name: basename(path) }));
  const steps = [...(history?.steps ?? [])].reverse();
  return (
    <div className={classes.panel}>
      <Toolbar label={t('History of changes')}>
        <h2 className={classes.title}>{t('History of changes')}</h2>
        <ToolbarSpace />
        <UndoButtons path={path} />
      </Toolbar>
      {steps.length === 0 ? (
        <EmptyState title={t('Nothing was changed here since the application was started.')} />
      ) : (
        <ol className={classes.steps} aria-label={t('Changes, the newest first')}>
          {steps.map((step) => (
            <StepRow key={step.id} step={step} onReturn={() => void returnTo(path, steps, step)} />
          ))}
        </ol>
      )}
    </div>
  );
}

function StepRow({ step, onReturn }: { readonly step: EditStep; readonly onReturn: () => void }) {
  return (
    <li className={classes.step} data-undone={step.undone}>
      <span className={classes.stepTitle}>{step.title}</span>
      <span className={classes.quiet}>
        {formatDate(step.at)} · {plural(step.documents, '{{count}} document', '{{count}} documents')}
        {step.undone && ` · ${t('undone')}`}
      </span>
      <Button variant="subtle" onClick={onReturn}>
        {step.undone ? t('Do again up to here') : t('Undo down to here')}
      </Button>
    </li>
  );
}

/** Undoes or does again, one after the other, every step up to and with the one that was chosen; one that fails is the last. */
async function returnTo(path: string, newestFirst: readonly EditStep[], chosen: EditStep): Promise<void> {
  const at = newestFirst.indexOf(chosen);
  const steps = chosen.undone
    ? newestFirst.slice(at).filter((step) => step.undone)
    : newestFirst.slice(0, at + 1).filter((step) => !step.undone);
  for (const { undone } of steps) {
    if (!(await turnBack(path, undone ? 'redo' : 'undo', { quiet: true }))) return;
  }
}
