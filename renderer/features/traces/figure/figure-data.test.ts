import { expect, it, vi } from 'vitest';
import { makeFrame, makeInfo } from '../model/testing.ts';
import { createTraceStore } from '../trace-store.ts';
import { escapeMarkup } from '../../../components/plotly/markup.ts';
import { figureOf, pointsOf } from './figure-data.ts';

function stateWith(frame: ReturnType<typeof makeFrame>) {
  const store = createTraceStore({ path: '/a' }, makeInfo());
  store.setState({ frames: [frame], width: 4, range: { t0: 0, t1: 4 } });
  return store.getState();
}

it('samples become points, with a break after each run', () => {
  const frame = makeFrame({ t0: 0, t1: 4 }, 4, {
    ai1: [
      { t0: 0, dt: 1, values: [5, NaN] },
      { t0: 3, dt: 1, values: [7] },
    ],
  });
  expect(pointsOf(stateWith(frame), 'ai1', 100)).toEqual({ x: [0, 1, 1, 3, 3], y: [5, null, null, 7, null] });
});

it('columns become a line from minimum to maximum', () => {
  const frame = makeFrame({ t0: 0, t1: 4 }, 4, { ai1: [{ t0: 0, dt: 1, values: [1, 2], maxima: [3, 4] }] });
  expect(pointsOf(stateWith(frame), 'ai1', 100)).toEqual({ x: [0, 0.5, 1, 1.5, 1.5], y: [1, 3, 2, 4, null] });
});

it('too many points become wider columns that keep every extreme', () => {
  const frame = makeFrame({ t0: 0, t1: 4 }, 4, {
    ai1: [{ t0: 0, dt: 1, values: [1, -9, NaN, NaN], maxima: [3, 4, NaN, NaN] }],
    ai2: [{ t0: 0, dt: 1, values: [1, 2], maxima: [3, 4] }],
  });
  expect(pointsOf(stateWith(frame), 'ai1', 4)).toEqual({ x: [0, 1, 2, 3, 3], y: [-9, 4, null, null, null] });
  const samples = makeFrame({ t0: 0, t1: 4 }, 4, { ai1: [{ t0: 0, dt: 1, values: [5, 1, 7, 6] }] });
  expect(pointsOf(stateWith(samples), 'ai1', 2)).toEqual({ x: [0, 2, 2], y: [1, 7, null] });
});

it('names are no markup', () => {
  expect(escapeMarkup('<b>a & b</b>')).toBe('&lt;b&gt;a &amp; b&lt;/b&gt;');
});

it('events and spikes have a panel below the traces', () => {
  vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: () => '#123456' }));
  vi.stubGlobal('document', { documentElement: {} });
  const frame = makeFrame({ t0: 0, t1: 4 }, 4, { ai1: [{ t0: 0, dt: 1, values: [5, 1, 7, 6] }] });
  const marks = [
    { name: 'mk1', units: 'event', color: '#111', x: [1, 2], y: [3, 'a < b'] },
    { name: 'unit 1', units: 'spike', color: '#222', x: [], y: [] },
  ];
  const { data, layout } = figureOf(stateWith(frame), 'title', marks);
  expect(data).toHaveLength(3);
  expect(data[1]).toMatchObject({ x: [1, 2], y: ['mk1', 'mk1'], text: ['3', 'a &lt; b'], yaxis: 'y2' });
  expect(layout).toMatchObject({ yaxis2: { categoryarray: ['unit 1', 'mk1'] }, xaxis: { anchor: 'y2' } });
  vi.unstubAllGlobals();
});
