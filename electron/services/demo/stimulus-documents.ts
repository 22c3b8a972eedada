import { newDocument } from '../../ndi/documents/build.ts';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import type { EpochPlan } from './plan.ts';
import { stimuli, stimulusParameters, type Presentation } from './stimuli.ts';

/** Bytes before the first entry of `presentation_time.bin`. */
const PREAMBLE = 512;

/** Times of the presentations as NDI's stimulus decoder stores them (`presentation_time.bin`, little-endian). */
export function presentationTimes(presentations: readonly Presentation[]): Buffer {
  const clock = 'dev_local_time\n';
  const entryBytes = clock.length + 4 * 8 + 4;
  const bytes = Buffer.alloc(PREAMBLE + presentations.length * entryBytes);
  const title = 'presentation_time structure\n';
  bytes.write(title, 'latin1');
  bytes.writeBigUInt64LE(BigInt(presentations.length), title.length);
  presentations.forEach((shown, index) => {
    let at = PREAMBLE + index * entryBytes;
    at += bytes.write(clock, at, 'latin1');
    // Opened, on, off, closed: a line that is up while the stimulus is shown tells the same for both pairs. No events.
    for (const time of [shown.onset, shown.onset, shown.offset, shown.offset]) at = bytes.writeDoubleLE(time, at);
    bytes.writeUInt32LE(0, at);
  });
  return bytes;
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
