import { useState } from 'react';
import type { ImportChoices } from '../../../../shared/model/import-plan/choices.ts';
import { useCommand } from '../../../state/commands.ts';
import { t } from '../../../texts/translate.ts';

interface History {
  readonly past: readonly ImportChoices[];
  readonly present: ImportChoices;
  readonly future: readonly ImportChoices[];
}

export interface Choices {
  readonly choices: ImportChoices;
  readonly change: (next: ImportChoices) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

const MOST_STEPS = 200;

/** What is said of the recordings, every step of which can be taken back until the session is made. */
export function useChoices(first: ImportChoices): Choices {
  const [{ past, present, future }, setHistory] = useState<History>({ past: [], present: first, future: [] });
  const undo = () =>
    setHistory((before) => {
      const last = before.past.at(-1);
      if (last === undefined) return before;
      return { past: before.past.slice(0, -1), present: last, future: [before.present, ...before.future] };
    });
  const redo = () =>
    setHistory((before) => {
      const [next, ...rest] = before.future;
      if (next === undefined) return before;
      return { past: [...before.past, before.present], present: next, future: rest };
    });
  const reason = t('Nothing was changed in this import');
  useCommand('edit.undo', undo, { enabled: past.length > 0, reason });
  useCommand('edit.redo', redo, { enabled: future.length > 0, reason });
  return {
    choices: present,
    change: (next) =>
      setHistory((before) => ({
        past: [...before.past, before.present].slice(-MOST_STEPS),
        present: next,
        future: [],
      })),
    undo,
    redo,
    canUndo: past.length > 0,
    canRedo: future.length > 0,
  };
}
