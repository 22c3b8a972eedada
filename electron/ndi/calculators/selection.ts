import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { listOf, objectOf, textOf } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { ownValue } from '../../../shared/model/own-value.ts';
import { checkQuery, type QueryCondition } from '../../../shared/model/query.ts';
import { magnitude, meanOf, minus, type PresentationResponse } from './tuning-curve.ts';

/** Which stimuli make one tuning curve. */
export interface Choice {
  readonly constraints: readonly QueryCondition[];
  /** What was chosen by itself, in words. */
  readonly log: string;
  /** Properties of which each value gets a curve of its own, with the values of this one. */
  readonly dealt: readonly { readonly name: string; readonly value: JsonValue }[];
}

/**
 * What the items of a `selection` choose (analysis reference, section 11.1): one choice, several where values are
 * dealt, none where a gate is shut.
 * @throws NdiError usage.invalid for an item that means nothing, query.invalid
 */
export function choices(
  selection: readonly JsonValue[],
  stimuli: readonly JsonObject[],
  responses: readonly PresentationResponse[],
): Choice[] {
  const constraints: QueryCondition[] = [];
  const log: string[] = [];
  let dealt: Choice['dealt'][] = [[]];
  for (const item of selection) {
    const { property, operation, value } = readItem(item);
    const values = valuesOf(stimuli, property);
    const pick = (how: string, chosen: JsonValue | undefined): boolean => {
      if (chosen === undefined) return false;
      constraints.push(equals(property, chosen));
      log.push(`${property} ${how} value is ${printed(chosen)}`);
      return true;
    };
    const gate = gateOf(operation, value, values);
    if (gate !== null) {
      if (!gate) return [];
      continue;
    }
    let open = true;
    switch (textOf(value).toLowerCase()) {
      case 'best':
        open = pick('best', bestValue(property, stimuli, responses));
        break;
      case 'greatest':
        open = pick('greatest', extreme(values, Math.max));
        break;
      case 'least':
        open = pick('least', extreme(values, Math.min));
        break;
      case 'deal':
        dealt = dealt.flatMap((some) => values.map((one) => [...some, { name: property, value: one }]));
        break;
      case 'varies':
        open = values.length >= 2;
        break;
      case 'constant':
        open = values.length === 1;
        break;
      case 'not':
        constraints.push({ field: property, operation: '~hasfield', param1: '', param2: '' });
        break;
      default:
        constraints.push(...checkQuery([{ field: property, operation, param1: value, param2: '' }]));
    }
    if (!open) return [];
  }
  return dealt.map((some) => ({
    constraints: [...constraints, ...some.map(({ name, value }) => equals(name, value))],
    log: sentence([...log, ...some.map(({ name, value }) => `dealing ${name} = ${printed(value)}`)]),
    dealt: some,
  }));
}

function readItem(item: JsonValue): { property: string; operation: string; value: JsonValue } {
  const fields = objectOf(item);
  const property = textOf(fields?.['property']);
  if (property !== '') return { property, operation: textOf(fields?.['operation']), value: fields?.['value'] ?? '' };
  throw new NdiError({
    code: 'usage.invalid',
    message: 'An item of the selection names no property of the stimuli.',
    recovery: 'Write each as {"property": "contrast", "operation": "", "value": "best"}.',
    details: { item: JSON.stringify(item) },
  });
}

/** Whether an item that only opens or shuts is open; null for any other. */
function gateOf(operation: string, value: JsonValue, values: readonly JsonValue[]): boolean | null {
  const some = (test: (one: number, bound: number) => boolean) =>
    values.some((one) => typeof one === 'number' && typeof value === 'number' && test(one, value));
  switch (operation.toLowerCase()) {
    case 'hasnumericvalue':
      return some((one, bound) => one === bound);
    case 'hasnumericvalue>':
      return some((one, bound) => one > bound);
    case 'hasnumericvalue<':
      return some((one, bound) => one < bound);
    case 'numberatleast':
      return typeof value === 'number' && values.length >= value;
    default:
      return null;
  }
}

/** The different values of a property, in the order of the stimuli. */
function valuesOf(stimuli: readonly JsonObject[], property: string): JsonValue[] {
  const known = new Map<string, JsonValue>();
  for (const stimulus of stimuli) {
    const value = ownValue(stimulus, property);
    if (value !== undefined && !known.has(JSON.stringify(value))) known.set(JSON.stringify(value), value);
  }
  return [...known.values()];
}

/** The value of the stimulus with the largest mean response, from which its control is taken where there is one. */
function bestValue(
  property: string,
  stimuli: readonly JsonObject[],
  responses: readonly PresentationResponse[],
): JsonValue | undefined {
  let best: { value: JsonValue; response: number } | undefined;
  for (const [at, stimulus] of stimuli.entries()) {
    const value = ownValue(stimulus, property);
    if (value === undefined) continue;
    const own = responses
      .filter(({ stimulusId, response }) => stimulusId === at + 1 && !Number.isNaN(response.real))
      .map(({ response, control }) => (Number.isNaN(control.real) ? response : minus(response, control)));
    const mean = meanOf(own);
    const response = mean.imaginary === 0 ? mean.real : magnitude(mean);
    if (response > (best?.response ?? -Infinity)) best = { value, response };
  }
  return best?.value;
}

function extreme(values: readonly JsonValue[], of: (...numbers: number[]) => number): number | undefined {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? undefined : of(...numbers);
}

const equals = (field: string, value: JsonValue): QueryCondition => {
  const operation = typeof value === 'string' ? 'exact_string' : 'exact_number';
  return { field, operation, param1: value, param2: '' };
};

const printed = (value: JsonValue) => listOf(value).map(String).join(' ');
const sentence = (parts: readonly string[]) => (parts.length === 0 ? '' : `${parts.join(',')}.`);
