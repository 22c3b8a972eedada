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
  const last = lines.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, last);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'PageDown':
      return Math.min(at + PAGE, last);
    case 'PageUp':
      return Math.max(at - PAGE, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return key.length === 1 && key !== ' ' ? nextWithLetter(key, at, lines, labelOf) : undefined;
  }
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
