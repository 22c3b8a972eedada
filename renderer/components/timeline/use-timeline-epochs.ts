import { useMemo } from 'react';
import type { Epoch } from '../../../shared/contract/sessions.ts';
import { client } from '../../state/client.ts';
import { useRevision } from '../../state/edits.ts';
import type { Place } from '../../state/place.ts';
import { useAnswer, type Answer } from '../../state/use-answer.ts';
import { epochsOfDevices, epochsOfElements, type TimelineEpoch } from './model/epochs.ts';

/** Whose epochs the lanes are. */
export type LaneKind = 'devices' | 'elements';

export type ShownEpochs = Pick<Answer<unknown>, 'status' | 'error'> & { readonly value: readonly TimelineEpoch[] };

const none: readonly TimelineEpoch[] = [];

/** The epochs of the lanes; those of elements are asked for when somebody wants to see them. */
export function useTimelineEpochs(session: Place, epochs: readonly Epoch[], kind: LaneKind): ShownEpochs {
  const key = ['elements of a timeline', session.path, session.sessionId, kind, useRevision(session.path)].join('\n');
  const answer = useAnswer(key, (signal) =>
    kind === 'devices' ? Promise.resolve(null) : client.elements.list(session, { signal }),
  );
  const elements = answer.value ?? null;
  const value = useMemo(() => {
    if (kind === 'devices') return epochsOfDevices(epochs);
    return elements === null ? none : epochsOfElements(elements, epochs);
  }, [kind, epochs, elements]);
  if (kind === 'devices') return { status: 'ready', value };
  return answer.status === 'failed'
    ? { status: 'failed', error: answer.error, value }
    : { status: answer.status, value };
}
