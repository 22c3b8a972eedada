import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import {
  dependencyValue,
  documentId,
  listOf,
  type NdiDocument,
  objectOf,
  valueAt,
} from '../../../shared/model/documents.ts';
import { type Choice, choices } from '../../ndi/calculators/selection.ts';
import { type PresentationResponse, tuningCurve } from '../../ndi/calculators/tuning-curve.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { compileQuery } from '../../ndi/query/evaluate.ts';
import type { Session } from '../../ndi/session.ts';
import { appFields, type Calculator, invalidParameter, type Surroundings } from './calculator.ts';
import { storedResults } from './stored-results.ts';

const CLASS_NAME = 'tuningcurve_calc';
const RESPONSES = 'stimulus_response_scalar';

/** `ndi.calc.stimulus.tuningcurve`: the responses to stimuli by their parameters (analysis reference, 9 and 11.1). */
export const tuningCurves: Calculator = {
  name: 'tuningcurve',
  otherNames: ['ndi.calc.stimulus.tuningcurve', CLASS_NAME, 'tuning-curve'],
  input: {
    name: 'stimulus_response_scalar_id',
    query: [
      { field: '', operation: 'isa', param1: RESPONSES, param2: '' },
      { field: `${RESPONSES}.response_type`, operation: 'regexp', param1: 'mean|F1', param2: '' },
    ],
  },
  parameters: {
    independent_parameter: 'parameters of the stimuli by which the curve goes, separated by commas; needed',
    independent_label: 'their names on the axes; the parameters themselves',
    selection: 'which stimuli: a list of {property, operation, value}; all but blank ones',
    best_algorithm: 'empirical_maximum',
  },
  prepare(parameters, surroundings) {
    const read = readParameters(parameters);
    return Promise.resolve((input) => Promise.resolve(curvesOf(input, read, surroundings)));
  },
};

interface CurveParameters {
  readonly names: readonly string[];
  readonly labels: readonly string[];
  readonly selection: readonly JsonValue[];
  /** A blank stimulus has values too, which it does not show: it takes part only where the selection speaks of it. */
  readonly withBlanks: boolean;
  /** As it is stored. */
  readonly stored: JsonObject;
}

function readParameters(parameters: JsonObject): CurveParameters {
  const { independent_parameter = '', best_algorithm = 'empirical_maximum' } = parameters;
  const names = textList(independent_parameter);
  if (names === null || names.length === 0) {
    const rule = 'one or more parameters of the stimuli, separated by commas';
    throw invalidParameter('independent_parameter', rule, independent_parameter);
  }
  const { independent_label = independent_parameter, selection = [] } = parameters;
  const labels = textList(independent_label);
  if (labels?.length !== names.length) {
    throw invalidParameter('independent_label', `${names.length} text(s), separated by commas`, independent_label);
  }
  if (best_algorithm !== 'empirical_maximum') {
    throw invalidParameter('best_algorithm', 'empirical_maximum', best_algorithm);
  }
  const items = listOf(selection);
  // Items that mean nothing are refused before any document is looked at.
  choices(items, [], []);
  const stored = {
    independent_label: labels.join(','),
    independent_parameter: names.join(','),
    ...{ best_algorithm, selection: items },
  };
  const withBlanks = [...names, ...items.map((one) => objectOf(one)?.['property'])].includes('isblank');
  return { names, labels, selection: items, withBlanks, stored };
}

const isBlank = (stimulus: JsonObject) => Number(stimulus['isblank']) === 1;

function textList(value: JsonValue): string[] | null {
  const parts = listOf(value).flatMap((one) => (typeof one === 'string' ? one.split(',') : [null]));
  const texts = parts.filter((one) => one !== null).map((one) => one.trim());
  return texts.length === parts.length && texts.every((one) => one !== '') ? texts : null;
}

function curvesOf(input: NdiDocument, parameters: CurveParameters, { session, problems }: Surroundings) {
  const responsesId = documentId(input);
  const stimuli = stimuliOf(session, dependencyValue(input, 'stimulus_presentation_id'));
  const responses = responsesOf(input);
  const existing = storedResults(session, CLASS_NAME, { stimulus_response_scalar_id: responsesId }, parameters.stored);
  const wanted = choices(parameters.selection, stimuli, responses);
  const curves = wanted.flatMap((choice) => {
    const fits = compileQuery(choice.constraints);
    const included = (stimulus: JsonObject) => fits(stimulus) && (parameters.withBlanks || !isBlank(stimulus));
    const curve = tuningCurve(responses, stimuli, parameters.names, included);
    return curve === null ? [] : [{ choice, curve }];
  });
  if (curves.length === 0 && existing.length === 0) {
    // The same for all of them: it is told once.
    const message = `Some responses make no curve by ${parameters.names.join(', ')}: no stimulus has it and passes the selection.`;
    problems.push({ grade: 'note', code: 'document.notFound', message, paths: [session.path] });
    return [];
  }
  const make = () => Promise.resolve(curves.map((one) => newCurve(session, input, parameters, one)));
  return [{ existing, make }];
}

function newCurve(
  session: Session,
  input: NdiDocument,
  { labels, withBlanks, stored }: CurveParameters,
  { choice, curve }: { choice: Choice; curve: JsonObject },
): NdiDocument {
  const source = { name: 'stimulus_response_scalar_id', value: documentId(input) };
  const parametersId = dependencyValue(input, 'stimulus_response_scalar_parameters_id');
  const isOfSpikes = valueAt(storedOrEmpty(session, parametersId), `${RESPONSES}_parameters_basic.isspike`) === 1;
  return newDocument(CLASS_NAME, {
    stimulus_tuningcurve: {
      independent_variable_label: [labels.join(',')],
      ...curve,
      response_units: isOfSpikes ? 'Spikes/s' : '',
    },
    tuningcurve_calc: {
      input_parameters: stored,
      // A single one stands bare, as MATLAB writes it: NDI-python takes no list for it.
      depends_on: source,
      log: choice.log,
      stim_property_list: {
        names: choice.dealt.map(({ name }) => name),
        values: choice.dealt.map(({ value }) => value),
      },
    },
    app: appFields('ndi.calc.stimulus.tuningcurve', withBlanks ? '' : 'without blank stimuli'),
    depends_on: [{ name: 'element_id', value: dependencyValue(input, 'element_id') }, source],
  });
}

function stimuliOf(session: Session, presentationId: string): JsonObject[] {
  const stimuli = valueAt(storedOrEmpty(session, presentationId), 'stimulus_presentation.stimuli');
  return listOf(stimuli).map((one) => objectOf(objectOf(one)?.['parameters']) ?? {});
}

/** An input whose presentation is gone has no stimuli, and the check of the database names what is missing. */
function storedOrEmpty(session: Session, id: string): NdiDocument {
  return session.entry(id) === undefined ? {} : session.document(id);
}

function responsesOf(input: NdiDocument): PresentationResponse[] {
  const column = (name: string) => listOf(valueAt(input, `${RESPONSES}.responses.${name}`)).map(toNumber);
  const [real, imaginary] = [column('response_real'), column('response_imaginary')];
  const [controlReal, controlImaginary] = [column('control_response_real'), column('control_response_imaginary')];
  return column('stimid').map((stimulusId, at) => ({
    stimulusId,
    response: { real: real[at] ?? NaN, imaginary: imaginary[at] ?? NaN },
    control: { real: controlReal[at] ?? NaN, imaginary: controlImaginary[at] ?? NaN },
  }));
}

const toNumber = (value: JsonValue) => (typeof value === 'number' ? value : NaN);
