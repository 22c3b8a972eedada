import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DocumentForm } from '../../../../shared/contract/forms.ts';
import { CommandButton } from '../../../components/command-button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { Toolbar, ToolbarSpace } from '../../../components/toolbar.tsx';
import { client } from '../../../state/client.ts';
import { useCommand } from '../../../state/commands.ts';
import { turnBack, useHistory } from '../../../state/edits.ts';
import { usePanelTitle, type PanelParams } from '../../../state/panels.ts';
import { useShortcutLabel } from '../../../state/shortcuts.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { plural, t } from '../../../texts/translate.ts';
import { UndoButtons } from '../history/undo-buttons.tsx';
import classes from '../metadata.module.css';
import { ClassChooser } from '../record/class-chooser.tsx';
import { ProblemJumps } from '../record/problem-jumps.tsx';
import { GridTable } from './grid-table.tsx';
import type { Selection } from './grid-model.ts';
import { cutText, useGrid } from './use-grid.ts';

/** Many documents of one class as a table that is written into like a spreadsheet. */
export function GridPanel({ params }: { readonly params: PanelParams['grid'] }) {
  const { path, sessionId } = params;
  const [name, setName] = useState(params.class);
  usePanelTitle(name === undefined ? t('Table of documents') : t('Table: {{class}}', { class: name }));
  const classList = useAnswer('classes', (signal) => client.forms.classes(undefined, { signal }));
  const form = useAnswer(JSON.stringify(name ?? null), async (signal) =>
    name === undefined ? null : await client.forms.form({ class: name }, { signal }),
  );
  if (classList.status === 'failed') return <ErrorState error={classList.error} onRetry={classList.reload} />;
  if (form.status === 'failed') return <ErrorState error={form.error} onRetry={form.reload} />;
  if (classList.status === 'loading' || form.status === 'loading') return <LoadingState lines={8} />;
  const chooser = <ClassChooser all={classList.value} value={name} onChoose={setName} />;
  if (form.value === null) {
    return (
      <div className={classes.panel}>
        <Toolbar label={t('Table of documents')}>{chooser}</Toolbar>
        <EmptyState title={t('Choose which documents you want to write into a table.')} />
      </div>
    );
  }
  return <FilledPanel key={form.value.class} path={path} sessionId={sessionId} form={form.value} chooser={chooser} />;
}

interface FilledPanelProps {
  readonly path: string;
  readonly sessionId: string | undefined;
  readonly form: DocumentForm;
  readonly chooser: React.ReactNode;
}

function FilledPanel({ path, sessionId, form, chooser }: FilledPanelProps) {
  const answer = useGrid({ path, sessionId }, form);
  const [selection, setSelection] = useState<Selection>({ row: 0, column: 0, toRow: 0, toColumn: 0 });
  const history = useHistory(path);
  const grid = answer.status === 'ready' ? answer.value : undefined;
  const own = grid?.canTakeBack ?? { undo: false, redo: false };
  const turn = (direction: 'undo' | 'redo') => {
    if (own[direction]) grid?.takeBack(direction);
    else void turnBack(path, direction);
  };
  useCommand('edit.undo', () => turn('undo'), { enabled: own.undo || (history?.undo ?? null) !== null });
  useCommand('edit.redo', () => turn('redo'), { enabled: own.redo || (history?.redo ?? null) !== null });
  const blocked = grid?.problems.some(({ grade }) => grade === 'blocks') ?? false;
  const ready = grid !== undefined && grid.newRows > 0 && !blocked && grid.current;
  useCommand('metadata.store', () => void grid?.store(), {
    enabled: ready,
    reason: t('There are no new rows, or something is missing in them'),
  });
  const shortcut = useShortcutLabel('metadata.store');
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  if (grid === undefined) return <LoadingState lines={10} />;
  const jump = (field: string) => {
    const [row = '0', key = ''] = field.split(' ');
    const column = Math.max(
      0,
      grid.columns.findIndex((one) => one.key === key),
    );
    setSelection({ row: Number(row), column, toRow: Number(row), toColumn: column });
    document.querySelector<HTMLElement>(`[role="grid"][aria-label="${CSS.escape(form.class)}"]`)?.focus();
  };
  return (
    <div className={classes.panel}>
      <Toolbar label={t('Table of documents')}>
        {chooser}
        <CommandButton command="grid.fillDown" label={t('Fill down')} />
        <span className={classes.quiet}>{cutText(grid.rows.length - 1 - grid.newRows, grid.total)}</span>
        <ToolbarSpace />
        <Button
          variant="filled"
          disabled={!ready}
          loading={grid.storing}
          aria-keyshortcuts={shortcut}
          onClick={() => void grid.store()}
        >
          {grid.newRows === 0
            ? t('Nothing new to store')
            : plural(grid.newRows, 'Store {{count}} new row', 'Store {{count}} new rows')}
        </Button>
        <UndoButtons path={path} />
      </Toolbar>
      <GridTable
        path={path}
        sessionId={sessionId}
        label={form.class}
        grid={grid}
        selection={selection}
        onSelect={setSelection}
      />
      <div className={classes.gridFoot}>
        <p className={classes.about}>
          {t(
            'Write into the last row for new documents, or paste rows from a spreadsheet; a row of headings finds its columns. Changes of stored documents are written at once.',
          )}
        </p>
        {(grid.newRows > 0 || grid.problems.length > 0) && (
          <ProblemJumps
            problems={grid.problems.slice(0, 200).map(({ row, key, message, grade }) => ({
              field: `${row} ${key}`,
              where: key,
              message: t('Row {{row}}: {{message}}', { row: row + 1, message }),
              grade,
            }))}
            current={grid.current}
            onJump={jump}
          />
        )}
      </div>
    </div>
  );
}
