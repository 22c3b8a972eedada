import { join, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagePath } from './page-path.ts';

const folder = join(sep, 'application', 'dist', 'renderer');

describe('pagePath', () => {
  it('finds the page and its files', () => {
    expect(pagePath('app://ndi/', folder)).toBe(join(folder, 'index.html'));
    expect(pagePath('app://ndi/index.html?x=1#y', folder)).toBe(join(folder, 'index.html'));
    expect(pagePath('app://ndi/assets/main-a1.js', folder)).toBe(join(folder, 'assets', 'main-a1.js'));
    expect(pagePath('app://ndi/caf%C3%A9%20a.png', folder)).toBe(join(folder, 'café a.png'));
  });

  it('keeps what climbs literally inside, as a browser does', () => {
    expect(pagePath('app://ndi/../../package.json', folder)).toBe(join(folder, 'package.json'));
    expect(pagePath('app://ndi/a/%2e%2e/%2e%2e/secret', folder)).toBe(join(folder, 'secret'));
  });

  it.each([
    'app://ndi/..%2f..%2fpackage.json',
    'app://ndi/%2e%2e%2fsecret',
    'app://ndi/..%5c..%5csecret',
    'app://ndi/..\\..\\secret',
    'app://ndi/%252e%252e%252fsecret',
    'app://ndi/assets%2fmain.js',
    'app://ndi//etc/passwd',
    'app://ndi/%2fetc/passwd',
    'app://ndi/c:/windows',
    'app://ndi/c%3a/windows',
    'app://ndi/index.html%3a$DATA',
    'app://ndi/index.html%00.png',
    'app://ndi/%c0%ae%c0%ae/secret',
    'app://ndi/a%',
    'app://ndi/...',
    'app://other/index.html',
    'https://ndi/index.html',
    'nonsense',
  ])('refuses %s', (address) => {
    expect(pagePath(address, folder)).toBeNull();
  });

  it('never leaves the folder, whatever is asked', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '%2e', '%2E%2e', '/', '%2f', '\\', '%5c', '.', '%25', ':'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const path = pagePath(`app://ndi/${pieces.join('')}`, folder);
        expect(path === null || path.startsWith(folder + sep)).toBe(true);
      }),
    );
  });
});
