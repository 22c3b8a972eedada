import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { handedPaths, launchPaths } from './launch-paths.ts';

const workingFolder = resolve('/data');
const applicationPath = resolve('/opt/ndi');
const paths = (...argv: string[]) => launchPaths({ argv, workingFolder, applicationPath });

describe('launchPaths', () => {
  it('takes what stands behind the program', () => {
    expect(paths('/opt/ndi-desktop', 'a', resolve('/b c'))).toEqual([resolve('/data/a'), resolve('/b c')]);
    expect(paths('/opt/ndi-desktop')).toEqual([]);
  });

  it('leaves out Electron, the application and what was meant for them', () => {
    expect(paths('/electron', '--no-sandbox', applicationPath, 'a')).toEqual([resolve('/data/a')]);
    expect(paths('/electron', '-r', 'loader.js', applicationPath, '--inspect', 'a')).toEqual([resolve('/data/a')]);
  });

  it('knows the application by a relative path too', () => {
    expect(launchPaths({ argv: ['electron', '.', 'x'], workingFolder, applicationPath: workingFolder })).toEqual([
      resolve('/data/x'),
    ]);
  });

  it('leaves out switches, but takes names that begin like one after --', () => {
    expect(paths('/ndi', '--enable-x', '-psn_0_1', 'a')).toEqual([resolve('/data/a')]);
    expect(paths('/ndi', 'a', '--', '-odd')).toEqual([resolve('/data/a'), resolve('/data/-odd')]);
  });

  it('takes links of ours as they are, also broken ones', () => {
    const links = ['ndi-app://documents?path=/data/a', 'NDI-APP://documents/?path=/data/a', 'ndi-app://what'];
    expect(paths('/ndi', ...links)).toEqual(links);
    expect(paths('/ndi', 'a', ...links)).toEqual([resolve('/data/a'), ...links]);
  });

  it('opens nothing that may have been written into a link', () => {
    const link = 'ndi-app://documents?path=/data/a';
    expect(paths('/ndi', '--', link, '--renderer-cmd-prefix=x', '/etc', '\\\\server\\share')).toEqual([link]);
  });

  it("reads a file's address and refuses any other", () => {
    const folder = resolve('/data/my café');
    expect(paths('/ndi', pathToFileURL(folder).href, 'https://example.org/', 'file://%zz')).toEqual([folder]);
  });
});

describe('handedPaths', () => {
  it('takes strings only', () => {
    expect(handedPaths({ paths: ['/a', 7, '', null, '/b'] })).toEqual(['/a', '/b']);
    for (const odd of [null, undefined, 'x', {}, { paths: '/a' }, { paths: null }])
      expect(handedPaths(odd)).toEqual([]);
  });
});
