import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconHistory } from '@tabler/icons-react';
import { CommandButton } from '../../../components/command-button.tsx';
import { turnBack, useHistory } from '../../../state/edits.ts';
import { useShortcutLabel } from '../../../state/shortcuts.ts';
import { t } from '../../../texts/translate.ts';

/** Undo, redo and the history of a folder, by the names of the steps. */
export function UndoButtons({ path }: { readonly path: string }) {
  const history = useHistory(path);
  return (
    <>
      <StepButton path={path} direction="undo" title={history?.undo?.title} />
      <StepButton path={path} direction="redo" title={history?.redo?.title} />
      <CommandButton command="edit.history" icon={<IconHistory size={16} aria-hidden />} />
    </>
  );
}

interface StepButtonProps {
  readonly path: string;
  readonly direction: 'undo' | 'redo';
  readonly title: string | undefined;
}

function StepButton({ path, direction, title }: StepButtonProps) {
  const shortcut = useShortcutLabel(direction === 'undo' ? 'edit.undo' : 'edit.redo');
  const label = labelOf(direction, title);
  return (
    <Tooltip label={shortcut === '' ? label : `${label} (${shortcut})`}>
      <ActionIcon
        aria-label={label}
        aria-keyshortcuts={shortcut}
        aria-disabled={title === undefined}
        {...(title === undefined ? { 'data-disabled': true } : {})}
        onClick={() => {
          if (title !== undefined) void turnBack(path, direction);
        }}
      >
        {direction === 'undo' ? (
          <IconArrowBackUp size={16} aria-hidden />
        ) : (
          <IconArrowForwardUp size={16} aria-hidden />
        )}
      </ActionIcon>
    </Tooltip>
  );
}

function labelOf(direction: 'undo' | 'redo', title: string | undefined): string {
  if (title === undefined) return direction === 'undo' ? t('Nothing to undo') : t('Nothing to redo');
  return direction === 'undo' ? t('Undo: {{title}}', { title }) : t('Redo: {{title}}', { title });
}
