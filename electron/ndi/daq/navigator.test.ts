import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, temporaryFolder } from '../testing/folders.ts';
import { findFileGroups } from './file-groups.ts';
import { findEpochFiles, hiddenFile, type Navigator } from './navigator.ts';
import { formatPatterns, patternHash } from './patterns.ts';

afterAll(cleanUp);

function folderWith(...names: string[]): string {
  const root = temporaryFolder();
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), '');
  }
  return root;
}

function navigator(className: string, ...patterns: string[]): Navigator {
  const filePatternText = formatPatterns(patterns);
  return { id: 'n', className, filePatterns: patterns, filePatternText, probeMapClass: '', probeMapPatterns: [] };
}

const everywhere = { searchRoot: true, depth: Infinity };
const shown = (root: string, patterns: string[]) =>
  findFileGroups(root, patterns, everywhere).groups.map(({ files }) =>
    files.map((file) => relative(root, file)).join(' '),
  );

describe('groups of files', () => {
  it('share what # stands for, and a leading # begins the name', () => {
    const root = folderWith('a.rhd', 'aa.rhd', 'a.map', 'aa.map', 'lonely.rhd');
    expect(shown(root, ['#.rhd', '#.map'])).toEqual(['a.rhd a.map', 'aa.rhd aa.map']);
  });

  it('grow by every file that fits the next pattern', () => {
    const root = folderWith('reference.txt', 'b.rhd', 'a.rhd');
    expect(shown(root, ['reference.txt', String.raw`.*\.rhd\>`])).toEqual([
      'reference.txt a.rhd',
      'reference.txt b.rhd',
    ]);
  });

  it('come from one folder each, parent first; hidden files and .ndi are left out', () => {
    const root = folderWith('z.rhd', 'd2/x.rhd', 'd1/deep/y.rhd', '._z.rhd', '.ndi/files/q.rhd', '.git/q.rhd');
    expect(shown(root, ['#.rhd'])).toEqual(['z.rhd', 'd1/deep/y.rhd', 'd2/x.rhd'].map((name) => join(name)));
  });

  it('end where links lead in a circle', () => {
    const root = folderWith('d/a.rhd');
    symlinkSync(root, join(root, 'd', 'again'));
    expect(shown(root, ['#.rhd'])).toEqual([join('d', 'a.rhd')]);
  });

  it('are found beside links that lead to themselves or nowhere, and by links to files', () => {
    const root = folderWith('d/a.rhd');
    symlinkSync('self.rhd', join(root, 'self.rhd'));
    symlinkSync('nowhere.rhd', join(root, 'd', 'gone.rhd'));
    symlinkSync(join(root, 'd', 'a.rhd'), join(root, 'z.rhd'));
    expect(shown(root, ['#.rhd'])).toEqual(['z.rhd', join('d', 'a.rhd')]);
  });

  it('take names with quotes, brackets and letters of any script', () => {
    const root = folderWith('it\'s [1] "ü" 日本.rhd', 'it\'s [1] "ü" 日本.map');
    expect(shown(root, ['#.rhd', '#.map'])).toHaveLength(1);
  });
});

describe('E15: the worked example', () => {
  it('groups what # binds, without hidden files, and names the id file by the patterns', () => {
    const names = ['a.rhd', 'a.epochprobemap.ndi', 'b.rhd', 'b.epochprobemap.ndi', '._a.rhd'];
    const base = navigator('ndi.file.navigator', '#.rhd', '#.epochprobemap.ndi');
    const found = (root: string) =>
      findEpochFiles(root, base).epochs.map(({ files }) => files.map((file) => basename(file)));
    const root = folderWith(...names);
    const two = [
      ['a.rhd', 'a.epochprobemap.ndi'],
      ['b.rhd', 'b.epochprobemap.ndi'],
    ];
    expect(found(root)).toEqual(two);
    const [first] = findEpochFiles(root, base).epochs;
    expect(basename(hiddenFile(first!.files, base, 'epochid'))).toBe('.a.564911b9a5f6472beb613b7362faa488.epochid.ndi');
    // NDI-matlab pairs aa.rhd with a's map too, and the other way round.
    const third = ['aa.rhd', 'aa.epochprobemap.ndi'];
    expect(found(folderWith(...names, ...third))).toEqual([two[0], third, two[1]]);
  });

  it('takes the folders for epochs with epochdir', () => {
    const root = folderWith('t00001/x.rhd', 't00002/x.rhd');
    const { epochs } = findEpochFiles(root, navigator('ndi.file.navigator.epochdir', '#.rhd'));
    expect(epochs.map(({ epochId }) => epochId)).toEqual(['t00001', 't00002']);
  });
});

describe('epochs of a file navigator', () => {
  it('have the id of their hidden file, or a provisional one that stays the same', () => {
    const root = folderWith('t1.rhd', 't2.rhd');
    const base = navigator('ndi.file.navigator', '#.rhd');
    const [first] = findEpochFiles(root, base).epochs;
    const path = hiddenFile(first!.files, base, 'epochid');
    expect(basename(path)).toMatch(/^\.t1\.[0-9a-f]{32}\.epochid\.ndi$/);
    writeFileSync(path, 'epoch_x\nrest');
    const again = findEpochFiles(root, base).epochs;
    expect(again.map(({ epochId, provisional }) => [epochId, provisional])).toEqual([
      ['epoch_x', false],
      [findEpochFiles(root, base).epochs[1]!.epochId, true],
    ]);
  });

  it('have the id that the Python port wrote', () => {
    const root = folderWith('t1.rhd', 't2.rhd', 't2.map');
    const one = navigator('ndi.file.navigator', '#.rhd');
    writeFileSync(join(root, `.t1.rhd.${patternHash(one.filePatternText)}.epochid.ndi`), 'epoch_1');
    expect(findEpochFiles(root, one).epochs[0]?.epochId).toBe('epoch_1');
    const two = navigator('ndi.file.navigator', '#.rhd', '#.map');
    writeFileSync(join(root, `.t2.${patternHash('#.rhd#.map')}.epochid.ndi`), 'epoch_2');
    expect(findEpochFiles(root, two).epochs[0]?.epochId).toBe('epoch_2');
  });

  it('are named for their folder with epochdir', () => {
    const root = folderWith('top.rhd', 't00002/b.rhd', 't00001/a.rhd', 't00001/deep/c.rhd');
    const found = findEpochFiles(root, navigator('ndi.file.navigator.epochdir', '#.rhd')).epochs;
    expect(found.map((one) => one.epochId)).toEqual(['t00001', 't00002']);
    expect(found.every((one) => !one.provisional)).toBe(true);
  });

  it('are series of files with rhd_series: the first file stands for all', () => {
    const root = folderWith('a_240101_120000.rhd', 'a_240101_130000.rhd', 'b_240101_120000.rhd', 'a.map');
    const pattern = String.raw`#_\d{6}_\d{6}\.rhd\>`;
    const one = findEpochFiles(root, navigator('ndi.file.navigator.rhd_series', pattern)).epochs;
    expect(one.map(({ epochId, files }) => [epochId, basename(files[0]!)])).toEqual([
      ['a', 'a_240101_120000.rhd'],
      ['b', 'b_240101_120000.rhd'],
    ]);
    const two = findEpochFiles(root, navigator('ndi.file.navigator.rhd_series', pattern, '#.map')).epochs;
    expect(two.map((epoch) => epoch.epochId)).toEqual(['a']);
  });

  it('of a class that is not known are a problem, not an error', () => {
    const { epochs, problems } = findEpochFiles(temporaryFolder(), navigator('my.own.navigator', '#.rhd'));
    expect(epochs).toEqual([]);
    expect(problems[0]?.message).toContain('my.own.navigator');
  });
});
