import { NdiError } from '../errors.ts';

/** What a part of a path may tell. */
export const patternFields = ['subject', 'session', 'date', 'epoch'] as const;
export type PatternField = (typeof patternFields)[number];

/** A step of a field's shape: digits or letters, one or at least one of them, or one character as it stands. */
export type ShapeStep =
  | { readonly kind: 'run'; readonly of: 'digit' | 'letter'; readonly many: boolean }
  | { readonly kind: 'char'; readonly char: string };

/** What the text of a field looks like: anything, anything without some characters, or a shape. */
export type FieldShape =
  | { readonly kind: 'any' }
  | { readonly kind: 'without'; readonly chars: string }
  | { readonly kind: 'shape'; readonly steps: readonly ShapeStep[] };

export type Token =
  | { readonly kind: 'text'; readonly text: string }
  /** One or more digits. */
  | { readonly kind: 'digits' }
  /** Any text, also none. */
  | { readonly kind: 'any' }
  | { readonly kind: 'field'; readonly field: PatternField; readonly shape: FieldShape };

/**
 * How the paths of recordings are made. Its text form: `/` between folders, `*` any text, `#` digits, `**` at the end for
 * whatever lies below, `{subject}`, `{session}`, `{date}`, `{epoch}` for what is read; a field may tell its shape:
 * `{date:0000-00-00}` (0 a digit, 0+ digits, a+ letters) or `{subject:^_}` (text without `_`). A backslash before a
 * character takes it as it stands.
 */
export interface PathPattern {
  /** One for each folder, the file name last unless `deep`. */
  readonly parts: readonly (readonly Token[])[];
  /** Whether one or more further folders and the file name follow. */
  readonly deep: boolean;
}

const SPECIAL = /[\\{}*#]/g;
const isField = (name: string): name is PatternField => (patternFields as readonly string[]).includes(name);

/** @throws NdiError usage.invalid saying what is wrong */
export function parsePattern(text: string): PathPattern {
  const parts = text.split('/');
  const deep = parts.at(-1) === '**';
  if (deep) parts.pop();
  if (parts.length === 0 || parts.includes('')) throw invalid(text, 'a name between two “/” is empty');
  const parsed = parts.map((part) => parsePart(text, part));
  if (parsed.flat().some((token) => token.kind === 'field')) return { parts: parsed, deep };
  throw invalid(text, `it names none of ${patternFields.map((field) => `{${field}}`).join(', ')}`);
}

function parsePart(whole: string, part: string): Token[] {
  const tokens: Token[] = [];
  const addText = (text: string) => {
    const last = tokens.at(-1);
    if (last?.kind === 'text') tokens[tokens.length - 1] = { kind: 'text', text: last.text + text };
    else tokens.push({ kind: 'text', text });
  };
  for (let at = 0; at < part.length; at += 1) {
    const char = part.charAt(at);
    if (char === '\\') {
      at += 1;
      addText(part.charAt(at) || '\\');
    } else if (char === '*') {
      if (tokens.at(-1)?.kind !== 'any') tokens.push({ kind: 'any' });
    } else if (char === '#') tokens.push({ kind: 'digits' });
    else if (char === '}') throw invalid(whole, 'a “}” has no “{” before it');
    else if (char === '{') {
      const end = closingBrace(part, at);
      if (end < 0) throw invalid(whole, 'a “{” is not closed');
      tokens.push(parseField(whole, part.slice(at + 1, end)));
      at = end;
    } else addText(char);
  }
  return tokens;
}

function closingBrace(part: string, from: number): number {
  for (let at = from + 1; at < part.length; at += 1) {
    if (part.charAt(at) === '\\') at += 1;
    else if (part.charAt(at) === '}') return at;
  }
  return -1;
}

function parseField(whole: string, inner: string): Token {
  const colon = inner.indexOf(':');
  const name = colon < 0 ? inner : inner.slice(0, colon);
  if (!isField(name)) throw invalid(whole, `“${name}” is none of ${patternFields.join(', ')}`);
  const spec = colon < 0 ? '' : inner.slice(colon + 1);
  if (spec === '') return { kind: 'field', field: name, shape: { kind: 'any' } };
  if (!spec.startsWith('^')) return { kind: 'field', field: name, shape: { kind: 'shape', steps: parseSteps(spec) } };
  const chars = spec.slice(1).replaceAll(/\\(.)/gs, '$1');
  return { kind: 'field', field: name, shape: { kind: 'without', chars } };
}

function parseSteps(spec: string): ShapeStep[] {
  const steps: ShapeStep[] = [];
  for (const [token] of spec.matchAll(/\\.|0\+?|a\+|./gs)) {
    if (token.startsWith('\\') && token.length > 1) steps.push({ kind: 'char', char: token.slice(1) });
    else if (token === 'a+') steps.push({ kind: 'run', of: 'letter', many: true });
    else if (token.startsWith('0')) steps.push({ kind: 'run', of: 'digit', many: token === '0+' });
    else steps.push({ kind: 'char', char: token });
  }
  return steps;
}

/** The text form of a pattern; {@link parsePattern} reads it back. */
export function formatPattern({ parts, deep }: PathPattern): string {
  return [...parts.map((part) => part.map(formatToken).join('')), ...(deep ? ['**'] : [])].join('/');
}

/** One token as it stands in the text form. */
export function formatToken(token: Token): string {
  switch (token.kind) {
    case 'text':
      return token.text.replaceAll(SPECIAL, String.raw`\$&`);
    case 'digits':
      return '#';
    case 'any':
      return '*';
    case 'field': {
      const shape = formatShape(token.shape);
      return shape === '' ? `{${token.field}}` : `{${token.field}:${shape}}`;
    }
  }
}

function formatShape(shape: FieldShape): string {
  if (shape.kind === 'any') return '';
  if (shape.kind === 'without') return `^${shape.chars.replaceAll(/[\\}]/g, String.raw`\$&`)}`;
  return shape.steps
    .map((step) => {
      if (step.kind === 'run') return `${step.of === 'digit' ? '0' : 'a'}${step.many ? '+' : ''}`;
      return /[\\}0a^+]/.test(step.char) ? `\\${step.char}` : step.char;
    })
    .join('');
}

function invalid(pattern: string, why: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `The pattern “${pattern.slice(0, 200)}” cannot be used: ${why}.`,
    recovery: 'Write it like “{subject}/{date:0000-00-00}/{epoch}/**”.',
    details: { pattern: pattern.slice(0, 1000) },
  });
}
