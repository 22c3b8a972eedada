import type { FieldShape, PathPattern, PatternField, ShapeStep, Token } from './pattern.ts';

export type PathValues = Readonly<Partial<Record<PatternField, string>>>;

export interface PathMatch {
  readonly values: PathValues;
  /** Other values that the pattern reads from the same path as well; empty where it can be read in one way only. */
  readonly others: readonly PathValues[];
}

/** Readings of one path that are looked for: more only say again that the pattern is ambiguous. */
const MOST_READINGS = 4;
/** Steps after which the search ends: patterns of many stars have no end of readings. */
const MOST_STEPS = 20_000;

/**
 * What a pattern reads from a path (below the scanned folder, with forward slashes); null where it does not fit. Of
 * several readings the one with the shortest first fields comes first.
 */
export function matchPath({ parts, deep }: PathPattern, path: string): PathMatch | null {
  const names = path.split('/');
  if (deep ? names.length <= parts.length : names.length !== parts.length) return null;
  const alive = parts.map((tokens, at) => reachable(tokens, names[at] ?? ''));
  if (!alive.every((table) => table[0]?.[0] === true)) return null;
  const readings: PathValues[] = [];
  let steps = 0;
  const visit = (part: number, token: number, at: number, values: PathValues): void => {
    if (readings.length >= MOST_READINGS || steps > MOST_STEPS) return;
    steps += 1;
    const name = names[part] ?? '';
    const here = parts[part]?.[token];
    if (here === undefined) {
      if (part + 1 < parts.length) visit(part + 1, 0, 0, values);
      else if (!readings.some((known) => same(known, values))) readings.push(values);
      return;
    }
    for (const end of ends(here, name, at)) {
      if (alive[part]?.[token + 1]?.[end] !== true) continue;
      if (here.kind !== 'field') visit(part, token + 1, end, values);
      else {
        const text = name.slice(at, end);
        // A field that stands twice must say the same twice.
        const known = values[here.field];
        if (known === undefined || known === text) visit(part, token + 1, end, { ...values, [here.field]: text });
      }
    }
  };
  visit(0, 0, 0, {});
  const [values, ...others] = readings;
  return values === undefined ? null : { values, others };
}

function same(a: PathValues, b: PathValues): boolean {
  const fields = [...new Set([...Object.keys(a), ...Object.keys(b)])] as PatternField[];
  return fields.every((field) => a[field] === b[field]);
}

/** From which place of the name each token can still reach the end. */
function reachable(tokens: readonly Token[], name: string): boolean[][] {
  const table = Array.from({ length: tokens.length + 1 }, () => new Array<boolean>(name.length + 1).fill(false));
  const last = table[tokens.length];
  if (last !== undefined) last[name.length] = true;
  for (let token = tokens.length - 1; token >= 0; token -= 1) {
    const here = tokens[token];
    const [row, next] = [table[token], table[token + 1]];
    if (here === undefined || row === undefined) continue;
    for (let at = 0; at <= name.length; at += 1) row[at] = ends(here, name, at).some((end) => next?.[end] === true);
  }
  return table;
}

/** Where a token that begins at a place may end, ascending. */
function ends(token: Token, name: string, at: number): number[] {
  switch (token.kind) {
    case 'text':
      return name.startsWith(token.text, at) ? [at + token.text.length] : [];
    case 'digits':
      return runEnds(name, at, isDigit);
    case 'any':
      return [at, ...runEnds(name, at, () => true)];
    case 'field':
      return shapeEnds(token.shape, name, at);
  }
}

function shapeEnds(shape: FieldShape, name: string, at: number): number[] {
  if (shape.kind === 'any') return runEnds(name, at, () => true);
  if (shape.kind === 'without') return runEnds(name, at, (char) => !shape.chars.includes(char));
  let reached = [at];
  for (const step of shape.steps) {
    reached = [...new Set(reached.flatMap((from) => stepEnds(step, name, from)))];
  }
  return reached.filter((end) => end > at).sort((a, b) => a - b);
}

function stepEnds(step: ShapeStep, name: string, at: number): number[] {
  if (step.kind === 'char') return name.startsWith(step.char, at) ? [at + step.char.length] : [];
  const fits = step.of === 'digit' ? isDigit : isLetter;
  const run = runEnds(name, at, fits);
  return step.many ? run : run.slice(0, 1);
}

function runEnds(name: string, at: number, fits: (char: string) => boolean): number[] {
  const found: number[] = [];
  for (let end = at; end < name.length && fits(name.charAt(end)); end += 1) found.push(end + 1);
  return found;
}

export const isDigit = (char: string): boolean => char >= '0' && char <= '9';
export const isLetter = (char: string): boolean => /\p{L}/u.test(char);
