import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../build/testing/temporary.ts';
import { readSyncIndex, syncIndexPath, writeSyncIndex } from './sync-index.ts';

const root = temporaryFolder();
let made = 0;

function folderWith(content: string | object): string {
  const folder = join(root, String((made += 1)));
  const path = syncIndexPath(folder);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
}

const matlab = {
  localDocumentIdsLastSync: 'a',
  remoteDocumentIdsLastSync: ['a', 'b'],
  lastSyncTimestamp: '2026-07-30T14:02:11-0400',
};
const python = {
  local_doc_ids_last_sync: ['p'],
  remote_doc_ids_last_sync: [],
  last_sync_timestamp: '2026-07-30T18:02:12Z',
};

describe('NDI’s sync index', () => {
  it('H18: is read in both spellings; the later one counts', () => {
    const read = readSyncIndex(folderWith(matlab));
    expect([[...read.local], [...read.remote], read.at]).toEqual([['a'], ['a', 'b'], matlab.lastSyncTimestamp]);
    expect([...readSyncIndex(folderWith(python)).local]).toEqual(['p']);
    expect([...readSyncIndex(folderWith({ ...matlab, ...python })).local]).toEqual(['p']);
    const older = { ...matlab, ...python, last_sync_timestamp: '2026-07-30T18:02:10Z' };
    expect([...readSyncIndex(folderWith(older)).local]).toEqual(['a']);
  });

  it('H18: counts as none where it is missing or damaged, and a damaged one is kept', () => {
    expect(readSyncIndex(join(root, 'nothing'))).toMatchObject({ at: null, damaged: false });
    for (const text of ['{"localDocumentIdsLastSync":["a"', '[]', '', '"x"', '{}', 'null']) {
      const folder = folderWith(text);
      expect(readSyncIndex(folder)).toMatchObject({ damaged: true });
      expect(readSyncIndex(folder).local.size).toBe(0);
      expect(readFileSync(syncIndexPath(folder), 'utf8')).toBe(text);
      writeSyncIndex(folder, { local: ['x'], remote: [] });
      expect(readFileSync(`${syncIndexPath(folder)}.bad`, 'utf8')).toBe(text);
      expect([...readSyncIndex(folder).local]).toEqual(['x']);
    }
  });

  it('is written as MATLAB reads it, with real lists and its time', () => {
    const folder = join(root, 'new');
    mkdirSync(folder);
    const now = new Date('2026-07-30T18:02:11.500Z');
    writeSyncIndex(folder, { local: new Set(['b', 'a']), remote: ['a'] }, now);
    const written = JSON.parse(readFileSync(syncIndexPath(folder), 'utf8')) as Record<string, unknown>;
    expect(Object.keys(written)).toEqual(Object.keys(matlab));
    expect(written['localDocumentIdsLastSync']).toEqual(['a', 'b']);
    expect(written['remoteDocumentIdsLastSync']).toEqual(['a']);
    const time = String(written['lastSyncTimestamp']);
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}$/);
    expect(Date.parse(time.replace(/(\d\d)(\d\d)$/, '$1:$2'))).toBe(now.getTime() - 500);
    expect(existsSync(`${syncIndexPath(folder)}.bad`)).toBe(false);
  });
});
