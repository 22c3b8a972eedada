import { describe, expect, it } from 'vitest';
import { equalSecrets, isOwnHost, judgeOrigin, readCookie } from './verdicts.ts';

describe('isOwnHost', () => {
  it.each(['127.0.0.1:4747', 'localhost:4747', 'LOCALHOST:4747', '[::1]:4747'])('knows %s', (host) => {
    expect(isOwnHost(host, 4747)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'localhost',
    '127.0.0.1:4748',
    '127.0.0.1:47470',
    'evil.example:4747',
    'localhost.evil.example:4747',
    'evil@127.0.0.1:4747',
    '127.0.0.2:4747',
    '[::]:4747',
    ' 127.0.0.1:4747',
  ])('refuses %s', (host) => {
    expect(isOwnHost(host, 4747)).toBe(false);
  });

  it('knows a name without a port where the port is that of the scheme', () => {
    expect(isOwnHost('localhost', 80)).toBe(true);
  });
});

describe('judgeOrigin', () => {
  it.each([
    ['http://127.0.0.1:4747', 'own'],
    ['http://localhost:4747', 'foreign'],
    ['https://127.0.0.1:4747', 'foreign'],
    ['http://127.0.0.1:4748', 'foreign'],
    ['http://127.0.0.1:4747/', 'foreign'],
    ['null', 'foreign'],
    ['', 'foreign'],
    [undefined, 'absent'],
  ] as const)('takes %s for %s', (origin, verdict) => {
    expect(judgeOrigin(origin, '127.0.0.1:4747')).toBe(verdict);
  });
});

describe('readCookie', () => {
  it.each([
    ['ndi-4747=abc', 'abc'],
    ['a=1; ndi-4747=abc; b=2', 'abc'],
    ['a=1;ndi-4747=a=b', 'a=b'],
    ['ndi-4747=first; ndi-4747=second', 'first'],
    ['ndi-47470=abc', null],
    ['xndi-4747=abc', null],
    ['ndi-4747', null],
    ['', null],
    [undefined, null],
  ])('reads %s', (header, value) => {
    expect(readCookie(header, 'ndi-4747')).toBe(value);
  });
});

describe('equalSecrets', () => {
  it('compares texts of any length', () => {
    expect(equalSecrets('abc', 'abc')).toBe(true);
    expect(equalSecrets('abc', 'abd')).toBe(false);
    expect(equalSecrets('abc', '')).toBe(false);
    expect(equalSecrets('', '')).toBe(true);
  });
});
