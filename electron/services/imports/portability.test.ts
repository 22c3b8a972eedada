import { expect, it } from 'vitest';
import { portabilityProblems, twinProblems } from './portability.ts';

it('names that other systems refuse are noted, folders too', () => {
  const codes = (below: string) => portabilityProblems('/data', [`/data/${below}`]).map(({ code }) => code);
  for (const odd of ['a:b.rhd', 'CON.rhd', 'day 1./a.rhd', 'what?/a.rhd', 'aux/a.rhd', 'a.rhd ']) {
    expect(codes(odd), odd).toEqual(['path.oddName']);
  }
  for (const fine of ['a.rhd', 'day 1/console.rhd', 'é/a.rhd', 'com/a.rhd']) expect(codes(fine), fine).toEqual([]);
  expect(codes(`${'long/'.repeat(40)}a.rhd`)).toEqual(['path.longName']);
});

it('names that differ by case or by the writing of accents only are told together', () => {
  expect(twinProblems(['/d/a.rhd', '/d/b.rhd'])).toEqual([]);
  expect(twinProblems(['/d/Run.rhd', '/d/run.RHD', '/d/caf\u00e9.rhd', '/d/cafe\u0301.rhd'])).toMatchObject([
    { grade: 'shouldFix', paths: ['/d/Run.rhd', '/d/run.RHD'] },
    { paths: ['/d/caf\u00e9.rhd', '/d/cafe\u0301.rhd'] },
  ]);
});
