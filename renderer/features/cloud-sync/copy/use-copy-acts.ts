import { useState } from 'react';
import { showError } from '../../../state/messages.ts';
import { changes, type CopyChange } from './copy-acts.ts';
import { isView, type CopyAct, type CopyView } from './copy-situation.ts';

interface CopyActs {
  /** An act that changes something has not ended. */
  readonly acting: boolean;
  /** Counts what was repaired or linked: the plan and the comparison are not true any more. */
  readonly round: number;
  /** What is shown above the plan. */
  readonly view: CopyView | null;
  readonly act: (act: CopyAct) => void;
  readonly endView: () => void;
}

/** @param onChanged called after each change of the link or of the cloud's side */
export function useCopyActs(path: string, onChanged: () => void): CopyActs {
  const [acting, setActing] = useState(false);
  const [round, setRound] = useState(0);
  const [view, setView] = useState<CopyView | null>(null);
  const change = async (act: CopyChange) => {
    setActing(true);
    try {
      const changed = await changes[act](path);
      if (!changed) return;
      // What was shown of the old dataset tells nothing of the new one.
      if (act !== 'repair') setView(null);
      // Without a link there is nothing to plan until the status tells so.
      if (act !== 'unlink') setRound((before) => before + 1);
      onChanged();
    } catch (thrown) {
      showError(thrown);
    } finally {
      setActing(false);
    }
  };
  return {
    acting,
    round,
    view,
    act: (act) => {
      if (isView(act)) setView(act);
      else void change(act);
    },
    endView: () => setView(null),
  };
}
