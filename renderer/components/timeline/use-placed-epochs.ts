import { useEffect, useRef } from 'react';
import type { Epoch } from '../../../shared/contract/sessions.ts';
import type { PlacedEpoch } from '../../../shared/contract/sync.ts';
import { client } from '../../state/client.ts';
import type { Place } from '../../state/place.ts';
import { useAnswer, type Answer } from '../../state/use-answer.ts';
import type { DeviceClock } from './model/device-clock.ts';

/** Where the epochs of a session lie on the clock of a device; null where none is chosen. Asked anew for new epochs. */
export function usePlacedEpochs(
  session: Place,
  epochs: readonly Epoch[],
  reference: DeviceClock | null,
): Answer<PlacedEpoch[] | null> {
  const answer = useAnswer(JSON.stringify([session, reference]), (signal) =>
    reference === null ? Promise.resolve(null) : client.sync.placeEpochs({ ...session, ...reference }, { signal }),
  );
  const { reload } = answer;
  const asked = useRef(epochs);
  useEffect(() => {
    if (asked.current !== epochs) reload();
    asked.current = epochs;
  }, [epochs, reload]);
  return answer;
}
