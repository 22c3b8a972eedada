import { describe, expect, it } from 'vitest';
import { mayUse } from './permissions.ts';

const own = { address: 'app://ndi/', isMainFrame: true };

describe('mayUse', () => {
  it('lets our page write text to the clipboard', () => {
    expect(mayUse({ ...own, permission: 'clipboard-sanitized-write' })).toBe(true);
  });

  it.each(['clipboard-read', 'media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'usb', 'unknown'])(
    'refuses %s even to our page',
    (permission) => {
      expect(mayUse({ ...own, permission })).toBe(false);
    },
  );

  it('grants nothing to frames, to other pages and to whoever has no page', () => {
    const permission = 'clipboard-sanitized-write';
    expect(mayUse({ ...own, permission, isMainFrame: false })).toBe(false);
    expect(mayUse({ permission, isMainFrame: true, address: 'https://example.org/' })).toBe(false);
    expect(mayUse({ permission, isMainFrame: true, address: undefined })).toBe(false);
  });
});
