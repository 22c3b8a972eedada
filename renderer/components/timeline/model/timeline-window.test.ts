import { expect, it } from 'vitest';
import { inWindow, panWindow, showStretch, wholeTimeline, zoomWindow } from './timeline-window.ts';

it('zooms around the pointer and no farther out than the whole', () => {
  const near = zoomWindow(wholeTimeline, 0.5, 0.8);
  expect(near.from).toBeCloseTo(0.4);
  expect(near.to).toBeCloseTo(0.9);
  expect(inWindow(near, 0.8)).toBeCloseTo(0.8);
  expect(zoomWindow(near, 10, 0.8)).toEqual(wholeTimeline);
  const closest = zoomWindow(near, 1e-12, 0.5);
  expect(closest.to - closest.from).toBeCloseTo(1e-6, 12);
});

it('pans up to the ends', () => {
  const window = { from: 0.25, to: 0.5 };
  expect(panWindow(window, 0.5)).toEqual({ from: 0.375, to: 0.625 });
  expect(panWindow(window, -9)).toEqual({ from: 0, to: 0.25 });
  expect(panWindow(window, 9)).toEqual({ from: 0.75, to: 1 });
});

it('moves as little as shows a stretch', () => {
  const window = { from: 0.25, to: 0.5 };
  expect(showStretch(window, 0.3, 0.4)).toBe(window);
  expect(showStretch(window, 0.1, 0.2)).toEqual({ from: 0.1, to: 0.35 });
  expect(showStretch(window, 0.5, 0.75)).toEqual({ from: 0.5, to: 0.75 });
});
