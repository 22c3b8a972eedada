import { createHash } from 'node:crypto';
import { NdiError } from '../../../shared/model/errors.ts';
import { compilePattern, escapePattern } from '../../../shared/model/query.ts';

/**
 * File patterns as NDI stores them: the text of a MATLAB cell of strings, `{ '#.rhd', '#.epochprobemap.ndi' }`.
 * MATLAB evaluates it; here it is only taken apart.
 * @throws NdiError document.invalid
 */
export function parsePatterns(text: string): string[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (!trimmed.startsWith('{')) return [trimmed.replace(/^'(.*)'$/s, '$1').replaceAll("''", "'")];
  const body = /^\{(.*)\}$/s.exec(trimmed)?.[1];
  const items = [...(body ?? '').matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? '').replaceAll("''", "'"));
  const rest = (body ?? 'x').replace(/'(?:[^']|'')*'/g, '').replace(/[\s,;]/g, '');
  if (rest === '') return items;
  throw new NdiError({
    code: 'document.invalid',
    message: `The file patterns ${text.slice(0, 200)} cannot be read.`,
    recovery: 'Correct the file navigator of this session.',
    details: { field: 'filenavigator.fileparameters', value: text.slice(0, 1000) },
  });
}

/** Writes patterns as MATLAB prints a cell of strings (quotes inside an item are not escaped, as there). */
export function formatPatterns(patterns: readonly string[]): string {
  return patterns.length === 0 ? '{}' : `{ ${patterns.map((pattern) => `'${pattern}'`).join(', ')} }`;
}

/** MD5 of the patterns' text: part of the names of NDI's hidden files beside the recordings. */
export function patternHash(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/** What `#` stands for in a group of files; null while nothing was bound. */
export type Bound = string | null;

/** One pattern, ready to be asked about many names. */
export interface FilePattern {
  /** Whether the name fits under what `#` stands for; gives what it stands for afterwards, or undefined. */
  match(name: string, bound: Bound): Bound | undefined;
}

/**
 * A name fits when it equals the pattern, or when the pattern is found in it as a regular expression, or with `#` (any
 * text that is the same in all files of a group) put in. `\#` is a number sign.
 * @throws NdiError document.invalid for what is no regular expression, and for two free `#`
 */
export function compileFilePattern(pattern: string): FilePattern {
  const plain = filePattern(pattern, pattern);
  const pieces = splitAtSign(pattern);
  const free = pieces.length === 2 ? filePattern(pattern, pieces.join('(.+)')) : null;
  const boundPatterns = new Map<string, RegExp>();
  return {
    match(name, bound) {
      if (name === pattern || plain.test(name)) return bound;
      if (pieces.length === 1) return undefined;
      if (bound === null) {
        if (free === null) throw tooManySigns(pattern);
        return free.exec(name)?.[1];
      }
      let expression = boundPatterns.get(bound);
      if (expression === undefined) {
        // NDI's own search is not anchored, so `a` would also find `aa.rhd`: a leading # begins the name here.
        const anchor = pieces[0] === '' ? '^' : '';
        expression = filePattern(pattern, anchor + pieces.join(escapePattern(bound)));
        boundPatterns.set(bound, expression);
      }
      return expression.test(name) ? bound : undefined;
    },
  };
}

/**
 * The regular expression that a pattern becomes.
 * @throws NdiError document.invalid naming the pattern
 */
export function filePattern(pattern: string, source: string): RegExp {
  try {
    return compilePattern(source);
  } catch (error) {
    throw new NdiError({
      code: 'document.invalid',
      message: `The file pattern "${pattern}" is no regular expression.`,
      recovery: 'Correct it; for example .*\\.rhd finds all files that end in .rhd.',
      details: { value: pattern },
      cause: error,
    });
  }
}

/** The pattern's parts around each `#` that has no backslash before it. */
export function splitAtSign(pattern: string): string[] {
  const pieces = [''];
  for (const [token] of pattern.matchAll(/\\.|[^\\]|\\$/gs)) {
    if (token === '#') pieces.push('');
    else pieces.push((pieces.pop() ?? '') + (token === String.raw`\#` ? '#' : token));
  }
  return pieces;
}

export function tooManySigns(pattern: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The file pattern "${pattern}" holds more than one # before any file tells what # stands for.`,
    recovery: 'Use one # in the first pattern that has any.',
    details: { value: pattern },
  });
}
