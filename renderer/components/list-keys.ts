import { stepFor } from './table/step-for.ts';

/** Lines that Page Up and Page Down pass over. */
const PAGE = 12;

/**
 * Where a key leads in a list of which one line is the current one: arrows, Page keys, Home and End move, a letter goes
 * to the next line that begins with it. Undefined for keys that mean nothing to a list.
 * @param at index of the current line; -1: none
 * @param labelOf what a line begins with
 */
export function listStep<T>(
  key: string,
  at: number,
  lines: readonly T[],
  labelOf: (line: T) => string,
): number | undefined {
  const step = stepFor(key, at, lines.length, PAGE);
  if (step !== null) return step;
  return key.length === 1 && key !== ' ' ? nextWithLetter(key, at, lines, labelOf) : undefined;
}

function nextWithLetter<T>(
  letter: string,
  at: number,
  lines: readonly T[],
  labelOf: (line: T) => string,
): number | undefined {
  const isNext = (line: T) => labelOf(line).toLowerCase().startsWith(letter.toLowerCase());
  const after = lines.findIndex((line, index) => index > at && isNext(line));
  const found = after < 0 ? lines.findIndex(isNext) : after;
  return found < 0 ? undefined : found;
}
