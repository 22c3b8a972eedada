import { useState } from 'react';
import { showError } from '../../../state/messages.ts';
import { changes } from './copy-acts.ts';
import type { CopyAct } from './copy-situation.ts';

interface CopyActs {
  /** An act that changes something has not ended. */
  readonly acting: boolean;
  /** Counts what was repaired or linked: the plan and the comparison are not true any more. */
  readonly round: number;
  readonly comparing: boolean;
  readonly act: (act: CopyAct) => void;
  readonly endComparison: () => void;
}

/** @param onChanged called after each change of the link or of the cloud's side */
export function useCopyActs(path: string, onChanged: () => void): CopyActs {
  const [acting, setActing] = useState(false);
  const [round, setRound] = useState(0);
  const [compared, setCompared] = useState(false);
  const change = async (act: Exclude<CopyAct, 'compare'>) => {
    setActing(true);
    try {
      const changed = await changes[act](path);
      if (!changed) return;
      // A comparison with the old dataset tells nothing of the new one.
      if (act !== 'repair') setCompared(false);
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
    comparing: compared,
    act: (act) => {
      if (act !== 'compare') {
        void change(act);
        return;
      }
      setCompared(true);
    },
    endComparison: () => setCompared(false),
  };
}
