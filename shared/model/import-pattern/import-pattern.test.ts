import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferPattern, type PathMark } from './infer.ts';
import { matchPath, type PathValues } from './match.ts';
import {
  type FieldShape,
  formatPattern,
  parsePattern,
  type PathPattern,
  patternFields,
  type Token,
} from './pattern.ts';

/** Marks the first place of each text. */
function marks(path: string, texts: PathValues): PathMark[] {
  return patternFields.flatMap((field) => {
    const text = texts[field];
    return text === undefined ? [] : [{ field, from: path.indexOf(text), to: path.indexOf(text) + text.length }];
  });
}
const infer = (path: string, texts: PathValues) => formatPattern(inferPattern(path, marks(path, texts)));
const read = (pattern: string, path: string) => matchPath(parsePattern(pattern), path)?.values ?? null;

describe('a pattern from one marked path', () => {
  it('takes folders for what they are, whatever lies below', () => {
    const pattern = infer('mouse12/2024-05-01/run1/a_1.rhd', { subject: 'mouse12', date: '2024-05-01', epoch: 'run1' });
    expect(pattern).toBe('{subject}/{date:0000-00-00}/{epoch}/**');
    expect(read(pattern, 'rat 3/2025-01-31/baseline/deep/er/x.ns5')).toEqual({
      subject: 'rat 3',
      date: '2025-01-31',
      epoch: 'baseline',
    });
    expect(read(pattern, 'rat3/yesterday/run1/x.ns5')).toBeNull();
    expect(read(pattern, 'rat3/2025-01-31/x.ns5')).toBeNull();
  });

  it('finds the parts of a file name by the signs between them', () => {
    const pattern = infer('day 1/m12_s3_240501_004.rhd', {
      subject: 'm12',
      session: 's3',
      date: '240501',
      epoch: '004',
    });
    expect(pattern).toBe('*/{subject:^_}_{session:^_}_{date:000000}_{epoch:0+}.*');
    expect(read(pattern, 'x/ab-1_s10_250131_12.ns5')).toEqual({
      subject: 'ab-1',
      session: 's10',
      date: '250131',
      epoch: '12',
    });
    expect(read(pattern, 'x/ab_1_s10_250131_12.ns5')).toBeNull();
  });

  it('knows parts that touch by their letters and digits', () => {
    const pattern = infer('m12s3.rhd', { subject: 'm12', session: 's3' });
    expect(pattern).toBe('{subject:a+0+}{session:a+0+}.*');
    expect(matchPath(parsePattern(pattern), 'rat7sess12.rhd')).toEqual({
      values: { subject: 'rat7', session: 'sess12' },
      others: [],
    });
  });

  it('lets other digits stand around the marks', () => {
    const pattern = infer('exp01_mouse12.rhd', { subject: 'mouse12' });
    expect(pattern).toBe('exp#_{subject:^.}.*');
    expect(read(pattern, 'exp112_b.rhd')).toEqual({ subject: 'b' });
  });

  it('refuses marks that say nothing', () => {
    const at = (from: number, to: number): PathMark => ({ field: 'subject', from, to });
    expect(() => inferPattern('a/b', [])).toThrow(/nothing is marked/);
    expect(() => inferPattern('a/b', [at(1, 1)])).toThrow(/empty/);
    expect(() => inferPattern('a/b', [at(0, 3)])).toThrow(/two folders/);
    expect(() => inferPattern('abc', [at(0, 2), { ...at(1, 3), field: 'date' }])).toThrow(/overlap/);
  });
});

describe('reading by a pattern', () => {
  it('says where a path can be read in more than one way', () => {
    const found = matchPath(parsePattern('{subject}_{session}.*'), 'a_b_c.rhd');
    expect(found?.values).toEqual({ subject: 'a', session: 'b_c' });
    expect(found?.others).toContainEqual({ subject: 'a_b', session: 'c' });
  });

  it('wants a field that stands twice to say the same', () => {
    expect(read('{subject}/{subject}_*', 'm1/m1_x.rhd')).toEqual({ subject: 'm1' });
    expect(read('{subject}/{subject}_*', 'm1/m2_x.rhd')).toBeNull();
  });

  it('ends soon, however many stars there are', () => {
    const stars = `${'*a'.repeat(40)}{subject}`;
    expect(matchPath(parsePattern(stars), 'a'.repeat(250))).not.toBeNull();
    expect(matchPath(parsePattern(`${stars}b`), 'a'.repeat(250))).toBeNull();
  });

  it('names what is wrong with a pattern', () => {
    for (const wrong of ['a/b', '{subject', 'a}', '{mouse}', '{subject}//x', '', '**']) {
      expect(() => parsePattern(wrong)).toThrow(/cannot be used/);
    }
  });
});

const nameText = fc.string({
  unit: fc.constantFrom(...Array.from('abz019_- .@é\\{}*#+^')),
  minLength: 1,
  maxLength: 8,
});
const shapes: fc.Arbitrary<FieldShape> = fc.oneof(
  fc.constant<FieldShape>({ kind: 'any' }),
  nameText.map((chars): FieldShape => ({ kind: 'without', chars })),
  fc
    .array(
      fc.oneof(
        fc.record({ kind: fc.constant('run' as const), of: fc.constant('digit' as const), many: fc.boolean() }),
        fc.constant({ kind: 'run' as const, of: 'letter' as const, many: true }),
        fc.record({ kind: fc.constant('char' as const), char: fc.constantFrom(...Array.from('_-.0a^+}\\é')) }),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((steps): FieldShape => ({ kind: 'shape', steps })),
);
const tokens: fc.Arbitrary<Token> = fc.oneof(
  nameText.map((text): Token => ({ kind: 'text', text })),
  fc.constant<Token>({ kind: 'digits' }),
  fc.constant<Token>({ kind: 'any' }),
  fc.tuple(fc.constantFrom(...patternFields), shapes).map(([field, shape]): Token => ({ kind: 'field', field, shape })),
);
/** Two texts in a row are one, and so are two stars. */
const joined = (part: readonly Token[]) =>
  part.filter(({ kind }, at) => !(kind === 'text' || kind === 'any') || part[at - 1]?.kind !== kind);
const patterns: fc.Arbitrary<PathPattern> = fc
  .record({
    parts: fc.array(fc.array(tokens, { minLength: 1, maxLength: 5 }).map(joined), { minLength: 1, maxLength: 3 }),
    deep: fc.boolean(),
  })
  .filter(({ parts }) => parts.flat().some((token) => token.kind === 'field'));

function textOfShape(shape: FieldShape, seed: string): string {
  if (shape.kind === 'any') return seed;
  if (shape.kind === 'without') {
    const kept = Array.from(seed)
      .filter((char) => !shape.chars.includes(char))
      .join('');
    return kept === '' ? 'Q' : kept;
  }
  return shape.steps
    .map((step) => (step.kind === 'char' ? step.char : (step.of === 'digit' ? '7' : 'b').repeat(step.many ? 2 : 1)))
    .join('');
}

describe('patterns and paths of any kind', () => {
  it('keep their meaning as text', () => {
    fc.assert(
      fc.property(patterns, (pattern) => {
        expect(parsePattern(formatPattern(pattern))).toEqual(pattern);
      }),
    );
  });

  it('give back the parts that a path was made of, or say that it is ambiguous', () => {
    fc.assert(
      fc.property(patterns, fc.array(nameText, { minLength: 4, maxLength: 4 }), nameText, (pattern, seeds, filler) => {
        const values: Partial<Record<string, string>> = {};
        const names = pattern.parts.map((part) =>
          part
            .map((token) => {
              if (token.kind === 'text') return token.text;
              if (token.kind === 'digits') return '42';
              if (token.kind === 'any') return filler;
              const seed = seeds[patternFields.indexOf(token.field)] ?? 'x';
              // The same field may stand again with another shape: then no path fits both.
              const text = textOfShape(token.shape, seed);
              fc.pre(values[token.field] === undefined || values[token.field] === text);
              values[token.field] = text;
              return text;
            })
            .join(''),
        );
        const found = matchPath(pattern, [...names, ...(pattern.deep ? ['below', 'x.rhd'] : [])].join('/'));
        expect(found).not.toBeNull();
        const readings = [found?.values, ...(found?.others ?? [])];
        if (readings.length === 1) expect(readings[0]).toEqual(values);
        else if (readings.length < 4) expect(readings).toContainEqual(values);
      }),
    );
  });

  it('read the marked example back as it was marked', () => {
    const names = fc.array(nameText, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(names, fc.infiniteStream(fc.nat(7)), (parts, numbers) => {
        const path = parts.join('/');
        const next = (): number => {
          const step = numbers.next();
          return step.done === true ? 0 : step.value;
        };
        let start = 0;
        const found: PathMark[] = [];
        for (const [at, name] of parts.entries()) {
          const from = next() % name.length;
          const field = patternFields[at];
          if (field !== undefined && next() % 2 === 0) {
            found.push({ field, from: start + from, to: start + from + 1 + (next() % (name.length - from)) });
          }
          start += name.length + 1;
        }
        fc.pre(found.length > 0);
        const match = matchPath(inferPattern(path, found), path);
        const marked = Object.fromEntries(found.map(({ field, from, to }) => [field, path.slice(from, to)]));
        if (match === null) throw new Error(`${path} does not fit its own pattern`);
        if (match.others.length === 0) expect(match.values).toEqual(marked);
        else if (match.others.length < 3) expect([match.values, ...match.others]).toContainEqual(marked);
      }),
    );
  });
});
