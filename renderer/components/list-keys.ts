/** Lines that Page Up and Page Down pass over. */
const PAGE = 12;

/**
 * Where a key leads in a list of which one line is the current one: arrows, Page keys, Home and End move, a letter goes
 * to the next line that begins with it. Undefined for keys that mean nothing to a list.
 * @param at index of the current line; -1: none
 * @param labels what each line begins with
 */
export function listStep(key: string, at: number, labels: readonly string[]): number | undefined {
  const last = labels.length - 1;
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
      return key.length === 1 && key !== ' ' ? nextWithLetter(key, at, labels) : undefined;
  }
}

function nextWithLetter(letter: string, at: number, labels: readonly string[]): number | undefined {
  for (let step = 1; step <= labels.length; step += 1) {
    const index = (at + step) % labels.length;
    if (labels[index]?.toLowerCase().startsWith(letter.toLowerCase()) === true) return index;
  }
  return undefined;
}
