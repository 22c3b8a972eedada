import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { encodeViewFrame } from '../../../../shared/model/view-frame.ts';
import { makeFrame, makeInfo } from '../model/testing.ts';
import { createTraceStore, goTo, type TraceStore } from '../trace-store.ts';
import { SignalLoader } from './signal-loader.ts';

interface Asked {
  readonly t0: number;
  readonly t1: number;
  readonly columns: number;
  readonly signal: AbortSignal;
}

const asked: Asked[] = [];
/** How long an answer takes. */
let answerMs = 1;

vi.mock('../../../state/client.ts', () => ({
  client: {
    signals: {
      view: (request: Omit<Asked, 'signal'>, { signal }: { signal: AbortSignal }) => {
        asked.push({ ...request, signal });
        const { t0, t1, columns } = request;
        const values = Array.from({ length: columns }, () => 0);
        const run = { t0, dt: (t1 - t0) / columns, values, maxima: values.map(() => 1) };
        return new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
          setTimeout(() => resolve(encodeViewFrame(makeFrame({ t0, t1 }, columns, { ai1: [run] }))), answerMs);
        });
      },
    },
  },
}));

let store: TraceStore;
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  asked.length = 0;
  answerMs = 1;
  store = createTraceStore({ path: '/data/a.rhd' }, makeInfo({ segments: [{ t0: 0, t1: 1000 }] }));
  store.setState({ width: 100, range: { t0: 400, t1: 500 } });
  stop = new SignalLoader(store).start();
  await vi.advanceTimersByTimeAsync(150);
  asked.length = 0;
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

/** Zooms about the middle, a step each 16 ms, as a wheel that is turned does. */
async function zoom(steps: number, factor: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    const { t0, t1 } = store.getState().range;
    const [middle, half] = [(t0 + t1) / 2, ((t1 - t0) / 2) * factor];
    goTo(store, { t0: middle - half, t1: middle + half }, 'repeat');
    await vi.advanceTimersByTimeAsync(16);
  }
}

it('asks for the picture of a single step at once', async () => {
  await zoom(1, 0.8);
  expect(asked).toHaveLength(1);
});

it('a zoom that goes on asks seldom, and for the exact picture once it rests', async () => {
  await zoom(12, 0.94);
  expect(asked.length).toBeLessThan(5);
  await vi.advanceTimersByTimeAsync(150);
  expect(asked.at(-1)).toMatchObject({ ...store.getState().range, columns: 100 });
});

it('shows what it has until the answer comes', async () => {
  answerMs = 5000;
  await zoom(1, 0.5);
  expect(store.getState()).toMatchObject({ loading: true });
  expect(store.getState().frames.length).toBeGreaterThan(0);
});

it('aborts a slow question that was overtaken, and whatever is under way when the view is hidden', async () => {
  answerMs = 5000;
  await zoom(1, 0.5);
  await vi.advanceTimersByTimeAsync(150);
  await zoom(1, 0.5);
  await vi.advanceTimersByTimeAsync(150);
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  stop();
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  goTo(store, { t0: 0, t1: 50 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(2);
});
