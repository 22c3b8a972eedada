import { expect, it } from 'vitest';
import { basename, dirname } from './paths.ts';

it('takes the last part of a path of either platform', () => {
  expect(['/data/rat 1/', '/data/ü.rhd', 'C:\\data\\x.ns5', '/'].map(basename)).toEqual([
    'rat 1',
    'ü.rhd',
    'x.ns5',
    '/',
  ]);
});

it('takes the last part off', () => {
  const paths = ['/data/rat 1/', '/data', 'C:\\data\\x.ns5', 'C:\\data', '/'];
  expect(paths.map(dirname)).toEqual(['/data', '/', 'C:\\data', 'C:\\', '/']);
});
