import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { groupsFound } from './navigator.ts';
import { choosePatterns } from './patterns.ts';
import { newFolder, removeFolders, writeText } from './testing/made-recordings.ts';

afterAll(removeFolders);

/** What the choice looks at of a recording: its path and files. */
const recording = (folder: string, ...files: string[]) =>
  ({ path: join(folder, files[0]!), files: files.map((file) => join(folder, file)) }) as RecordingInfo;

function folderWith(...files: string[]): string {
  const folder = newFolder();
  for (const file of files) writeText(join(folder, file));
  return folder;
}

const choose = (folder: string, recordings: RecordingInfo[]) =>
  choosePatterns(recordings, (patterns) => groupsFound(folder, patterns));

describe('choosing file patterns', () => {
  it('takes the general pattern where it finds exactly the wanted files', () => {
    const folder = folderWith('t1/a.rhd', 't2/b.rhd', 't2/notes.txt');
    expect(choose(folder, [recording(folder, 't1/a.rhd'), recording(folder, 't2/b.rhd')])).toEqual(['#.rhd']);
  });

  it('keeps pairs of one stem together', () => {
    const folder = folderWith('a.ns5', 'a.nev', 'aa.ns5', 'aa.nev');
    const pairs = [recording(folder, 'a.ns5', 'a.nev'), recording(folder, 'aa.ns5', 'aa.nev')];
    expect(choose(folder, pairs)).toEqual(['#.ns5', '#.nev']);
  });

  it('keeps a file and the text named after it together', () => {
    const folder = folderWith('a.dat', 'a.dat.json', 'b.dat', 'b.dat.json', 'c.dat');
    const pairs = ['a', 'b'].map((stem) => recording(folder, `${stem}.dat`, `${stem}.dat.json`));
    expect(choose(folder, pairs)).toEqual(['^#(?:\\.dat)$', '^#(?:\\.dat\\.json)$']);
  });

  it('ties the pattern to the end of the name where backups lie about', () => {
    const folder = folderWith('a.rhd', 'a.rhd.bak');
    const patterns = choose(folder, [recording(folder, 'a.rhd')]);
    expect(patterns).toEqual(['^#(?:\\.rhd)$']);
  });

  it('lists the names where other recordings would be caught', () => {
    const folder = folderWith("it's (1)+.rhd", 'b.rhd', 'bb.rhd', 'x.ns5', 'x.nev', 'y.ns5', 'y.nev');
    const wanted = [recording(folder, "it's (1)+.rhd"), recording(folder, 'b.rhd')];
    const found = groupsFound(folder, choose(folder, wanted));
    expect(found).toEqual([[join(folder, 'b.rhd')], [join(folder, "it's (1)+.rhd")]]);
    const pair = choose(folder, [recording(folder, 'y.ns5', 'y.nev')]);
    expect(groupsFound(folder, pair)).toEqual([[join(folder, 'y.ns5'), join(folder, 'y.nev')]]);
  });

  it('refuses where names cannot tell the wanted from the others', () => {
    const folder = folderWith('t1/data.rhd', 't2/data.rhd');
    expect(() => choose(folder, [recording(folder, 't1/data.rhd')])).toThrow(
      expect.objectContaining({ code: 'import.ambiguous', message: expect.stringContaining('t2') as string }),
    );
  });
});
