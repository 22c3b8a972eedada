import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPageFiles } from './page-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<p>page</p>');
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), '1');
  writeFileSync(join(folder, 'assets', 'kernels.wasm'), '1');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('readPageFiles', () => {
  it('lists the files by address, the page at the root too', () => {
    const files = readPageFiles(folder);
    expect([...files.keys()].sort()).toEqual(['/', '/assets/kernels.wasm', '/assets/main-1a2b.js', '/index.html']);
    expect(files.get('/')?.body.toString()).toBe('<p>page</p>');
  });

  it('tells types, and lets browsers keep only what has a hash in its name', () => {
    const files = readPageFiles(folder);
    expect(files.get('/')).toMatchObject({ type: 'text/html; charset=utf-8', cacheControl: 'no-cache' });
    expect(files.get('/assets/main-1a2b.js')?.type).toBe('text/javascript; charset=utf-8');
    expect(files.get('/assets/main-1a2b.js')?.cacheControl).toContain('immutable');
    expect(files.get('/assets/kernels.wasm')?.type).toBe('application/wasm');
  });

  it('leaves out links and files of unknown type', () => {
    symlinkSync(tmpdir(), join(folder, 'link'));
    symlinkSync(join(folder, 'index.html'), join(folder, 'other.html'));
    writeFileSync(join(folder, 'notes'), 'x');
    writeFileSync(join(folder, '.env'), 'x');
    expect(readPageFiles(folder).size).toBe(4);
  });

  it('says what to do when the page has not been built', () => {
    rmSync(join(folder, 'index.html'));
    expect(() => readPageFiles(folder)).toThrow(expect.objectContaining({ code: 'path.missing' }));
  });
});
