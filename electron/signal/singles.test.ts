import { describe, expect, it } from 'vitest';
import { singleForm, singleValue } from './singles.ts';
import { wordRules } from './words.ts';

describe('formulas in singles', () => {
  it.each([
    ['Intan amplifiers', 'u16', 0.195, -6389.76],
    ['Intan amplifiers, one file a signal', 'i16', 0.195, 0],
    ['Blackrock', 'i16', 0.25, 0],
    ['Neuropixels 1.0, AP', 'i16', 2.34375, 0],
    ['words themselves', 'x16', 1, 0],
  ] as const)('give every word of %s as doubles rounded once', (_, word, gain, offset) => {
    const form = singleForm(word, gain, offset);
    const { bias } = wordRules[word];
    for (let signed = -32_768; signed < 32_768; signed += 1) {
      const value = singleValue(signed + (form?.bias ?? NaN), form?.high ?? NaN, form?.low ?? NaN);
      if (!Object.is(value, Math.fround((signed + bias) * gain + offset))) expect.fail(`word ${signed}: ${value}`);
    }
  });

  it('are not used where one word would come out otherwise, 0 as -0 included', () => {
    expect(singleForm('i16', Math.PI, 0)).toBeNull();
    expect(singleForm('i16', 0.25, 0.1)).toBeNull();
    expect(singleForm('i16', 1, 1e9)).toBeNull();
    expect(singleForm('i16', 0, 1)).toBeNull();
    expect(singleForm('i16', -0.25, 0)).toEqual({ bias: 0, high: -0.25, low: 0 });
  });
});
