import type { JsonObject } from '../../../shared/model/document-json.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { documentId, listOf, type NdiDocument, objectOf, textOf, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { newDocument } from '../documents/build.ts';
import type { Session } from '../session.ts';
import { blankStimuli, controlPresentations } from './control-stimuli.ts';
import type { Presentation, StimulatorReading } from './presentation.ts';
import { type PresentationTime, readPresentationTimes } from './presentation-times.ts';

export const TIMES_FILE = 'presentation_time.bin';

/**
 * The document in which NDI keeps what a stimulator showed in an epoch (analysis reference, section 6).
 * @param timesFile its `presentation_time.bin`, which is copied into the file store when the document is added
 */
export function newStimulusPresentation(
  epoch: { readonly epochId: string; readonly stimulatorId: string; readonly name?: string },
  { presentations, parameters }: StimulatorReading,
  timesFile: string,
): NdiDocument {
  const document = newDocument('stimulus_presentation', {
    ...(epoch.name === undefined ? {} : { 'base.name': epoch.name }),
    'epochid.epochid': epoch.epochId,
    // Whole: the definition still has the times inline, which the schema forbids since they are in the file.
    stimulus_presentation: {
      presentation_order: presentations.map((shown) => shown.stimulusId),
      stimuli: knownParameters(presentations, parameters).map((one) => ({ parameters: { ...one } })),
    },
    depends_on: [{ name: 'stimulus_element_id', value: epoch.stimulatorId }],
  });
  return withFile(document, TIMES_FILE, timesFile);
}

/** Where no metadata tells the parameters, all that is known of a stimulus is its number. */
function knownParameters(presentations: readonly Presentation[], parameters: readonly JsonObject[]) {
  if (parameters.length > 0) return parameters;
  const most = presentations.reduce((max, { stimulusId }) => (stimulusId > max ? stimulusId : max), 0);
  return Array.from({ length: Math.min(most, 10_000) }, (_, at) => ({ stimid: at + 1 }));
}

/** Which presentation each one is compared with, where exactly one stimulus is blank; else null. */
export function newControlStimulusIds(presentation: NdiDocument, reading: StimulatorReading): NdiDocument | null {
  return blankStimuli(reading.parameters).length === 1 ? labelControls(documentId(presentation), reading) : null;
}

/**
 * The same for any reading: NaN for each presentation where no stimulus is blank (analysis reference, section 7).
 * @throws NdiError document.invalid where several are
 */
export function labelControls(presentationId: string, reading: StimulatorReading): NdiDocument {
  const [control = NaN, ...more] = blankStimuli(reading.parameters);
  if (more.length > 0) {
    throw new NdiError({
      code: 'document.invalid',
      message: `The stimuli ${[control, ...more].join(', ')} of the presentation ${presentationId} are all blank: which is the control cannot be told.`,
      recovery: 'Leave “isblank” 1 in one of them only, or add a document of the class control_stimulus_ids.',
      details: { id: presentationId },
    });
  }
  const order = reading.presentations.map(({ stimulusId }) => stimulusId);
  const onsets = reading.presentations.map(({ onset }) => onset);
  return newDocument('control_stimulus_ids', {
    control_stimulus_ids: {
      control_stimulus_ids: controlPresentations(order, onsets, reading.parameters.length, control),
      control_stimulus_id_method: { method: 'pseudorandom', controlid: 'isblank', controlid_value: 1 },
    },
    depends_on: [{ name: 'stimulus_presentation_id', value: presentationId }],
  });
}

/** A stored reading of a stimulator. */
export interface StoredPresentations extends StimulatorReading {
  readonly documentId: string;
  readonly epochId: string;
  readonly clock: string;
}

/**
 * What the stimulus documents of a stimulator hold.
 * @throws NdiError document.fileMissing, format.*, path.*
 */
export function storedPresentations(session: Session, stimulatorId: string): StoredPresentations[] {
  const found = session.documents({
    isa: 'stimulus_presentation',
    dependsOn: { name: 'stimulus_element_id', id: stimulatorId },
  });
  return found.map((entry) => readPresentations(session, session.read(entry)));
}

/** @throws NdiError as {@link storedPresentations} */
export function readPresentations(session: Session, document: NdiDocument): StoredPresentations {
  const order = listOf(valueAt(document, 'stimulus_presentation.presentation_order')).map(Number);
  const hasFile = session.files(document).some(({ name }) => name.toLowerCase() === TIMES_FILE);
  const times = hasFile
    ? readPresentationTimes(session.binaryFile(documentId(document), TIMES_FILE))
    : listOf(valueAt(document, 'stimulus_presentation.presentation_time')).flatMap((one) => inlineTime(objectOf(one)));
  const stimuli = listOf(valueAt(document, 'stimulus_presentation.stimuli'));
  return {
    documentId: documentId(document),
    epochId: textOf(valueAt(document, 'epochid.epochid')),
    clock: times[0]?.clock ?? 'dev_local_time',
    presentations: times.map(({ open, onset, offset, close, events }, at) => {
      return { stimulusId: order[at] ?? NaN, open, onset, offset, close, events };
    }),
    parameters: stimuli.map((one) => objectOf(objectOf(one)?.['parameters']) ?? {}),
  };
}

/** Older documents hold the times inline. */
function inlineTime(time: JsonObject | null): PresentationTime[] {
  if (time === null) return [];
  const field = (name: string) => (typeof time[name] === 'number' ? time[name] : NaN);
  return [
    {
      clock: textOf(time['clocktype']),
      open: field('stimopen'),
      onset: field('onset'),
      offset: field('offset'),
      close: field('stimclose'),
      events: [],
    },
  ];
}
