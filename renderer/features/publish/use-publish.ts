import { useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { PublishState } from '../../../shared/contract/cloud-publish.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { useAccount } from '../../state/account.ts';
import { client } from '../../state/client.ts';
import { useRevision } from '../../state/edits.ts';
import { useAnswer, type Answer } from '../../state/use-answer.ts';

export type PublishAct = 'validate' | 'sendDescription' | 'removePlaceholder' | 'submit' | 'publish' | 'unpublish';

export interface Publish {
  readonly answer: Answer<PublishState>;
  /** What is being done. */
  readonly busy: PublishAct | null;
  /** Why the last action failed. */
  readonly error: NdiError | null;
  readonly act: (act: PublishAct) => void;
}

/** The check-list of a dataset, which follows changes of its description, and what can be done about it. */
export function usePublish(path: string): Publish {
  const revision = useRevision(path);
  const account = useAccount((state) => `${state.account?.profile ?? ''} ${state.account?.state ?? ''}`);
  const [busy, setBusy] = useState<PublishAct | null>(null);
  const [error, setError] = useState<NdiError | null>(null);
  const answer = useAnswer(
    `cloudPublish.state ${path} ${revision} ${account}`,
    (signal) => client.cloudPublish.state({ path }, { signal }),
    { keepLast: true },
  );
  const act = async (wanted: PublishAct) => {
    setBusy(wanted);
    setError(null);
    try {
      await done(path, wanted);
    } catch (thrown) {
      setError(toNdiError(thrown));
    } finally {
      setBusy(null);
      answer.reload();
    }
  };
  return { answer, busy, error, act: (wanted) => void act(wanted) };
}

function done(path: string, act: PublishAct): Promise<PublishState> {
  switch (act) {
    case 'validate':
      return client.cloudPublish.state({ path, validate: true });
    case 'sendDescription':
      return client.cloudPublish.sendDescription({ path });
    case 'removePlaceholder':
      return client.cloudPublish.removePlaceholder({ path });
    case 'submit':
    case 'publish':
    case 'unpublish':
      return client.cloudPublish.act({ path, act });
  }
}
