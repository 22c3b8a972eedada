import type { JsonObject } from '../../../shared/model/document-json.ts';
import { formatFault } from '../file-faults.ts';
import { matToJson, readMatVariables } from '../mat/mat-json.ts';

/** Sample numbers of the file count at this rate, in Hz (`angelucci_visstim` of NDI-matlab). */
const CLOCK_HZ = 30_000;

/** What `stimData.mat` of the Angelucci laboratory tells. */
export interface AngelucciStimuli {
  /** By stimulus id - 1; an id that was never shown has no parameters. */
  readonly parameters: readonly JsonObject[];
  /** Stimulus id of each presentation. */
  readonly order: readonly number[];
  /** Seconds. */
  readonly onTimes: readonly number[];
  readonly onDurationSec: number;
}

/** @throws NdiError format.*, path.* */
export function readAngelucci(path: string): AngelucciStimuli {
  const value = readMatVariables(path, ['stimData']).get('stimData');
  const data = value === undefined ? undefined : matToJson(value);
  const { stimParams, ...rest } = requireObject(path, data, 'stimData');
  const { stimOrder, Value: values, ...others } = requireObject(path, stimParams, 'stimData.stimParams');
  const order = numbers(path, stimOrder, 'stimData.stimParams.stimOrder');
  const wrong = order.find((id) => !Number.isInteger(id) || id < 1 || id > 1_000_000);
  if (wrong !== undefined)
    throw formatFault('format.invalid', path, `stimOrder holds ${wrong}, which is no stimulus id.`);
  const held = Array.isArray(values) ? values : values === undefined ? [] : [values];
  const parameters: JsonObject[] = [];
  held.forEach((one, at) => {
    const id = order[at];
    // Where an id has several values the last one counts, as in NDI-matlab.
    if (id !== undefined) parameters[id - 1] = { ...rest, stimParams: { ...others }, Value: one };
  });
  const [duration] = numbers(path, findDuration(rest, others), 'stimOnDuration');
  return {
    parameters: Array.from(parameters, (one) => (one as JsonObject | undefined) ?? {}),
    order,
    onTimes: numbers(path, rest['stimTimes'], 'stimData.stimTimes').map((sample) => (sample - 1) / CLOCK_HZ),
    onDurationSec: (duration ?? NaN) / CLOCK_HZ,
  };
}

function findDuration(data: JsonObject, parameters: JsonObject) {
  return data['stimOnDuration'] ?? parameters['stimOnDuration'];
}

function requireObject(path: string, value: unknown, name: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw formatFault('format.invalid', path, `${name} is no single struct.`, { field: name });
}

function numbers(path: string, value: unknown, name: string): number[] {
  const list = Array.isArray(value) ? value.flat() : [value];
  if (value !== undefined && list.every((one) => typeof one === 'number')) return list;
  throw formatFault('format.invalid', path, `${name} is missing or no list of numbers.`, { field: name });
}
