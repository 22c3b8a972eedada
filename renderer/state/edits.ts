import { useEffect } from 'react';
import { create } from 'zustand';
import type { EditHistory } from '../../shared/contract/edits.ts';
import { t } from '../texts/translate.ts';
import { client, follow } from './client.ts';
import { refreshItem } from './items.ts';
import { showError, showMessage } from './messages.ts';

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

/** Takes the last step on a folder back, or does it again, and says which it was. */
export async function turnBack(
  path: string,
  direction: 'undo' | 'redo',
  { quiet = false }: { quiet?: boolean } = {},
): Promise<void> {
  const title = useHistories.getState().histories[path]?.[direction]?.title ?? '';
  try {
    await (direction === 'undo' ? client.edits.undo({ path }) : client.edits.redo({ path }));
  } catch (thrown) {
    showError(thrown, [], () => void turnBack(path, direction, { quiet }));
    return;
  }
  if (quiet) return;
  const isUndo = direction === 'undo';
  showMessage({
    title: isUndo ? t('Undone: {{title}}', { title }) : t('Done again: {{title}}', { title }),
    actions: [{ label: isUndo ? t('Redo') : t('Undo'), run: () => void turnBack(path, isUndo ? 'redo' : 'undo') }],
  });
}
