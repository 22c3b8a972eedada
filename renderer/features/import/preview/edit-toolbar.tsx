import { Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconArrowMerge, IconArrowsSplit } from '@tabler/icons-react';
import { Toolbar, ToolbarSpace } from '../../../components/toolbar.tsx';
import { t } from '../../../texts/translate.ts';
import { withMerge, withSplit } from './edit-choices.ts';
import type { Epoch } from './import-rows.ts';
import type { Choices } from './use-choices.ts';

interface EditToolbarProps {
  readonly history: Choices;
  /** The epochs that are selected. */
  readonly epochs: readonly Epoch[];
}

/** Merges and splits what is selected; takes steps back. */
export function EditToolbar({ history, epochs }: EditToolbarProps) {
  const { choices, change, undo, redo, canUndo, canRedo } = history;
  const keys = epochs.flatMap(({ recordings }) => recordings.map(({ found }) => found.key));
  const canSplit = epochs.some(({ recordings }) => recordings.length > 1);
  return (
    <Toolbar label={t('Epochs')}>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconArrowMerge size={14} aria-hidden />}
        disabled={epochs.length < 2}
        title={t('Recordings of different devices that were made at one time; select them with Shift or Ctrl')}
        onClick={() => change(withMerge(choices, keys))}
      >
        {t('Make one epoch')}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconArrowsSplit size={14} aria-hidden />}
        disabled={!canSplit}
        onClick={() => change(withSplit(choices, keys))}
      >
        {t('Split')}
      </Button>
      <ToolbarSpace />
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconArrowBackUp size={14} aria-hidden />}
        disabled={!canUndo}
        onClick={undo}
      >
        {t('Undo')}
      </Button>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconArrowForwardUp size={14} aria-hidden />}
        disabled={!canRedo}
        onClick={redo}
      >
        {t('Redo')}
      </Button>
    </Toolbar>
  );
}
