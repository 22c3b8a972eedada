import { NdiError } from '../errors.ts';
import { isDigit, isLetter } from './match.ts';
import type { FieldShape, PathPattern, PatternField, ShapeStep, Token } from './pattern.ts';

/** A stretch of the example that somebody marked: `[from, to)` in characters of the path. */
export interface PathMark {
  readonly field: PatternField;
  readonly from: number;
  readonly to: number;
}

/**
 * The pattern that one path with marks is an example of. Digits around the marks may be others, names without a mark may
 * be any, and what follows the last mark of a name may be anything; what lies below the last marked folder too.
 * @param path below the scanned folder, with forward slashes
 * @throws NdiError usage.invalid for marks that are empty, overlap, or lead over a “/”
 */
export function inferPattern(path: string, marks: readonly PathMark[]): PathPattern {
  const sorted = [...marks].sort((a, b) => a.from - b.from);
  checkMarks(path, sorted);
  const names = path.split('/');
  const parts: Token[][] = [];
  let start = 0;
  for (const name of names) {
    const inside = sorted.filter((mark) => mark.from >= start && mark.to <= start + name.length);
    parts.push(inside.length === 0 ? [{ kind: 'any' }] : inferName(name, start, inside));
    start += name.length + 1;
  }
  const last = parts.findLastIndex((part) => part.some((token) => token.kind === 'field'));
  const deep = last < parts.length - 1;
  return { parts: parts.slice(0, last + 1), deep };
}

function checkMarks(path: string, marks: readonly PathMark[]): void {
  if (marks.length === 0) throw invalid('nothing is marked', 'Mark the subject, the session, the date or the epoch.');
  let end = 0;
  for (const { from, to } of marks) {
    const text = path.slice(from, to);
    if (text === '' || from < 0) throw invalid('a mark is empty', 'Mark at least one character.');
    if (text.includes('/')) throw invalid(`“${text}” spans two folders`, 'Mark a part of one name.');
    if (from < end) throw invalid('two marks overlap', 'Take one of them away.');
    end = to;
  }
}

function inferName(name: string, start: number, marks: readonly PathMark[]): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  marks.forEach((mark, index) => {
    const [from, to] = [mark.from - start, mark.to - start];
    tokens.push(...textTokens(name.slice(at, from)));
    const isAlone = (place: number) => !isWordChar(name.charAt(place));
    const touches = !isAlone(from - 1) || !isAlone(to);
    const next = name.slice(to, marks[index + 1] === undefined ? undefined : (marks[index + 1]?.from ?? 0) - start);
    tokens.push({
      kind: 'field',
      field: mark.field,
      shape: inferShape(mark.field, name.slice(from, to), next, touches),
    });
    at = to;
  });
  return [...tokens, ...tailTokens(name.slice(at))];
}

const isWordChar = (char: string) => char !== '' && (isDigit(char) || isLetter(char));

/** Text as it stands, but for its digits. */
function textTokens(text: string): Token[] {
  return [...text.matchAll(/[0-9]+|[^0-9]+/g)].map(([run]) =>
    isDigit(run.charAt(0)) ? { kind: 'digits' } : { kind: 'text', text: run },
  );
}

/** What follows the last mark: the sign that ends it, then anything. */
function tailTokens(tail: string): Token[] {
  if (tail === '') return [];
  if (isDigit(tail.charAt(0))) return [{ kind: 'digits' }, { kind: 'any' }];
  const letters = /^\p{L}+/u.exec(tail)?.[0];
  return [{ kind: 'text', text: letters ?? tail.charAt(0) }, { kind: 'any' }];
}

/**
 * @param next what stands between this mark and the next one, or the end of the name
 * @param touches whether letters or digits stand right beside the mark: only its own shape can then tell where it ends
 */
function inferShape(field: PatternField, value: string, next: string, touches: boolean): FieldShape {
  const digits = Array.from(value).filter(isDigit).length;
  if (field === 'date' && digits >= 4 && !Array.from(value).some(isLetter))
    return { kind: 'shape', steps: exactSteps(value) };
  if (touches || digits === value.length) return { kind: 'shape', steps: runSteps(value) };
  const sign = next.charAt(0);
  if (sign !== '' && !value.includes(sign)) return { kind: 'without', chars: sign };
  return { kind: 'any' };
}

/** Each digit one digit: `2024-05-01` → `0000-00-00`. */
function exactSteps(value: string): ShapeStep[] {
  return Array.from(value).map((char) =>
    isDigit(char) ? { kind: 'run', of: 'digit', many: false } : { kind: 'char', char },
  );
}

/** Runs of letters and digits of any length: `m12` → `a+0+`. */
function runSteps(value: string): ShapeStep[] {
  return [...value.matchAll(/[0-9]+|\p{L}+|[^0-9\p{L}]/gu)].map(([run]) => {
    if (isDigit(run.charAt(0))) return { kind: 'run', of: 'digit', many: true };
    return isLetter(run) ? { kind: 'run', of: 'letter', many: true } : { kind: 'char', char: run };
  });
}

function invalid(why: string, recovery: string): NdiError {
  return new NdiError({ code: 'usage.invalid', message: `No pattern can be made: ${why}.`, recovery });
}
