import { describe, expect, it } from 'vitest';
import { mayNavigate } from './navigation.ts';

describe('mayNavigate', () => {
  it('lets the window load our page again', () => {
    expect(mayNavigate({ address: 'app://ndi/index.html', isMainFrame: true })).toBe(true);
  });

  it.each(['https://example.org/', 'file:///etc/passwd', 'data:text/html,x', 'about:blank', 'app://other/'])(
    'keeps the window from %s',
    (address) => {
      expect(mayNavigate({ address, isMainFrame: true })).toBe(false);
    },
  );

  it('lets no frame go anywhere, not even to our own page', () => {
    expect(mayNavigate({ address: 'app://ndi/', isMainFrame: false })).toBe(false);
  });
});
