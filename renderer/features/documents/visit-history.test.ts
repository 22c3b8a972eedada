import { expect, it } from 'vitest';
import { canStep, currentVisit, noVisits, replaceVisit, step, visit } from './visit-history.ts';

const abc = visit(visit(visit(noVisits, 'a'), 'b'), 'c');

it('goes back and forward', () => {
  expect(currentVisit(noVisits)).toBeUndefined();
  expect(currentVisit(step(abc, -1))).toBe('b');
  expect(currentVisit(step(step(abc, -1), 1))).toBe('c');
  expect([canStep(abc, 1), canStep(abc, -1), canStep(noVisits, -1)]).toEqual([false, true, false]);
  expect(step(abc, 1)).toBe(abc);
});

it('forgets what lay ahead when another document is opened', () => {
  expect(visit(step(abc, -1), 'd')).toEqual({ ids: ['a', 'b', 'd'], at: 2 });
});

it('does not count the same document twice in a row', () => {
  expect(visit(abc, 'c')).toBe(abc);
});

it('replaces the current visit while stepping through a list', () => {
  expect(replaceVisit(abc, 'd')).toEqual({ ids: ['a', 'b', 'd'], at: 2 });
  expect(replaceVisit(noVisits, 'd')).toEqual({ ids: ['d'], at: 0 });
});

it('keeps a bounded number of visits', () => {
  let history = noVisits;
  for (let index = 0; index < 500; index += 1) history = visit(history, String(index));
  expect(history.ids.length).toBe(200);
  expect(currentVisit(history)).toBe('499');
});
