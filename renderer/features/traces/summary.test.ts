import { expect, it } from 'vitest';
import { makeChannel, makeInfo } from './model/testing.ts';
import { summaryOf } from './summary.ts';
import { groupBy } from './channels/group-actions.ts';
import { createTraceStore } from './trace-store.ts';

const summary = (...channels: ReturnType<typeof makeChannel>[]) => {
  const store = createTraceStore({ path: '/a' }, makeInfo({ channels }));
  store.setState({ width: 400, range: { t0: 0, t1: 4 } });
  return summaryOf(store.getState());
};

it('tells what is shown and when', () => {
  const both = summary(makeChannel('analog_in', 1), makeChannel('event', 1));
  expect(both).toBe('1 channel from 0.00 s to 4.00 s (4 s); 0 events.');
});

it('a view of events alone is one of events, not of no channels', () => {
  const events = summary(makeChannel('event', 1), makeChannel('event', 2));
  expect(events).toBe('2 channels of events from 0.00 s to 4.00 s (4 s); 0 events.');
});

it('names the groups that are seen, with the number of their channels', () => {
  const ports = ['A', 'B', 'B'].map((port, index) => makeChannel('analog_in', index + 1, { groups: { port } }));
  const store = createTraceStore({ path: '/a' }, makeInfo({ channels: ports }));
  groupBy(store, 'port');
  expect(summaryOf(store.getState())).toContain('; Port A (1), Port B (2)');
});
