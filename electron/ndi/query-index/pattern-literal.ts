/** A character that stands for itself in a pattern of MATLAB and of JavaScript alike. */
const PLAIN = /[\p{L}\p{N} _=:;,@#%&"'!~/-]/u;

/**
 * The longest text that every match of a regular expression holds, as far as is told at a glance; empty where that is
 * not certain. Alternatives, groups and classes are not looked into.
 */
export function literalOf(pattern: string): string {
  return longest(runsOf(pattern) ?? []);
}

/** The text with which every match begins: of `^2024-1[12]` it is `2024-1`. */
export function startOf(pattern: string): string {
  if (!pattern.startsWith('^')) return '';
  const runs = runsOf(pattern.slice(1));
  const [first = ''] = runs ?? [];
  return pattern.slice(1).startsWith(first) ? first : '';
}

/** Runs of plain characters, each of which every match holds; null where alternatives or groups make that uncertain. */
function runsOf(pattern: string): string[] | null {
  if (/[|()]/.test(pattern)) return null;
  const runs: string[] = [];
  let run = '';
  const end = () => {
    runs.push(run);
    run = '';
  };
  const characters = Array.from(pattern);
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (PLAIN.test(character)) {
      run += character;
      continue;
    }
    // These make the character before them optional; `+` only repeats it.
    if (character === '*' || character === '?' || character === '{') run = Array.from(run).slice(0, -1).join('');
    end();
    if (character === '[') at = endOf(characters, at, ']');
    else if (character === '{') at = endOf(characters, at, '}');
    else if (character === '\\') at += 1;
    if (at < 0) return null;
    if (character === '\\' && /[^wWdDsSbB<>.]/.test(characters[at] ?? 'x')) return null;
  }
  end();
  return runs;
}

/** Index of the end of a class or a count; -1 for one that has nothing simple in it or does not end. */
function endOf(characters: readonly string[], from: number, end: string): number {
  for (let at = from + 1; at < characters.length; at += 1) {
    if (characters[at] === '\\') at += 1;
    else if (characters[at] === end && at > from + 1) return at;
  }
  return -1;
}

function longest(runs: readonly string[]): string {
  return runs.reduce((best, run) => (run.length > best.length ? run : best), '');
}
