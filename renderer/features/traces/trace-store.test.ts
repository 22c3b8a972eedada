import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeInfo } from './model/testing.ts';
import { createTraceStore, goBack, goTo } from './trace-store.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('what is typed and then dragged at once are two steps; turns of the wheel are one', () => {
  const store = createTraceStore({ path: '/data/a.rhd' }, makeInfo());
  const first = store.getState().range;
  goTo(store, { t0: 1, t1: 2 });
  goTo(store, { t0: 1.5, t1: 2.5 });
  goBack(store);
  expect(store.getState().range).toEqual({ t0: 1, t1: 2 });
  for (const t0 of [1.1, 1.2, 1.3]) goTo(store, { t0, t1: 2 }, 'repeat');
  goBack(store);
  expect(store.getState().range).toEqual({ t0: 1, t1: 2 });
  goBack(store);
  expect(store.getState().range).toEqual(first);
});

it('a slow drag is one step of the history, two movements are two', () => {
  const store = createTraceStore({ path: '/data/a.rhd' }, makeInfo());
  const first = store.getState().range;
  goTo(store, { t0: 1, t1: 3 });
  for (const t0 of [2, 3, 4]) {
    vi.advanceTimersByTime(5000);
    goTo(store, { t0, t1: t0 + 2 }, 'goesOn');
  }
  goBack(store);
  expect(store.getState().range).toEqual(first);
  vi.advanceTimersByTime(5000);
  goTo(store, { t0: 1, t1: 3 });
  vi.advanceTimersByTime(5000);
  goTo(store, { t0: 2, t1: 4 });
  goBack(store);
  expect(store.getState().range).toEqual({ t0: 1, t1: 3 });
});
