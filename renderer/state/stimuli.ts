import type { StimulusList } from '../../shared/contract/stimuli.ts';
import { client } from './client.ts';
import { useRevision } from './edits.ts';
import type { Place } from './place.ts';
import { type Answer, useAnswer } from './use-answer.ts';

const none: StimulusList = { epochs: [], problems: [] };

/** What the stimulators of a session showed, on their own clocks or on that of a DAQ system. */
export function useStimuli(place: Place, clock: string | null, wanted: boolean): Answer<StimulusList> {
  const revision = useRevision(place.path);
  const key = ['stimuli', place.path, place.sessionId, clock, revision, wanted].join('\n');
  return useAnswer(
    key,
    (signal) =>
      wanted
        ? client.stimuli.list({ ...place, ...(clock === null ? {} : { clock }) }, { signal })
        : Promise.resolve(none),
    { keepLast: true },
  );
}
