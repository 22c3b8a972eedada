import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LateSave, saveAllNow } from './late-save.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('saves once, a moment after the last change', () => {
  const save = vi.fn();
  const late = new LateSave(save, 300);
  late.soon();
  vi.advanceTimersByTime(200);
  late.soon();
  vi.advanceTimersByTime(299);
  expect(save).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(save).toHaveBeenCalledOnce();
  late.now();
  expect(save).toHaveBeenCalledOnce();
});

it('saves what waits when the window is left, and nothing that was given up', () => {
  const [save, dropped] = [vi.fn(), vi.fn()];
  new LateSave(save, 300).soon();
  const other = new LateSave(dropped, 300);
  other.soon();
  other.drop();
  saveAllNow();
  vi.advanceTimersByTime(1000);
  expect(save).toHaveBeenCalledOnce();
  expect(dropped).not.toHaveBeenCalled();
});
