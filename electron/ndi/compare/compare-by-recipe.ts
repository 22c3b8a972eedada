import type { JsonValue } from '../../../shared/model/document-json.ts';
import { type NdiDocument, objectOf } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';

/** How one field is compared (`ndi.database.doctools.docComparison`). */
export interface RecipeField {
  /** Dotted path; elements of lists of objects are counted from 1: `list(2).name`. */
  readonly name: string;
  readonly comparisonMethod: string;
  /** One number, or one for each value of the field. */
  readonly toleranceAmount: number | readonly number[];
}

export interface RecipeFailure {
  readonly name: string;
  readonly actual: JsonValue | undefined;
  readonly expected: JsonValue | undefined;
  readonly why: string;
}

/** Whether a value passes, given its tolerance; NDI fails what is not a number. */
const numericMethods: Readonly<Record<string, (actual: number, expected: number, tolerance: number) => boolean>> = {
  'abs difference': (actual, expected, tolerance) => Math.abs(actual - expected) <= tolerance,
  difference: (actual, expected, tolerance) => actual - expected <= tolerance,
  'abs percent difference': (actual, expected, tolerance) => Math.abs(percent(actual, expected)) <= tolerance,
  'percent difference': (actual, expected, tolerance) => percent(actual, expected) <= tolerance,
  pValueConsistent: (actual, expected, tolerance) => actual < tolerance === expected < tolerance,
};

const recipeMethods: readonly string[] = ['none', 'character exact', ...Object.keys(numericMethods)];

/** Of an expected 0 everything is infinitely far but 0 itself. */
function percent(actual: number, expected: number): number {
  if (expected !== 0) return ((actual - expected) / expected) * 100;
  return actual === 0 ? 0 : Number.POSITIVE_INFINITY;
}

const NOT_COMPARED: readonly string[] = ['document_class', 'files', 'depends_on'];

/** The fields of a document that a recipe can compare, each with the method `none`. */
export function recipeOf(document: NdiDocument): RecipeField[] {
  const groups = Object.entries(document).filter(([name]) => !NOT_COMPARED.includes(name));
  return leaves(Object.fromEntries(groups), '').map((name) => ({ name, comparisonMethod: 'none', toleranceAmount: 0 }));
}

function leaves(holder: NdiDocument, prefix: string): string[] {
  return Object.entries(holder).flatMap(([key, value]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const list = Array.isArray(value) ? value : [value];
    const objects = list.map(objectOf);
    if (list.length === 0 || objects.some((one) => one === null)) return [name];
    return objects.flatMap((one, at) => leaves(one ?? {}, objects.length > 1 ? `${name}(${at + 1})` : name));
  });
}

/**
 * Compares a document with the expected one, field by field as the recipe says.
 * @returns what does not agree; empty where all does
 * @throws NdiError usage.invalid for a method that there is not
 */
export function compareByRecipe(
  actual: NdiDocument,
  expected: NdiDocument,
  recipe: readonly RecipeField[],
): RecipeFailure[] {
  return recipe.flatMap((field) => {
    if (!recipeMethods.includes(field.comparisonMethod)) throw unknownMethod(field);
    if (field.comparisonMethod === 'none') return [];
    const [ofActual, ofExpected] = [valueOf(actual, field.name), valueOf(expected, field.name)];
    const why = faultOf(ofActual, ofExpected, field);
    return why === null ? [] : [{ name: field.name, actual: ofActual, expected: ofExpected, why }];
  });
}

function faultOf(
  actual: JsonValue | undefined,
  expected: JsonValue | undefined,
  { comparisonMethod, toleranceAmount }: RecipeField,
): string | null {
  if (actual === undefined || expected === undefined) return 'one document does not have the field';
  if (comparisonMethod === 'character exact') {
    if (typeof actual !== 'string' || typeof expected !== 'string') return 'not both are texts';
    return actual === expected ? null : 'the texts differ';
  }
  const [numbers, wanted] = [numbersOf(actual), numbersOf(expected)];
  if (numbers === null || wanted === null) return 'not both are numbers';
  if (numbers.shape !== wanted.shape) return 'they have different sizes';
  const tolerances = typeof toleranceAmount === 'number' ? null : toleranceAmount;
  if (tolerances !== null && tolerances.length !== wanted.values.length) return 'the tolerance has another size';
  if ([...numbers.values, ...wanted.values].some(Number.isNaN)) return 'one of the values is no number (NaN)';
  const passes = numericMethods[comparisonMethod];
  const failing = wanted.values.some((value, at) => {
    const tolerance = tolerances?.[at] ?? Number(toleranceAmount);
    return passes?.(numbers.values[at] ?? Number.NaN, value, tolerance) !== true;
  });
  return failing ? `${comparisonMethod} is beyond the tolerance` : null;
}

function numbersOf(value: JsonValue): { shape: string; values: number[] } | null {
  const shape: number[] = [];
  for (let part: JsonValue | undefined = value; Array.isArray(part); part = part[0]) shape.push(part.length);
  const values = flatten(value);
  const numbers = values.filter((one) => typeof one === 'number');
  if (numbers.length !== values.length) return null;
  // A list of one is a number by itself for MATLAB.
  return { shape: shape.filter((length) => length !== 1).join('x'), values: numbers };
}

function flatten(value: JsonValue): JsonValue[] {
  return Array.isArray(value) ? value.flatMap(flatten) : [value];
}

function valueOf(document: NdiDocument, name: string): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const part of name.split('.')) {
    const [, key = part, number] = /^(.*)\((\d+)\)$/.exec(part) ?? [];
    const holder = objectOf(Array.isArray(value) && value.length === 1 ? value[0] : value);
    value = holder?.[key];
    if (number !== undefined) value = Array.isArray(value) ? value[Number(number) - 1] : undefined;
  }
  return value;
}

function unknownMethod({ name, comparisonMethod }: RecipeField): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `The recipe compares ${name} by “${comparisonMethod}”, which is no method.`,
    recovery: `Use one of ${recipeMethods.join(', ')}.`,
    details: { name, comparisonMethod },
  });
}
