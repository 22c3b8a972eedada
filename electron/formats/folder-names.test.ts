import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { folderNames, namesOfStem } from './folder-names.ts';

const root = temporaryFolder('ndi-folder-names');
/** A folder whose last change was long ago. */
function oldFolder(name: string, ...files: string[]): string {
  const folder = join(root, name);
  mkdirSync(folder);
  for (const file of files) writeFileSync(join(folder, file), '');
  utimesSync(folder, 1000, 1000);
  return folder;
}

describe('the names in a folder', () => {
  it('are listed once while nothing changes', () => {
    const folder = oldFolder('still', 'a', 'b');
    expect(folderNames(folder)).toEqual(['a', 'b']);
    expect(folderNames(folder)).toBe(folderNames(folder));
  });

  it('are listed anew after every change, also where a program sets the old time again', () => {
    const folder = oldFolder('changing', 'a');
    expect(folderNames(folder)).toEqual(['a']);
    writeFileSync(join(folder, 'b'), '');
    expect(folderNames(folder)).toEqual(['a', 'b']);
    // Right after a change, further ones may bear its time.
    renameSync(join(folder, 'b'), join(folder, 'c'));
    expect(folderNames(folder)).toEqual(['a', 'c']);
    writeFileSync(join(folder, 'd'), '');
    utimesSync(folder, 1000, 1000);
    expect(folderNames(folder)).toEqual(['a', 'c', 'd']);
    rmSync(folder, { recursive: true });
    expect(() => folderNames(folder)).toThrow(expect.objectContaining({ code: 'path.missing' }));
  });

  it('are found by what stands before their last ending', () => {
    const names = ['a.ns5', 'a.nev', 'b.ns5', 'a.b.nev', 'a'];
    expect(namesOfStem(names, 'a')).toEqual(['a.ns5', 'a.nev', 'a']);
    expect([namesOfStem(names, 'a.b'), namesOfStem(names, 'c')]).toEqual([['a.b.nev'], []]);
  });
});
