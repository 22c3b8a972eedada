import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { dependencyValue, documentId, listOf, type NdiDocument, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { temporalFrequency } from '../../ndi/calculators/temporal-frequency.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { liesInCloud } from '../../ndi/database/file-store.ts';
import { type ElementTable, ElementTables } from '../../ndi/epochs/element-signals.ts';
import { elementName, elements } from '../../ndi/epochs/elements.ts';
import { labelControls, readPresentations, type StoredPresentations } from '../../ndi/stimuli/stimulus-documents.ts';
import { derivedName } from '../../ndi/time/session-sets.ts';
import { sessionEpochs } from '../session-epochs.ts';
import { appFields, type Calculator, invalidParameter, type Result, type Surroundings } from './calculator.ts';
import { measure, type ShownStretch } from './measure.ts';
import { responseParameters } from './response-parameters.ts';
import { dependingOn } from './stored-results.ts';

const CLASS_NAME = 'stimulus_response_scalar';
const APP_NAME = 'ndi_app_tuning_response';

/**
 * `ndi.app.stimulus.tuning_response`: how an element responded to each presentation, by its rate of spikes or the mean
 * of its signal, and at the temporal frequency of the stimulus (analysis reference, section 8). NDI takes the indexes
 * of control presentations for ids of stimuli; here they are what they are, and the document's app says so.
 */
export const stimulusResponses: Calculator = {
  name: 'stimulus-responses',
  otherNames: ['ndi.app.stimulus.tuning_response', CLASS_NAME, 'spike-rate'],
  input: {
    name: 'stimulus_presentation_id',
    query: [{ field: '', operation: 'isa', param1: 'stimulus_presentation', param2: '' }],
  },
  namesEpochs: true,
  parameters: {
    element: 'probe or element, by its id or NAME|REFERENCE; all of the type spikes',
    freq_response:
      '0 for the mean, 1 for F1, 2 for F2, or a list; 0, 1 and 2 where a stimulus has a temporal frequency',
  },
  async prepare(parameters, surroundings) {
    const { session, workers, signal } = surroundings;
    const multiples = readMultiples(parameters['freq_response']);
    const { epochs } = await sessionEpochs(session, workers, signal);
    const tables = new ElementTables(session, epochs);
    const chosen = chooseElements(tables, parameters['element']);
    for (const element of chosen) tellIntervals(surroundings, element);
    const shared = responseParameters(session);
    const stimulators = new Map(elements(session).map((element) => [element.id, element]));
    return async (input) => {
      const shown = readPresentations(session, input);
      const stimulator = stimulators.get(dependencyValue(input, 'stimulus_element_id'));
      if (shown.presentations.length === 0 || stimulator === undefined) return [];
      const control = storedControl(session, shown) ?? labelControls(shown.documentId, shown);
      const results: Result[] = [];
      for (const element of chosen) {
        signal.throwIfAborted();
        const place = await placeOf(surroundings, element, shown, elementName(stimulator));
        if (place === null) continue;
        const kinds = multiples ?? (shown.parameters.some(hasFrequency) ? [0, 1, 2] : [0]);
        for (const multiple of kinds) {
          const basic = shared.of(multiple, isOfSpikes(element));
          const inputs = {
            stimulus_response_scalar_parameters_id: documentId(basic),
            element_id: element.id ?? '',
            stimulus_presentation_id: shown.documentId,
            stimulus_control_id: documentId(control),
            stimulator_id: stimulator.id,
          };
          const existing = dependingOn(session, CLASS_NAME, inputs).map(({ id }) => id);
          const make = async () => {
            const responses = await measure(
              surroundings,
              element,
              place.epochId,
              stretches(place, shown, control, multiple),
            );
            const document = newResponses(inputs, shown.epochId, place.epochId, multiple, responses);
            return [control, basic, document].filter((one) => session.entry(documentId(one)) === undefined);
          };
          results.push({ existing, make });
        }
      }
      return results;
    };
  },
};

const hasFrequency = (parameters: JsonObject) => temporalFrequency(parameters) !== null;
const isOfSpikes = ({ type }: ElementTable) => type.toLowerCase() === 'spikes';

function readMultiples(value: JsonValue | undefined): number[] | null {
  if (value === undefined) return null;
  const multiples = listOf(value).filter((one) => typeof one === 'number' && Number.isInteger(one) && one >= 0);
  if (multiples.length > 0 && multiples.length === listOf(value).length) return multiples as number[];
  throw invalidParameter('freq_response', 'a whole number from 0, or a list of such', value);
}

/** NDI leaves out what lies outside of intervals that were marked as valid; here everything is looked at. */
function tellIntervals({ session, problems }: Surroundings, element: ElementTable): void {
  for (const id of [element.id ?? '', element.underlyingId].filter((one) => one !== '')) {
    if (session.documents({ isa: 'valid_interval', dependsOn: { name: 'element_id', id } }).length === 0) continue;
    const message = `Valid intervals are marked for ${elementName(element)}: what lies outside of them is counted too.`;
    problems.push({ grade: 'shouldFix', code: 'document.notApplied', message, paths: [session.path] });
    return;
  }
}

/** @throws NdiError epoch.notFound, usage.invalid, document.notFound */
function chooseElements(tables: ElementTables, wanted: JsonValue | undefined): ElementTable[] {
  if (wanted !== undefined && typeof wanted !== 'string') throw invalidParameter('element', 'a text', wanted);
  const chosen = wanted === undefined ? tables.all().filter(isOfSpikes) : [tables.find(wanted)];
  const stored = chosen.filter(({ id }) => id !== null);
  if (stored.length > 0) return stored;
  throw new NdiError({
    code: 'document.notFound',
    message: wanted === undefined ? 'The session has no element of spikes.' : `${wanted} has no document yet.`,
    recovery:
      wanted === undefined
        ? 'Name a probe or element: --param "element=cortex|1".'
        : 'Add its element document first; “ndi probes” shows which probes have one (id).',
  });
}

function storedControl(session: Surroundings['session'], { documentId: id }: StoredPresentations): NdiDocument | null {
  const [found] = session.documents({
    isa: 'control_stimulus_ids',
    dependsOn: { name: 'stimulus_presentation_id', id },
  });
  return found === undefined ? null : session.read(found);
}

/** Onsets and offsets on the clock of the element, NaN where they are not known. */
interface PlacedTimes {
  readonly epochId: string;
  readonly onsets: readonly number[];
  readonly offsets: readonly number[];
}

/** Null where the element has no epoch at the time. */
async function placeOf(
  { path, session, sync, problems }: Surroundings,
  element: ElementTable,
  { epochId, clock, presentations }: StoredPresentations,
  stimulator: string,
): Promise<PlacedTimes | null> {
  const known = presentations.flatMap(({ onset, offset }) => [onset, offset]);
  const times = known.filter(Number.isFinite);
  if (times.length === 0) return null;
  try {
    const answer = await sync.convertMany({
      ...{ path, sessionId: session.id, times },
      from: { device: stimulator, epoch: epochId, clock },
      to: { device: derivedName(element.isProbe ? 'probe' : 'element', element), clock: 'dev_local_time' },
    });
    // As NDI does: the epoch in which the first stimulus lies is that of all.
    const first = answer.epochs.find((at) => at >= 0) ?? -1;
    let next = 0;
    const converted = known.map((time) => {
      if (!Number.isFinite(time)) return NaN;
      const at = next++;
      return answer.epochs[at] === first ? (answer.times[at] ?? NaN) : NaN;
    });
    const placedEpoch = answer.epochIds[first];
    if (placedEpoch === undefined || !element.epochs.some((one) => one.epochId === placedEpoch)) return null;
    return {
      epochId: placedEpoch,
      onsets: converted.filter((_, at) => at % 2 === 0),
      offsets: converted.filter((_, at) => at % 2 === 1),
    };
  } catch (error) {
    if (!(error instanceof NdiError) || liesInCloud(error)) throw error;
    const message = `The stimuli of ${epochId} cannot be carried to ${elementName(element)}: ${error.message}`;
    problems.push({ grade: 'shouldFix', code: error.code, message, paths: [session.path] });
    return null;
  }
}

function stretches(
  { onsets, offsets }: PlacedTimes,
  { presentations, parameters }: StoredPresentations,
  control: NdiDocument,
  multiple: number,
): ShownStretch[] {
  const controls = listOf(valueAt(control, 'control_stimulus_ids.control_stimulus_ids'));
  const between = (at: number, frequency: number) => {
    return { from: onsets[at] ?? NaN, to: offsets[at] ?? NaN, frequency };
  };
  return presentations.map(({ stimulusId }, at) => {
    const frequency = multiple * (temporalFrequency(parameters[stimulusId - 1] ?? {}) ?? 0);
    return { stimulusId, own: between(at, frequency), control: between(Number(controls[at] ?? NaN) - 1, frequency) };
  });
}

function newResponses(
  inputs: Readonly<Record<string, string>>,
  stimulatorEpochId: string,
  elementEpochId: string,
  multiple: number,
  responses: Awaited<ReturnType<typeof measure>>,
): NdiDocument {
  return newDocument(CLASS_NAME, {
    stimulus_response_scalar: {
      response_type: multiple === 0 ? 'mean' : `F${multiple}`,
      responses: {
        stimid: responses.map(({ stimulusId }) => stimulusId),
        response_real: responses.map(({ response }) => response.real),
        response_imaginary: responses.map(({ response }) => response.imaginary),
        control_response_real: responses.map(({ control }) => control.real),
        control_response_imaginary: responses.map(({ control }) => control.imaginary),
      },
    },
    stimulus_response: { stimulator_epochid: stimulatorEpochId, element_epochid: elementEpochId },
    app: appFields(APP_NAME, 'controls by the index of their presentation'),
    depends_on: Object.entries(inputs).map(([name, value]) => ({ name, value })),
  });
}
