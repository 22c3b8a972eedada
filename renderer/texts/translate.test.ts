import { afterEach, describe, expect, it } from 'vitest';
import { toPseudo } from './pseudo.ts';
import { formatBytes, formatDate, formatNumber, formatSeconds, plural, setLanguage, t } from './translate.ts';

afterEach(async () => setLanguage('en'));

describe('t', () => {
  it('gives the English sentence with its values', () => {
    expect(t('Opened {{name}}', { name: 'a & <b>' })).toBe('Opened a & <b>');
    expect(t('No separators: a.b#c_d')).toBe('No separators: a.b#c_d');
  });

  it('leaves braces in values alone', () => {
    expect(t('Opened {{name}}', { name: '{{odd}} $t(name)' })).toBe('Opened {{odd}} $t(name)');
  });

  it('writes numbers as the locale does', () => {
    expect(t('{{n}} samples', { n: 1234567 })).toBe('1,234,567 samples');
  });

  it('chooses the plural form', () => {
    expect(plural(1, '{{count}} document', '{{count}} documents')).toBe('1 document');
    expect(plural(0, '{{count}} document', '{{count}} documents')).toBe('0 documents');
    expect(plural(2000, '{{count}} document', '{{count}} documents')).toBe('2,000 documents');
  });

  it('stretches every text in the pseudo-language and leaves the values readable', async () => {
    await setLanguage('pseudo');
    expect(t('Opened {{name}}', { name: 'rat12.rhd' })).toBe('⟦Óþéñéð rat12.rhd~~~⟧');
    expect(plural(1, '{{count}} job', '{{count}} jobs')).toBe('⟦1 ĵóƀ~~⟧');
    expect(plural(3, '{{count}} job', '{{count}} jobs')).toBe('⟦3 ĵóƀš~~⟧');
  });
});

it('toPseudo leaves no plain letter outside placeholders', () => {
  expect(toPseudo('The quick brown fox jumps over THE LAZY DOG')).not.toMatch(/[A-Za-z]/);
});

describe('formats', () => {
  it('numbers', () => {
    expect(formatNumber(30000)).toBe('30,000');
    expect(formatNumber(0.1 + 0.2)).toBe('0.3');
    expect(formatNumber(1.5, 3)).toBe('1.500');
    expect([NaN, Infinity, -Infinity].map((value) => formatNumber(value))).toEqual(['–', '∞', '−∞']);
  });

  it('seconds', () => {
    const cases: [number, string][] = [
      [0, '0 s'],
      [1 / 30000, '33.3 µs'],
      [0.25, '250 ms'],
      [0.9999, '1 s'],
      [3.2, '3.2 s'],
      [59.99, '1 min 00 s'],
      [245, '4 min 05 s'],
      [7380, '2 h 03 min'],
      [-0.005, '-5 ms'],
    ];
    expect(cases.map(([value]) => formatSeconds(value))).toEqual(cases.map(([, text]) => text));
  });

  it('bytes', () => {
    expect([0, 999, 1000, 1536, 3_200_000_000].map(formatBytes)).toEqual(['0 B', '999 B', '1 kB', '1.54 kB', '3.2 GB']);
  });

  it('dates, and what is no date as it is', () => {
    expect(formatDate('2024-03-05T10:20:00Z')).toMatch(/2024/);
    expect(formatDate('unknown')).toBe('unknown');
  });
});
