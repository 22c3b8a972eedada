import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { createSession } from '../create-session.ts';
import { newDocument } from '../documents/build.ts';
import { openSession } from '../session.ts';
import { cleanUp, fingerprint, temporaryFolder } from '../testing/folders.ts';
import { deletedItems, deleteItem, undelete } from './delete-item.ts';

afterAll(cleanUp);

function demo(): string {
  const path = temporaryFolder();
  writeFileSync(join(path, 'run1.rhd'), 'a recording');
  writeFileSync(join(path, '.run1.rhd.epochid.ndi'), 'epoch_1');
  createSession({ path, reference: 'demo', documents: [newDocument('demoNDI', { 'demoNDI.value': 1 })] }).close();
  return path;
}

const recordings = ['.run1.rhd.epochid.ndi', 'run1.rhd'];

describe('deleting a session', () => {
  it('takes NDI’s data and nothing else, and brings them back byte by byte', () => {
    const path = demo();
    const before = fingerprint(join(path, '.ndi'));
    const kept = deleteItem(path, true);
    expect(existsSync(join(path, '.ndi'))).toBe(false);
    expect(deletedItems(path)).toEqual([kept]);
    expect(readdirSync(path)).toEqual(expect.arrayContaining(recordings));
    expect(() => openSession(path)).toThrow(expect.objectContaining({ code: 'database.missing' }));
    undelete(path);
    const withoutTimes = (list: string[]) => list.map((line) => line.split(' ').toSpliced(3, 1).join(' '));
    expect(withoutTimes(fingerprint(join(path, '.ndi')))).toEqual(withoutTimes(before));
    expect(readdirSync(path).sort()).toEqual(['.ndi', ...recordings].sort());
  });

  it('for good leaves the recordings alone in their folder', () => {
    const path = demo();
    expect(deleteItem(path, false)).toBeNull();
    expect(readdirSync(path).sort()).toEqual(recordings);
    expect(() => undelete(path)).toThrow(expect.objectContaining({ code: 'session.notFound' }));
    expect(() => deleteItem(path, false)).toThrow(expect.objectContaining({ code: 'session.notFound' }));
  });

  it('waits for nobody who writes, and never brings one session back over another', () => {
    const path = demo();
    const other = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    expect(() => deleteItem(path, true)).toThrow(expect.objectContaining({ code: 'database.busy' }));
    other.close();
    deleteItem(path, true);
    createSession({ path, reference: 'another' }).close();
    expect(() => undelete(path)).toThrow(expect.objectContaining({ code: 'session.exists' }));
    const session = openSession(path);
    expect(session.reference).toBe('another');
    session.close();
  });

  it('deletes what is broken, too', () => {
    const path = demo();
    writeFileSync(join(path, '.ndi', 'did-sqlite.sqlite'), 'no database');
    deleteItem(path, false);
    expect(readdirSync(path).sort()).toEqual(recordings);
  });
});
