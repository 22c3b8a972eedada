import type { JsonObject } from '../../../shared/model/document-json.ts';
import { ownValue } from '../../../shared/model/own-value.ts';
import type { Complex } from './responses.ts';

/** The response to one presentation, and that of its control. */
export interface PresentationResponse {
  /** 1, 2, ... */
  readonly stimulusId: number;
  readonly response: Complex;
  readonly control: Complex;
}

/**
 * The fields of `stimulus_tuningcurve` that are computed (analysis reference, section 9). Conditions are the different
 * values of the independent parameters, rising. Two stimuli of the same values are pooled; NDI-matlab keeps the last.
 * @param stimuli parameters by stimulus id - 1
 * @param included whether a stimulus takes part
 * @returns null where no included stimulus has a number for every parameter
 */
export function tuningCurve(
  responses: readonly PresentationResponse[],
  stimuli: readonly JsonObject[],
  parameters: readonly string[],
  included: (stimulus: JsonObject) => boolean,
): JsonObject | null {
  const conditions = new Map<string, { values: number[]; stimuli: number[] }>();
  for (const [at, stimulus] of stimuli.entries()) {
    const values = parameters.map((name) => ownValue(stimulus, name));
    if (!included(stimulus) || !values.every((value) => typeof value === 'number')) continue;
    const condition = conditions.get(values.join()) ?? { values, stimuli: [] };
    condition.stimuli.push(at + 1);
    conditions.set(values.join(), condition);
  }
  if (conditions.size === 0) return null;
  const sorted = [...conditions.values()].sort((a, b) => compareRows(a.values, b.values));
  const presented = sorted.map(({ stimuli: ids }) =>
    responses.flatMap((one, at) => (ids.includes(one.stimulusId) ? [{ ...one, number: at + 1 }] : [])),
  );
  const own = presented.map((all) => all.map(({ response }) => response));
  const control = presented.map((all) => all.map((one) => one.control));
  return {
    independent_variable_value:
      parameters.length === 1 ? sorted.flatMap(({ values }) => values) : sorted.map(({ values }) => values),
    stimid: sorted.map(({ stimuli: [first = NaN] }) => first),
    ...statistics('response', own),
    individual_responses_real: table(own.map((all) => all.map(({ real }) => real))),
    individual_responses_imaginary: table(own.map((all) => all.map(({ imaginary }) => imaginary))),
    stimulus_presentation_number: table(presented.map((all) => all.map(({ number }) => number))),
    control_stimid: [],
    ...statistics('control_response', control),
    control_individual_responses_real: table(control.map((all) => all.map(({ real }) => real))),
    control_individual_responses_imaginary: table(control.map((all) => all.map(({ imaginary }) => imaginary))),
  };
}

/** Mean, standard deviation and standard error of each condition; means of responses with a phase are magnitudes. */
function statistics(name: string, conditions: readonly (readonly Complex[])[]): JsonObject {
  const all = conditions.map(spread);
  const hasPhase = all.some(({ mean }) => Math.abs(mean.imaginary) > 0);
  return {
    [`${name}_mean`]: all.map(({ mean }) => (hasPhase ? magnitude(mean) : mean.real)),
    [`${name}_stddev`]: all.map(({ deviation }) => deviation),
    [`${name}_stderr`]: all.map(({ deviation, count }) => deviation / Math.sqrt(count)),
  };
}

/** Of those that are numbers; the deviation is that of a sample (N - 1), and 0 of a single one. */
function spread(values: readonly Complex[]) {
  const known = values.filter(({ real, imaginary }) => !Number.isNaN(real) && !Number.isNaN(imaginary));
  const count = known.length;
  const mean = meanOf(known);
  const squares = known.reduce((sum, one) => sum + magnitude(minus(one, mean)) ** 2, 0);
  return { count, mean, deviation: count === 0 ? NaN : Math.sqrt(squares / Math.max(1, count - 1)) };
}

/** NaN of none. */
export function meanOf(values: readonly Complex[]): Complex {
  const sum = (of: (one: Complex) => number) => values.reduce((total, one) => total + of(one), 0);
  return {
    real: sum(({ real }) => real) / values.length,
    imaginary: sum(({ imaginary }) => imaginary) / values.length,
  };
}

export const magnitude = ({ real, imaginary }: Complex): number => Math.hypot(real, imaginary);

export function minus(a: Complex, b: Complex): Complex {
  return { real: a.real - b.real, imaginary: a.imaginary - b.imaginary };
}

/** Repetitions by conditions; a condition with fewer repetitions ends in NaN. */
function table(conditions: readonly (readonly number[])[]): number[][] {
  const repetitions = conditions.reduce((most, one) => Math.max(most, one.length), 0);
  return Array.from({ length: repetitions }, (_, row) => conditions.map((one) => one[row] ?? NaN));
}

function compareRows(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) {
    const difference = value - (b[at] ?? NaN);
    if (difference !== 0) return difference;
  }
  return 0;
}
