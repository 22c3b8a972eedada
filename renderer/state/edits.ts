import { useEffect } from 'react';
import { create } from 'zustand';
import { toNdiError } from '../../shared/contract/client-errors.ts';
import type { EditHistory } from '../../shared/contract/edits.ts';
import { t } from '../texts/translate.ts';
import { client, follow } from './client.ts';
import { refreshItem } from './items.ts';
import { type MessageAction, showError, showMessage } from './messages.ts';
import { openPanel } from './panels.ts';

/** What this process has changed, by folder: the next steps to undo and redo, and how often it changed. */
const useHistories = create<{ readonly histories: Readonly<Record<string, EditHistory>> }>()(() => ({ histories: {} }));

export function useHistory(path: string | undefined): EditHistory | undefined {
  return useHistories((state) => (path === undefined ? undefined : state.histories[path]));
}

/** Grows with every change of a folder's documents: part of the key of whatever shows them. */
export function useRevision(path: string): number {
  return useHistories((state) => state.histories[path]?.revision ?? 0);
}

/** Follows all changes while it is mounted, and reads anew what they touched. */
export function useEditChanges(): void {
  useEffect(
    () =>
      follow(
        (options) => client.edits.changes(undefined, options),
        (histories) => {
          const before = useHistories.getState().histories;
          useHistories.setState({ histories: Object.fromEntries(histories.map((one) => [one.path, one])) });
          for (const { path, revision } of histories) {
            if (revision !== (before[path]?.revision ?? 0)) refreshItem(path);
          }
        },
      ),
    [],
  );
}

interface TurnOptions {
  readonly quiet?: boolean;
  /** Only this step: what was done after it is not touched. */
  readonly step?: string | undefined;
}

/** Takes the last step on a folder back, or does it again, and says which it was; false where it could not. */
export async function turnBack(
  path: string,
  direction: 'undo' | 'redo',
  { quiet = false, step }: TurnOptions = {},
): Promise<boolean> {
  const meant = step ?? useHistories.getState().histories[path]?.[direction]?.id;
  const isUndo = direction === 'undo';
  try {
    const { history } = await client.edits[direction]({ path, ...(step === undefined ? {} : { step }) });
    if (quiet) return true;
    const turned = history[isUndo ? 'redo' : 'undo'];
    const title = turned?.title ?? '';
    showMessage({
      title: isUndo ? t('Undone: {{title}}', { title }) : t('Done again: {{title}}', { title }),
      actions: [
        {
          label: isUndo ? t('Redo') : t('Undo'),
          run: () => void turnBack(path, isUndo ? 'redo' : 'undo', { step: turned?.id }),
        },
      ],
    });
    return true;
  } catch (thrown) {
    // The offer to try again may stand for long: it means the step of now, whatever is done until then.
    const again = () => void turnBack(path, direction, { quiet, step: meant });
    const isPassed = toNdiError(thrown).code === 'edit.conflict';
    showError(
      thrown,
      isPassed ? [{ label: t('Show the history'), run: () => openPanel('history', { path }, { place: 'right' }) }] : [],
      again,
    );
    return false;
  }
}

/**
 * Takes back what was just done, in a message that may stand for long: never what was done after it.
 * @param takeBack where more than the newest step belongs to it
 */
export function undoAction(
  path: string,
  takeBack = (newest: string | undefined) => void turnBack(path, 'undo', { step: newest }),
): MessageAction {
  const step = client.edits.history({ path }).then(
    ({ undo }) => undo?.id,
    () => undefined,
  );
  return { label: t('Undo'), run: () => void step.then(takeBack) };
}

/**
 * Tells that a change was not stored. The offer to try again may stand for long: `again` says what was seen, and where
 * something else is there by then, the person chooses whether it is written over.
 */
export function showUnwritten(thrown: unknown, again: () => void, anyway: () => void): void {
  const isStale = toNdiError(thrown).code === 'edit.conflict';
  showError(thrown, isStale ? [{ label: t('Write over it'), run: anyway }] : [], again);
}
