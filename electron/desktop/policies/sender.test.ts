import { describe, expect, it } from 'vitest';
import { maySend } from './sender.ts';

const page = { address: 'app://ndi/index.html', isMainFrame: true, isOwnWindow: true };

describe('maySend', () => {
  it('hears the main frame of our page in our window', () => {
    expect(maySend(page)).toBe(true);
  });

  it('is deaf to frames, other windows, other pages and frames that are gone', () => {
    expect(maySend({ ...page, isMainFrame: false })).toBe(false);
    expect(maySend({ ...page, isOwnWindow: false })).toBe(false);
    expect(maySend({ ...page, address: 'https://example.org/' })).toBe(false);
    expect(maySend({ ...page, address: '' })).toBe(false);
    expect(maySend(null)).toBe(false);
  });
});
