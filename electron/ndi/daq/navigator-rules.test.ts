import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { findEpochFiles, hiddenFile, type Navigator, probeMapAmong, readProbeMapText } from './navigator.ts';
import { compileFilePattern, formatPatterns, parsePatterns, patternHash } from './patterns.ts';

/** The statements of the reference on DAQ systems, section 3, by their numbers. */
const root = temporaryFolder('ndi-navigator-rules');
let count = 0;
function folderWith(...names: string[]): string {
  const folder = join(root, String((count += 1)));
  mkdirSync(folder);
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
  return folder;
}

function navigator(
  className: string,
  patterns: readonly string[],
  probeMapPatterns: readonly string[] = [],
): Navigator {
  const filePatternText = formatPatterns(patterns);
  return { id: 'n', className, filePatterns: patterns, filePatternText, probeMapClass: '', probeMapPatterns };
}

const named = (folder: string, one: Navigator) =>
  findEpochFiles(folder, one).epochs.map(({ epochId, files }) => [
    epochId,
    ...files.map((file) => relative(folder, file).replaceAll('\\', '/')),
  ]);
const groups = (folder: string, ...patterns: string[]) =>
  named(folder, navigator('ndi.file.navigator', patterns)).map(([, ...files]) => files.join(' '));
const match = (pattern: string, name: string, bound: string | null = null) =>
  compileFilePattern(pattern).match(name, bound);

describe('3.1 patterns of a file navigator', () => {
  it('are one where a text stands instead of a list, and none where nothing stands', () => {
    expect(parsePatterns('#.rhd')).toEqual(['#.rhd']);
    expect(parsePatterns("'#.rhd'")).toEqual(['#.rhd']);
    expect([parsePatterns(''), parsePatterns('{}'), formatPatterns([])]).toEqual([[], [], '{}']);
  });

  it('are told apart by commas or blanks, with a quote twice for a quote, and are never run', () => {
    expect(parsePatterns("{ 'a', 'b' 'c','d''e' }")).toEqual(['a', 'b', 'c', "d'e"]);
    expect(() => parsePatterns("{ 'a', delete('b') }")).toThrow(expect.objectContaining({ code: 'document.invalid' }));
  });

  it('count in their order', () => {
    const folder = folderWith('a.rhd', 'a.map');
    expect([groups(folder, '#.rhd', '#.map'), groups(folder, '#.map', '#.rhd')]).toEqual([
      ['a.rhd a.map'],
      ['a.map a.rhd'],
    ]);
  });
});

describe('3.2 groups of files', () => {
  it('hold files of one folder, the parent’s groups first, then each subfolder in depth, in order of name', () => {
    const folder = folderWith('b/a/1.x', 'b/2.x', 'a/3.x', '0.x', 'c/1.x');
    expect(groups(folder, '#.x')).toEqual(['0.x', 'a/3.x', 'b/2.x', 'b/a/1.x', 'c/1.x']);
  });

  it('need a file for every pattern in the same folder', () => {
    expect(groups(folderWith('a.x', 'sub/a.map', 'sub/b.x'), '#.x', '#.map')).toEqual([]);
  });

  it('are one more for every further file that fits; one file may serve several groups', () => {
    const folder = folderWith('reference.txt', 'b.rhd', 'a.rhd');
    expect(groups(folder, 'reference.txt', String.raw`.*\.rhd\>`)).toEqual([
      'reference.txt a.rhd',
      'reference.txt b.rhd',
    ]);
  });

  it('may have one file under several patterns', () => {
    expect(groups(folderWith('a.rhd'), '#.rhd', 'a')).toEqual(['a.rhd a.rhd']);
  });

  it('never look at .git and .DS_Store', () => {
    expect(groups(folderWith('.git/a.x', '.DS_Store', 'a.x'), '.*')).toEqual(['a.x']);
  });
});

describe('3.3 a name and a pattern', () => {
  it('fit where they are equal, whatever the signs in them', () => {
    expect(match('run (1)+[2].rhd', 'run (1)+[2].rhd')).toBeNull();
  });

  it('fit where the pattern is found anywhere in the name as a regular expression; case counts', () => {
    expect(match('reference.txt', 'my_reference_txt.bak')).toBeNull();
    expect(match('reference.txt', 'Reference.txt')).toBeUndefined();
  });

  it('fit where # stands for as much as it can, not only at the ends', () => {
    expect(match('#.rhd', 'a.rhd.rhd')).toBe('a.rhd');
    expect(match('run#_end', 'my_run7_end_end.x')).toBe('7_end');
    expect(match('#.rhd', '.rhd')).toBeUndefined();
  });

  it('refuse two # before one is bound; afterwards all of them are what is bound', () => {
    expect(() => match('#_#.rhd', 'a_a.rhd')).toThrow(/more than one #/);
    expect([match('#_#.rhd', 'a_a.rhd', 'a'), match('#_#.rhd', 'a_b.rhd', 'a')]).toEqual(['a', undefined]);
  });

  it('take \\# for a number sign', () => {
    expect([match(String.raw`run\#`, 'run#7'), match(String.raw`run\#`, 'run7')]).toEqual([null, undefined]);
  });

  it('take \\< and \\> for the beginning and the end of a word', () => {
    expect([match(String.raw`rhd\>`, 'a.rhd'), match(String.raw`rhd\>`, 'a.rhdx')]).toEqual([null, undefined]);
    expect([match(String.raw`\<a`, 'x.a'), match(String.raw`\<a`, 'xa')]).toEqual([null, undefined]);
  });

  it('keep names apart that end alike: what is bound begins the name and is no regular expression', () => {
    const folder = folderWith(
      'a.rhd',
      'aa.rhd',
      'a.epochprobemap.ndi',
      'aa.epochprobemap.ndi',
      'a.b.rhd',
      'aXb.epochprobemap.ndi',
    );
    expect(groups(folder, '#.rhd', '#.epochprobemap.ndi')).toEqual([
      'a.rhd a.epochprobemap.ndi',
      'aa.rhd aa.epochprobemap.ndi',
    ]);
  });

  it('bind # by the first pattern that has it, also where others come before', () => {
    const folder = folderWith('reference.txt', 'a.rhd', 'b.rhd', 'a.map');
    expect(groups(folder, '^reference.txt$', '#.rhd', '#.map')).toEqual(['reference.txt a.rhd a.map']);
  });
});

it('3.4 groups with a hidden file are left out, AppleDouble copies among them', () => {
  expect(groups(folderWith('a.rhd', '._a.rhd', '.b.rhd'), '.*rhd')).toEqual(['a.rhd']);
});

describe('3.5 classes of navigators', () => {
  it('epochdir: folders of the first level only, the folder’s name is the id, and no id file is there', () => {
    const folder = folderWith('top.x', 't2/a.x', 't1/a.x', 't1/deep/b.x');
    expect(named(folder, navigator('ndi.file.navigator.epochdir', ['#.x']))).toEqual([
      ['t1', 't1/a.x'],
      ['t2', 't2/a.x'],
    ]);
    expect(readdirSync(join(folder, 't1'))).toEqual(['a.x', 'deep']);
  });

  const series = (folder: string, ...patterns: string[]) =>
    named(folder, navigator('ndi.file.navigator.rhd_series', patterns));

  it('rhd_series: the first file of each beginning, in the folder itself', () => {
    const folder = folderWith('b_2.rhd', 'b_1.rhd', 'a_9.rhd', 'sub/c_1.rhd', '.a_1.rhd');
    expect(series(folder, String.raw`#_\d\.rhd`)).toEqual([
      ['a', 'a_9.rhd'],
      ['b', 'b_1.rhd'],
    ]);
  });

  it('rhd_series: further patterns find the first file of the beginning, as it is written, or the epoch is dropped', () => {
    const folder = folderWith('a.b_1.rhd', 'aXb_1.rhd', 'a.b_2.map', 'a.b_1.map', 'xa.b_0.map');
    expect(series(folder, String.raw`#_\d\.rhd`, String.raw`#_\d\.map`)).toEqual([['a.b', 'a.b_1.rhd', 'a.b_1.map']]);
  });

  it('rhd_series: without # each file is an epoch of its name; two # are refused', () => {
    expect(series(folderWith('a.rhd', 'b.rhd'), String.raw`\w\.rhd`)).toEqual([
      ['a.rhd', 'a.rhd'],
      ['b.rhd', 'b.rhd'],
    ]);
    expect(() => series(folderWith('a_a.rhd'), '#_#.rhd')).toThrow(/more than one #/);
  });

  it('rhd_series: a pattern that is no regular expression is refused as a pattern', () => {
    expect(() => series(folderWith('a.rhd'), '*.rhd')).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    expect(() => series(folderWith('a.rhd'), '#.rhd', '*.map')).toThrow(
      expect.objectContaining({ code: 'document.invalid' }),
    );
  });

  it('rhd_series: a folder that is not there is an error of its own', () => {
    expect(() => series(join(root, 'gone'), '#.rhd')).toThrow(expect.objectContaining({ code: 'path.missing' }));
  });

  it('rhd_series_epochdir: the same in every folder of the first level that is not hidden; the folder’s name is the id', () => {
    const folder = folderWith('t1/a_1.rhd', 't1/a_2.rhd', '.t0/a_1.rhd', 'a_1.rhd');
    expect(named(folder, navigator('ndi.file.navigator.rhd_series_epochdir', [String.raw`#_\d\.rhd`]))).toEqual([
      ['t1', 't1/a_1.rhd'],
    ]);
  });

  it('vhlab_np_epochdir: a set of stimuli in each folder of a folder *_g0, its log first, then what lies above', () => {
    const patterns = [String.raw`.*\.bin`, String.raw`.*\.tsv`];
    const folder = folderWith(
      'r_g0/r.nidq.bin',
      'r_g0/Set_1/a.bin',
      'r_g0/Set_1/deep/log.tsv',
      'r_g0/Set_2/b.txt',
      'other/Set_3/log.tsv',
      'other/r.nidq.bin',
    );
    expect(named(folder, navigator('ndi.setup.file.navigator.vhlab_np_epochdir', patterns))).toEqual([
      ['r_g0_Set_1', 'r_g0/Set_1/deep/log.tsv', 'r_g0/Set_1/a.bin', 'r_g0/r.nidq.bin'],
    ]);
  });

  it('vhPrairie2p: a folder with reference.txt and pictures beside it; all of these but the pictures', () => {
    const folder = folderWith(
      's/reference.txt',
      's/frametrigger.txt',
      's-001/b.xml',
      's-001/a.tif',
      's-001/.x',
      's-002/c.pcf',
    );
    mkdirSync(join(folder, 't'));
    writeFileSync(join(folder, 't', 'reference.txt'), '');
    expect(named(folder, navigator('ndi.setup.file.navigator.vhPrairie2p', []))).toEqual([
      ['s', 's/reference.txt', 's/frametrigger.txt', 's-001/b.xml', 's-002/c.pcf'],
    ]);
  });
});

describe('3.6 epoch ids and hidden files', () => {
  it('are named by the first file without its last ending and the hash of the patterns', () => {
    const hash = createHash('md5').update("{ '#.rhd' }").digest('hex');
    const one = navigator('ndi.file.navigator', ['#.rhd']);
    expect(hiddenFile(['/s/a.b.rhd', '/s/c.map'], one, 'epochid')).toBe(join('/s', `.a.b.${hash}.epochid.ndi`));
    expect(hiddenFile(['/s/a.b.rhd'], one, 'epochprobemap')).toBe(join('/s', `.a.b.${hash}.epochprobemap.ndi`));
  });

  it('have the hash of the text itself where a text stands instead of a list', () => {
    expect(patternHash('#.rhd')).toBe(createHash('md5').update('#.rhd').digest('hex'));
  });

  it('give the first line as the id; without the file the id is told by the path and nothing is written', () => {
    const folder = folderWith('a.rhd', 'b.rhd');
    const one = navigator('ndi.file.navigator', ['#.rhd']);
    writeFileSync(hiddenFile([join(folder, 'a.rhd')], one, 'epochid'), 'epoch_1 \r\nmore');
    const before = readdirSync(folder);
    const [first, second] = findEpochFiles(folder, one).epochs;
    expect([first?.epochId, first?.provisional, second?.provisional]).toEqual(['epoch_1', false, true]);
    expect(findEpochFiles(folder, one).epochs[1]?.epochId).toBe(second?.epochId);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('find the probe map among the files by patterns in their order, and the hidden one only where none fits', () => {
    const folder = folderWith('a.rhd', 'a.map', 'a.second');
    const files = ['a.rhd', 'a.second', 'a.map'].map((name) => join(folder, name));
    const one = navigator('ndi.file.navigator', ['#.rhd'], ['map$', 'second$']);
    writeFileSync(hiddenFile(files, one, 'epochprobemap'), 'hidden');
    writeFileSync(join(folder, 'a.map'), 'among');
    expect([probeMapAmong(files, one), readProbeMapText(files, one)]).toEqual([join(folder, 'a.map'), 'among']);
    expect(probeMapAmong([join(folder, '._a.map'), ...files], one)).toBe(join(folder, 'a.map'));
    expect(readProbeMapText(files, { ...one, probeMapPatterns: ['nothing'] })).toBe('hidden');
    expect(readProbeMapText(files, { ...one, probeMapPatterns: [] })).toBe('hidden');
  });
});
