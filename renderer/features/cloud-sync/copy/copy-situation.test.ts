import { describe, expect, it } from 'vitest';
import { reasonAgainst, type CopyAct, type CopySituation } from './copy-situation.ts';

const possible = (situation: CopySituation) =>
  (['compare', 'lost', 'repair', 'link', 'unlink'] as const satisfies readonly CopyAct[]).filter(
    (act) => reasonAgainst(act, situation) === undefined,
  );

describe('what can be done with a copy', () => {
  it('is everything for a linked one', () => {
    expect(possible({ signedIn: true, linked: true, busy: false })).toEqual([
      'compare',
      'lost',
      'repair',
      'link',
      'unlink',
    ]);
  });

  it('is only linking while it has no link', () => {
    expect(possible({ signedIn: true, linked: false, busy: false })).toEqual(['link']);
  });

  it('is everything where the link cannot be told: linking anew or unlinking is the way out', () => {
    expect(possible({ signedIn: true, linked: null, busy: false })).toEqual([
      'compare',
      'lost',
      'repair',
      'link',
      'unlink',
    ]);
  });

  it('is only unlinking, and looking at what was lost, for nobody, and nothing while something is being done', () => {
    expect(possible({ signedIn: false, linked: true, busy: false })).toEqual(['lost', 'unlink']);
    expect(possible({ signedIn: true, linked: true, busy: true })).toEqual([]);
    expect(reasonAgainst('compare', { signedIn: false, linked: true, busy: false })).toBe('Nobody is signed in');
  });
});
