import { NdiError } from './errors.ts';

/**
 * How times of one clock become times of another: the coefficients of a polynomial, highest power first, as NDI stores
 * them. `[2, 3]` takes 5 to 13.
 */
export type TimeMapping = readonly number[];

export const identityMapping: TimeMapping = [1, 0];

/** Polynomial at a time in seconds; ±Infinity stays infinite. */
export function mapTime(mapping: TimeMapping, time: number): number {
  let value = 0;
  for (const coefficient of mapping) value = value === 0 ? coefficient : value * time + coefficient;
  return value;
}

/**
 * Turns stored coefficients into a mapping.
 * @throws NdiError time.mappingInvalid for none, or for some that are no numbers
 */
export function toMapping(coefficients: readonly unknown[]): TimeMapping {
  const mapping = coefficients.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (mapping.length > 0 && mapping.length === coefficients.length) return mapping;
  throw badMapping('emptyMapping', coefficients, 'it needs at least one coefficient, and all of them must be numbers');
}

/** The mapping that does `first`, then `second`. Of two straight lines it is one. */
export function composeMappings(first: TimeMapping, second: TimeMapping): TimeMapping {
  let result: number[] = [];
  for (const coefficient of second) {
    result = multiply(result, first);
    if (result.length === 0) result = [0];
    result[result.length - 1] = (result.at(-1) ?? 0) + coefficient;
  }
  return withoutLeadingZeros(result);
}

function multiply(a: readonly number[], b: readonly number[]): number[] {
  if (a.length === 0) return [];
  const product = Array.from({ length: a.length + b.length - 1 }, () => 0);
  a.forEach((x, i) => b.forEach((y, j) => (product[i + j] = (product[i + j] ?? 0) + x * y)));
  return product;
}

function withoutLeadingZeros(mapping: readonly number[]): TimeMapping {
  const first = mapping.findIndex((value) => value !== 0);
  const kept = first < 0 ? [] : mapping.slice(first);
  return kept.length >= 2 ? kept : [0, kept[0] ?? 0];
}

/**
 * The mapping back. Only straight lines have one.
 * @throws NdiError time.mappingInvalid; `details.reason` is the last word of NDI's identifier
 */
export function reverseMapping(mapping: TimeMapping): TimeMapping {
  if (mapping.length === 0) throw badMapping('emptyMapping', mapping, 'it has no coefficients');
  if (mapping.length > 2) {
    throw badMapping('tooManyCoefficients', mapping, 'only a straight line can be turned round');
  }
  const [scale = 0, shift = 0] = mapping.length === 2 ? mapping : [0, mapping[0]];
  if (scale === 0) throw badMapping('zeroSlope', mapping, 'all times would have come from one');
  return [1 / scale, -shift / scale];
}

/**
 * The straight line that takes the interval [a0, a1] to [b0, b1], or null where an end is no finite number or one of
 * them has no length.
 */
export function intervalMapping(a0: number, a1: number, b0: number, b1: number): TimeMapping | null {
  if (![a0, a1, b0, b1].every(Number.isFinite) || a0 === a1 || b0 === b1) return null;
  const scale = (b1 - b0) / (a1 - a0);
  return [scale, b0 - scale * a0];
}

/** How much faster the second clock runs than the first, in millionths; of straight lines only. */
export function driftPpm(mapping: TimeMapping): number | null {
  const [scale] = mapping;
  return mapping.length === 2 && scale !== undefined ? (scale - 1) * 1e6 : null;
}

function badMapping(reason: string, mapping: readonly unknown[], why: string): NdiError {
  return new NdiError({
    code: 'time.mappingInvalid',
    message: `The time mapping [${mapping.join(' ')}] cannot be used: ${why}.`,
    recovery: 'Check the sync rule or the document that it comes from.',
    details: { reason, mapping: mapping.map(String) },
  });
}
