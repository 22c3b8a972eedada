import type { SignalSource } from '../../../../shared/contract/recordings.ts';
import type { StimulusEpoch } from '../../../../shared/contract/stimuli.ts';
import { client } from '../../../state/client.ts';
import { useRevision } from '../../../state/edits.ts';
import { useAnswer } from '../../../state/use-answer.ts';

/** A stimulus over the traces; seconds on their clock. */
export interface ShownStimulus {
  readonly probe: string;
  readonly stimulusId: number | null;
  readonly from: number;
  readonly to: number;
  readonly parameters: Readonly<Record<string, unknown>> | undefined;
}

const none: readonly ShownStimulus[] = [];

/** What stimulators of any device showed while the source was recorded, on its clock; none where nothing tells. */
export function useShownStimuli(source: SignalSource, visible: boolean): readonly ShownStimulus[] {
  const { path, sessionId, device, epoch } = source;
  const revision = useRevision(path);
  const key = ['stimuli over traces', path, sessionId, device, epoch, revision, visible].join('\n');
  const answer = useAnswer(
    key,
    async (signal) => {
      if (device === undefined || epoch === undefined || !visible) return none;
      const request = { path, clock: device, ...(sessionId === undefined ? {} : { sessionId }) };
      const { epochs } = await client.stimuli.list(request, { signal });
      return epochs.flatMap((one) => stimuliOf(one, epoch));
    },
    { keepLast: true },
  );
  // Traces are there without their stimuli; why they are not known is told on the session's page.
  return answer.status === 'ready' ? answer.value : none;
}

function stimuliOf({ probe, presentations, parameters }: StimulusEpoch, epochId: string): ShownStimulus[] {
  return presentations.flatMap(({ stimulusId, onset, offset, epochId: own }) => {
    const from = onset ?? offset;
    if (own !== epochId || from === null) return [];
    return [{ probe, stimulusId, from, to: offset ?? from, parameters: parameters[(stimulusId ?? 0) - 1] }];
  });
}
