import { useEffect, useState } from 'react';
import type { CallInputs } from '../../../../shared/contract/contract.ts';
import type { DraftProblem } from '../../../../shared/contract/forms.ts';
import { client } from '../../../state/client.ts';

type Drafts = CallInputs['forms']['check']['drafts'];

/** Checked again when the typing pauses. */
const CHECK_AFTER_MS = 150;

export interface Check {
  readonly problems: readonly DraftProblem[];
  /** Whether the problems are those of what stands in the form now. */
  readonly current: boolean;
}

/** What is wrong with documents that are being written, by the rules of the services; checked while one types. */
export function useCheck(path: string, sessionId: string | undefined, drafts: Drafts, revision: number): Check {
  const key = JSON.stringify([path, sessionId, drafts, revision]);
  const [known, setKnown] = useState<{ key: string; problems: DraftProblem[] }>({ key: '', problems: [] });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => {
      const request = { path, drafts, ...(sessionId === undefined ? {} : { sessionId }) };
      client.forms.check(request, { signal }).then(
        (problems) => setKnown({ key, problems }),
        // The views of the same session tell of a failing connection; storing is checked again in any case.
        () => undefined,
      );
    }, CHECK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
    // `key` stands for everything that is asked.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return { problems: known.problems, current: known.key === key };
}
