import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { foreignImports, isLeftOut, listProblems } from './packaged-files.ts';

const whole = [
  '/package.json',
  '/LICENSE',
  '/dist/electron/main.js',
  '/dist/electron/data.cjs',
  '/dist/electron/worker.cjs',
  '/dist/electron/index-worker.cjs',
  '/dist/electron/preload.cjs',
  '/dist/kernels/kernels.wasm',
  '/dist/kernels/kernels-shared.wasm',
  '/dist/renderer/index.html',
  '/dist/renderer/assets/index-a1.js',
  '/assets/document-types/base.json',
  '/build/packaging/icon.png',
];

describe('isLeftOut', () => {
  it('lets in what the application runs on, with its folders', () => {
    for (const path of [...whole, '', '/dist', '/dist/renderer/assets', '/assets', '/build', '/build/packaging']) {
      expect(isLeftOut(path), path).toBe(false);
    }
  });

  it.each([
    '/node_modules',
    '/node_modules/zod/index.js',
    '/renderer/main.tsx',
    '/electron/desktop/main.ts',
    '/dist/electron/cli.js',
    '/dist/electron/main.js.map',
    '/dist/renderer/assets/index-a1.js.map',
    '/dist/.stamps.json',
    '/.git',
    '/.ci/run',
    '/e2e/desktop.spec.ts',
    '/build/commands/build.mjs',
    '/build/packaging/icon.svg',
    '/package-lock.json',
    '/README.md',
    '/out',
    '/test-results',
    '/secrets.pem',
  ])('leaves out %s', (path) => {
    expect(isLeftOut(path)).toBe(true);
  });
});

describe('listProblems', () => {
  it('finds nothing wrong with a whole list', () => {
    expect(listProblems(whole)).toEqual([]);
  });

  it.each(whole.filter((path) => !path.includes('index-a1')))('misses %s', (path) => {
    expect(listProblems(whole.filter((other) => other !== path))).toHaveLength(1);
  });

  it.each([
    '/dist/renderer/node_modules/a.js',
    '/assets/a.ts',
    '/assets/a.test.json',
    '/assets/key.pem',
    '/assets/.env',
  ])('finds %s foreign', (path) => {
    expect(listProblems([...whole, path])).toEqual([`${path} does not belong into the application.`]);
  });
});

describe('foreignImports', () => {
  it('finds what would be missing', () => {
    const bundle = [
      'import { readFile } from "node:fs/promises";',
      'import { app } from "electron";',
      'import path from "path";',
      'import { z } from "zod";',
      "import 'side-effect';",
      'export { x } from "elsewhere";',
      'const text = "import a from b";',
    ].join('\n');
    expect(foreignImports(bundle, new Set(builtinModules))).toEqual(['zod', 'side-effect', 'elsewhere']);
  });
});

describe('the icons', () => {
  const icon = (ending: string) => readFileSync(new URL(`icon.${ending}`, import.meta.url));

  it('are what their endings say, each with its largest size', () => {
    expect(icon('png').readUInt32BE(16)).toBe(512);
    const ico = icon('ico');
    expect([ico.readUInt16LE(2), ico.readUInt16LE(4), ico.readUInt8(6 + 16 * 6)]).toEqual([1, 7, 0]);
    const last = 6 + 16 * 6;
    expect(ico.readUInt32LE(last + 12) + ico.readUInt32LE(last + 8)).toBe(ico.length);
    const icns = icon('icns');
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    expect(icns.includes('ic10')).toBe(true);
  });

  it('sees what a CommonJS bundle requires', () => {
    const bundle = [
      'var import_node_fs = require("node:fs");',
      'var import_ws = __toESM(require("ws"), 1);',
      'const text = "require(\\"not\\")";',
    ].join('\n');
    expect(foreignImports(bundle, new Set(builtinModules))).toEqual(['ws']);
  });
});
