import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { withFile } from '../../../shared/model/document-files.ts';
import { createSession } from '../create-session.ts';
import { newDocument } from '../documents/build.ts';
import { openSession } from '../session.ts';
import { cleanUp, fingerprint, temporaryFolder } from '../testing/folders.ts';
import { backUp, listBackups, readBackup, restoreBackup, verifyBackup } from './backup.ts';
import { compact, sizes } from './sizes.ts';

afterAll(cleanUp);

function demo(count = 2): string {
  const path = temporaryFolder();
  const documents = Array.from({ length: count }, (_, at) => {
    writeFileSync(join(path, `raw${at}`), `raw ${at}`);
    return withFile(newDocument('demoNDI', { 'demoNDI.value': at }), 'filename1.ext', join(path, `raw${at}`));
  });
  createSession({ path, reference: 'demo', documents }).close();
  return path;
}

const documents = (path: string) => {
  const session = openSession(path);
  const ids = session.documents().map((entry) => entry.id);
  session.close();
  return ids;
};

describe('a backup', () => {
  it('elsewhere holds everything, verified, and changes nothing of the session', async () => {
    const path = demo();
    const before = fingerprint(path);
    const target = join(temporaryFolder(), 'disk', 'backup');
    const backup = await backUp(path, target);
    expect(fingerprint(path)).toEqual(before);
    expect(backup.files.map((file) => file.sizeBytes)).toEqual([5, 5]);
    expect(await verifyBackup(readBackup(target))).toEqual([]);
    expect(await backUp(path, target).catch((error: unknown) => error)).toMatchObject({ code: 'path.notEmpty' });
  });

  it('of its own takes no room for the stored files', async () => {
    const path = demo();
    const { backupBytes: none } = sizes(path);
    const backup = await backUp(path, null);
    expect(none).toBe(0);
    expect(sizes(path)).toMatchObject({ backups: 1, files: 2, fileBytes: 10 });
    expect(sizes(path).backupBytes).toBeLessThan(backup.databaseBytes + 5000);
    expect(listBackups(path)).toEqual([backup]);
  });

  it('that has been tampered with is not restored', async () => {
    const path = demo();
    const target = join(temporaryFolder(), 'backup');
    const { files } = await backUp(path, target);
    const damaged = join(temporaryFolder(), 'damaged');
    cpSync(target, damaged, { recursive: true });
    writeFileSync(join(damaged, 'files', files[0]?.name ?? ''), 'RAW 0');
    rmSync(join(damaged, 'files', files[1]?.name ?? ''));
    appendFileSync(join(damaged, 'did-sqlite.sqlite'), 'x');
    const before = fingerprint(path);
    expect(await verifyBackup(readBackup(damaged))).toHaveLength(3);
    await expect(restoreBackup(path, damaged)).rejects.toMatchObject({ code: 'format.invalid' });
    expect(fingerprint(path)).toEqual(before);
    await expect(restoreBackup(path, path)).rejects.toMatchObject({ code: 'format.invalid' });
  });

  it('brings back documents and files that were removed, and the present state can be had back', async () => {
    const path = demo();
    const all = documents(path);
    const target = join(temporaryFolder(), 'backup');
    await backUp(path, target);
    const session = openSession(path, { writable: true });
    session.removeDocuments(session.documents({ class: 'demoNDI' }).map((entry) => entry.id));
    session.close();
    expect(documents(path)).toHaveLength(1);
    const previous = await restoreBackup(path, target);
    expect(documents(path)).toEqual(all);
    expect(readdirSync(join(path, '.ndi', 'files'))).toHaveLength(2);
    await restoreBackup(path, previous?.path ?? '');
    expect(documents(path)).toHaveLength(1);
  });

  it('is restored over a database that cannot be opened any more', async () => {
    const path = demo();
    const all = documents(path);
    const target = join(temporaryFolder(), 'backup');
    await backUp(path, target);
    writeFileSync(join(path, '.ndi', 'did-sqlite.sqlite'), 'nothing of SQLite');
    expect(await restoreBackup(path, target)).toBeNull();
    expect(documents(path)).toEqual(all);
  });

  it('is given up, with nothing changed, where somebody goes on writing', async () => {
    const path = demo();
    const target = join(temporaryFolder(), 'backup');
    await backUp(path, target);
    const other = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'));
    other.exec('BEGIN EXCLUSIVE');
    const given = await Promise.allSettled([restoreBackup(path, target), backUp(path, join(temporaryFolder(), 'b'))]);
    for (const one of given) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'database.busy' } });
    other.close();
    expect(documents(path)).toHaveLength(3);
  });

  it('that is cancelled leaves nothing', async () => {
    const folder = temporaryFolder();
    await expect(backUp(demo(), join(folder, 'b'), { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('compacting', () => {
  it('gives back what removed documents took', () => {
    const path = temporaryFolder();
    const long = Array.from({ length: 100 }, () =>
      newDocument('demoNDI', { 'base.name': 'x'.repeat(3000), 'demoNDI.value': 1 }),
    );
    createSession({ path, reference: 'demo', documents: long }).close();
    const session = openSession(path, { writable: true });
    session.removeDocuments(session.documents({ class: 'demoNDI' }).map((entry) => entry.id));
    session.close();
    expect(sizes(path).freeBytes).toBeGreaterThan(100_000);
    const { beforeBytes, afterBytes } = compact(path);
    expect(afterBytes).toBeLessThan(beforeBytes / 2);
    expect(sizes(path)).toMatchObject({ freeBytes: 0, databaseBytes: afterBytes });
    expect(documents(path)).toHaveLength(1);
    expect(existsSync(join(path, '.ndi', 'did-sqlite.sqlite-journal'))).toBe(false);
    expect(readFileSync(join(path, '.ndi', 'did-sqlite.sqlite')).readUInt16BE(16)).toBe(4096);
  });
});
