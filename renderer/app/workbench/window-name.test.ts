import { expect, it } from 'vitest';
import { windowName } from './window-name.ts';

it('says the panel and its session, each once', () => {
  expect(windowName('intan1 · Epoch 1', 'mouse 7')).toBe('intan1 · Epoch 1 – mouse 7 – NDI Desktop');
  expect(windowName('mouse 7: clocks', 'mouse 7')).toBe('mouse 7: clocks – NDI Desktop');
  expect(windowName('Jobs', '')).toBe('Jobs – NDI Desktop');
});
