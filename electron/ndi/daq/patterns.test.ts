import { describe, expect, it } from 'vitest';
import { compileFilePattern, formatPatterns, parsePatterns, patternHash } from './patterns.ts';

describe('file patterns', () => {
  it.each([
    [['#.rhd', '#.epochprobemap.ndi'], '564911b9a5f6472beb613b7362faa488'],
    [
      ['reference.txt', String.raw`.*\.rhd\>`, 'vhintan_channelgrouping.txt', 'vhintan_intan2spike2time.txt'],
      '6b586373615916ddb544190a3f547c33',
    ],
  ])('of NDI have the hash that is in the names of its files', (patterns, hash) => {
    const text = formatPatterns(patterns);
    expect(patternHash(text)).toBe(hash);
    expect(parsePatterns(text)).toEqual(patterns);
  });

  it('are read as MATLAB prints them', () => {
    expect(parsePatterns('')).toEqual([]);
    expect(parsePatterns('{}')).toEqual([]);
    expect(parsePatterns("{ 'it''s' 'b' }")).toEqual(["it's", 'b']);
    expect(parsePatterns('#.rhd')).toEqual(['#.rhd']);
    for (const broken of ["{ 'a', system('x') }", "{ 'a'", '{ a }']) {
      expect(() => parsePatterns(broken)).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    }
  });

  it('match by equality, by regular expression, and by what # stands for', () => {
    const match = (pattern: string, name: string, bound: string | null = null) =>
      compileFilePattern(pattern).match(name, bound);
    expect(match('reference.txt', 'my_reference_txt.bak')).toBe(null);
    expect(match('^reference.txt$', 'my_reference.txt')).toBeUndefined();
    expect(match(String.raw`.*\.rhd\>`, 'a.rhd')).toBe(null);
    expect(match(String.raw`.*\.rhd\>`, 'a.rhdx')).toBeUndefined();
    expect(match('#.rhd', 'run_1.rhd')).toBe('run_1');
    expect(match('#.txt', 'run_1.txt', 'run_1')).toBe('run_1');
    expect(match('#.txt', 'brun_1.txt', 'run_1')).toBeUndefined();
    expect(match('#.txt', 'run.1.txt', 'run_1')).toBeUndefined();
    expect(match('#.txt', 'a+(b.txt', 'a+(b')).toBe('a+(b');
    expect(match(String.raw`x\#1`, 'x#1')).toBe(null);
    expect(() => match('#_#.rhd', 'a_a.rhd')).toThrow(/more than one #/);
    expect(match('#_#.rhd', 'a_a.rhd', 'a')).toBe('a');
    expect(() => compileFilePattern('*.rhd')).toThrow(/no regular expression/);
  });
});
