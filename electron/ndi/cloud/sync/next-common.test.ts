import { describe, expect, it } from 'vitest';
import { nextCommon } from './next-common.ts';
import { hashOf } from './testing/made-inventories.ts';

const words = (list: string): string[] => list.split(' ').filter((word) => word !== '');
const common = (local: string, remote: string, hashes: Record<string, string> = {}) => ({
  local: new Set(words(local)),
  remote: new Set(words(remote)),
  hashes: new Map(Object.entries(hashes).map(([id, word]) => [id, hashOf(word)])),
});
const held = (ids: string) => new Map(words(ids).map((id) => [id, hashOf('same')]));
const after = (here: string, there: string, unsettled = '') =>
  nextCommon(
    { here: held(here), there: held(there), unsettled: new Set(words(unsettled)) },
    common('a b d', 'a b d f'),
  );

describe('the common state after a run', () => {
  it.each([
    ['H1 uploadNew', 'a b c d', 'a b c e f', 'a b c d'],
    ['H2 downloadNew', 'a b c d e f', 'a b e f', 'a b d e f'],
    ['H3 mirrorFromRemote', 'a b e f', 'a b e f', 'a b e f'],
    ['H4 mirrorToRemote', 'a b c d', 'a b c d', 'a b c d'],
    ['H6 two-way with deletions', 'a b c e f', 'a b c e f', 'a b c e f'],
    ['H11 deleted on both sides', 'a', 'a', 'a'],
  ])('%s', (_, here, there, ids) => {
    const next = after(here, there);
    expect([...next.local].sort()).toEqual(words(ids));
    expect([...next.remote].sort()).toEqual(words(ids));
  });

  it('takes in nothing that failed or is in conflict, and forgets nothing that was common', () => {
    expect([...after('a b c d', 'a b c', 'a c').local].sort()).toEqual(words('a b d'));
  });

  it('notes a hash only where both sides agree', () => {
    const before = common('a b c', 'a b c', { a: '0', b: '0' });
    const next = nextCommon(
      {
        here: new Map([
          ['a', hashOf('1')],
          ['b', hashOf('1')],
          ['c', hashOf('1')],
        ]),
        there: new Map([
          ['a', hashOf('1')],
          ['b', hashOf('0')],
          ['c', null],
        ]),
        unsettled: new Set(),
      },
      before,
    );
    expect(Object.fromEntries([...next.hashes].map(([id, hash]) => [id, hash.document]))).toEqual({ a: '1', b: '0' });
  });
});
