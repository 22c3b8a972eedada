import { describe, expect, it } from 'vitest';
import { hasScreen } from './browser.ts';

describe('hasScreen', () => {
  it.each([
    [{}, 'linux', false],
    [{ DISPLAY: ':0' }, 'linux', true],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
    [{ DISPLAY: ':0', BROWSER: 'none' }, 'linux', false],
    [{ SSH_CONNECTION: 'x', DISPLAY: 'localhost:10' }, 'linux', true],
    [{ SSH_CONNECTION: 'x' }, 'darwin', false],
    [{}, 'darwin', true],
    [{}, 'win32', true],
  ] as const)('knows of %j on %s', (environment, platform, expected) => {
    expect(hasScreen(environment, platform)).toBe(expected);
  });
});
