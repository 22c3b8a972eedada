import { describe, expect, it } from 'vitest';
import { mayDownload } from './downloads.ts';

describe('mayDownload', () => {
  it('saves what our page has made', () => {
    expect(mayDownload('blob:app://ndi/5c2f')).toBe(true);
  });

  it.each(['https://example.org/x.exe', 'blob:https://example.org/5c2f', 'app://ndi/index.html', 'data:,x', ''])(
    'refuses %s',
    (address) => {
      expect(mayDownload(address)).toBe(false);
    },
  );
});
