import { expect, it } from 'vitest';
import { makeInfo } from '../model/testing.ts';
import { createTraceStore } from '../trace-store.ts';
import { ahead, frameQuestion } from './frame-question.ts';

const view = { range: { t0: 10, t1: 20 }, extent: { t0: 0, t1: 100 } };

it('a pan asks for what comes into view and for some more ahead, up to the ends', () => {
  expect(ahead({ t0: 19, t1: 20 }, view)).toEqual({ t0: 19, t1: 25 });
  expect(ahead({ t0: 10, t1: 11 }, view)).toEqual({ t0: 5, t1: 11 });
  expect(ahead({ t0: 19, t1: 20 }, { ...view, extent: { t0: 0, t1: 22 } })).toEqual({ t0: 19, t1: 22 });
  expect(ahead({ t0: 12, t1: 20 }, view)).toEqual({ t0: 12, t1: 20 });
});

it('a view of which nothing is there is asked for as it is', () => {
  expect(ahead(view.range, view)).toEqual(view.range);
  expect(ahead({ t0: 10, t1: 19.9 }, { ...view, extent: { t0: 10, t1: 20 } })).toEqual({ t0: 10, t1: 19.9 });
});

it('a part of the view has columns as wide as the view has', () => {
  const store = createTraceStore({ path: '/a' }, makeInfo());
  store.setState({ width: 1000, range: { t0: 0, t1: 4 } });
  expect(frameQuestion(store.getState(), { t0: 3, t1: 5 }, undefined).columns).toBe(500);
});
