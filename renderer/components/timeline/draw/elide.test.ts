import { expect, test } from 'vitest';
import { elideMiddle } from './elide.ts';

const measure = (text: string) => text.length * 6;

test('loses the middle where there is no room, and all where there is none', () => {
  expect(elideMiddle('epoch_0001', 60, measure)).toBe('epoch_0001');
  const elided = elideMiddle('epoch_412697b0cea39_c0dcf72e22cc', 90, measure);
  expect(elided).toMatch(/^epoch.*….*2e22cc$/);
  expect(measure(elided)).toBeLessThanOrEqual(90);
  expect(elideMiddle('epoch_0001', 12, measure)).toBe('');
});

test('always fits, and is never longer than the text', () => {
  for (let width = 0; width < 250; width += 7) {
    expect(measure(elideMiddle('a-rather-long-name-of-an-epoch', width, measure))).toBeLessThanOrEqual(
      Math.max(0, width),
    );
  }
});
