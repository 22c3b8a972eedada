import { describe, expect, it } from 'vitest';
import { isOwnPage } from './own-page.ts';

describe('isOwnPage', () => {
  it.each(['app://ndi/', 'app://ndi/index.html', 'app://ndi/?a=1#b', 'app://ndi'])('knows %s as ours', (address) => {
    expect(isOwnPage(address)).toBe(true);
  });

  it.each([
    'app://ndi.example/',
    'app://ndi:80/',
    'app://user@ndi/',
    'app://user:secret@ndi/',
    'app:ndi/',
    'app:///ndi/',
    'apps://ndi/',
    'https://ndi/',
    'file:///ndi/index.html',
    'data:text/html,app://ndi/',
    'javascript:app://ndi/',
    'blob:app://ndi/0f0f',
    'about:blank',
    '',
    'app',
  ])('refuses %s', (address) => {
    expect(isOwnPage(address)).toBe(false);
  });
});
