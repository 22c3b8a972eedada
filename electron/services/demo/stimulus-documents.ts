import { newDocument } from '../../ndi/documents/build.ts';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { encodePresentationTimes } from '../../ndi/stimuli/presentation-times.ts';
import type { EpochPlan } from './plan.ts';
import { stimuli, stimulusParameters, type Presentation } from './stimuli.ts';

/** Times of the presentations as NDI's stimulus decoder stores them (`presentation_time.bin`). */
export function presentationTimes(presentations: readonly Presentation[]): Buffer {
  return encodePresentationTimes(
    presentations.map(({ onset, offset }) => {
      // A line that is up while the stimulus is shown tells the same for opening and closing. No events.
      return { clock: 'dev_local_time', open: onset, onset, offset, close: offset, events: [] };
    }),
  );
}

/**
 * What NDI's stimulus decoder would write of an epoch: which stimulus was shown when, on the clock of the stimulator's
 * device. `timesFile` holds {@link presentationTimes}; it is moved into the session's file store.
 */
export function stimulusPresentation(
  epoch: EpochPlan,
  epochId: string,
  stimulatorId: string,
  timesFile: string,
): NdiDocument {
  const document = newDocument('stimulus_presentation', {
    'base.name': `stimuli of ${epoch.name}`,
    'epochid.epochid': epochId,
    // Whole: the definition still has the times inline, which the schema forbids since they are in the file.
    stimulus_presentation: {
      presentation_order: epoch.presentations.map((shown) => shown.stimulusId),
      stimuli: stimuli.map((stimulus) => ({ parameters: stimulusParameters(stimulus) })),
    },
    depends_on: [{ name: 'stimulus_element_id', value: stimulatorId }],
  });
  return withFile(document, 'presentation_time.bin', timesFile, { deleteOriginal: true });
}
