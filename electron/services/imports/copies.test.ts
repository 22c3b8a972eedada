import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreateSessionRequest } from '../../../shared/contract/imports.ts';
import { openSession } from '../../ndi/session.ts';
import { createServices, type Services } from '../services.ts';
import { createSession } from './create.ts';
import { undoCreation } from './creations.ts';
import { scanForImport } from './scan.ts';
import { asSession, hashTree, newFolder, removeFolders, writeRig } from './testing/made-recordings.ts';

let services: Services;
beforeAll(() => (services = createServices({ door: 'cli', dataFolder: newFolder() })));
afterAll(() => services.close().finally(removeFolders));

type Choices = NonNullable<CreateSessionRequest['choices']>;
const create = (from: string, chosen: Partial<Choices>, more: Partial<CreateSessionRequest> = {}) =>
  createSession(services, {
    ...{ sessionDir: from, reference: 'exp', from, exclude: [] },
    choices: { merges: [], alone: [], recordings: {}, sessions: 'one', ...chosen },
    ...more,
  });

describe('copies and ingestion', () => {
  it('copy recordings of several files whole, with their times, and leave the originals alone', async () => {
    const folder = await writeRig();
    const before = hashTree(folder);
    const sessionDir = join(newFolder(), 'deep', 'copy');
    const info = asSession(await create(folder, {}, { sessionDir, recordings: 'copy' }));
    expect(info.path).toBe(sessionDir);
    expect(info.epochs).toHaveLength(4);
    const after = hashTree(sessionDir);
    const copied = Object.keys(after).filter((name) => !name.includes('.ndi') && after[name] !== 'folder');
    expect(copied.sort()).toEqual(
      Object.keys(before)
        .filter((name) => before[name] !== 'folder')
        .sort(),
    );
    const hashOf = (entry = '') => entry.split(':').at(-1);
    for (const name of copied) expect(hashOf(after[name])).toBe(hashOf(before[name]));
    expect(hashTree(folder)).toEqual(before);
    expect(readdirSync(join(sessionDir, '..'))).toEqual(['copy']);
  });

  it('refuse a place that is not empty or lies among the recordings, and leave nothing after a failure', async () => {
    const folder = await writeRig();
    const other = newFolder();
    writeFileSync(join(other, 'mine.txt'), '');
    await expect(create(folder, {}, { sessionDir: other, recordings: 'copy' })).rejects.toMatchObject({
      code: 'path.notEmpty',
    });
    await expect(create(folder, {}, { sessionDir: join(folder, 'in'), recordings: 'copy' })).rejects.toMatchObject({
      code: 'usage.invalid',
    });
    const controller = new AbortController();
    const target = join(newFolder(), 'cancelled');
    const running = createSession(
      services,
      { sessionDir: target, reference: 'r', from: folder, exclude: [], recordings: 'copy' },
      controller.signal,
    );
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'app.cancelled' });
    expect(readdirSync(join(target, '..'))).toEqual([]);
  });

  it('go on where a program was killed', async () => {
    const folder = await writeRig();
    const parent = newFolder();
    const sessionDir = join(parent, 'copy');
    // What a killed copy leaves: whole files, one that was being written, and files of another try.
    const staging = join(parent, '.copy.ndi-copy');
    await createSession(services, {
      ...{ sessionDir: staging, reference: 'r', from: folder, exclude: [], recordings: 'copy' as const },
    });
    rmSync(join(staging, '.ndi'), { recursive: true });
    const whole = join(staging, 't1', 't1a.rhd');
    rmSync(join(staging, 't2', 't2a.rhd'));
    writeFileSync(join(staging, 't2', 't2a.rhd.part'), 'half');
    writeFileSync(join(staging, 'stranger.rhd'), 'x');
    const mark = readFileSync(whole);
    mark[mark.length - 1] = (mark.at(-1) ?? 0) ^ 1;
    const info = asSession(await create(folder, {}, { sessionDir, recordings: 'copy' }));
    expect(info.epochs).toHaveLength(4);
    expect(readdirSync(parent)).toEqual(['copy']);
    expect(existsSync(join(sessionDir, 'stranger.rhd'))).toBe(false);
  });

  it('take the samples into the session', async () => {
    const folder = await writeRig();
    const info = asSession(await create(folder, {}, { recordings: 'ingest' }));
    expect(info.problems).toEqual([]);
    expect(await services.ingest.status({ path: folder })).toEqual({ epochs: 4, ingested: 4, unreadable: 0 });
    await undoCreation(services, folder);
    expect(existsSync(join(folder, '.ndi'))).toBe(false);
  });
});

describe('taking a creation back', () => {
  it('removes what it wrote and nothing else, also for another program', async () => {
    const folder = await writeRig();
    const before = hashTree(folder);
    await create(folder, { merges: [['t1/t1a.rhd', 't1/t1x.ns5']] });
    await services.items.info(folder);
    const { dataFolder } = services;
    const other = createServices({ door: 'cli', dataFolder });
    try {
      await undoCreation(other, folder);
    } finally {
      await other.close();
    }
    expect(hashTree(folder)).toEqual(before);
    await expect(undoCreation(services, folder)).rejects.toMatchObject({ code: 'edit.nothing' });
  });

  it('is refused when the session was changed since', async () => {
    const folder = await writeRig();
    await create(folder, {});
    const session = openSession(folder, { writable: true });
    const [subject] = session.documents({ isa: 'subject' });
    session.close();
    await services.edits.change({ path: folder }, { remove: [subject?.id ?? ''] }, 'Remove it');
    const before = hashTree(folder);
    await expect(undoCreation(services, folder)).rejects.toMatchObject({ code: 'edit.conflict' });
    expect(hashTree(folder)).toEqual(before);
  });

  it('is refused when something came into it or went', async () => {
    const folder = await writeRig();
    await create(folder, {});
    writeFileSync(join(folder, '.ndi', 'mine.txt'), 'x');
    await expect(undoCreation(services, folder)).rejects.toMatchObject({ code: 'edit.conflict' });
    rmSync(join(folder, '.ndi', 'mine.txt'));
    rmSync(join(folder, '.ndi', 'reference.txt'));
    await expect(undoCreation(services, folder)).rejects.toMatchObject({ code: 'edit.conflict' });
  });
});

describe('tables of trials', () => {
  const mapping = { onset: 'onset', stimulus: 'side', unit: 's' as const };

  it('are kept as stimuli of the epoch that they are said to belong to', async () => {
    const folder = await writeRig();
    const file = join(folder, 't2', 'trials.csv');
    writeFileSync(file, 'onset,side\n0.001,left\n0.002,right\n');
    const { tables } = await scanForImport(services, { folder });
    expect(tables).toEqual([{ key: 't2/trials.csv', path: file }]);
    await create(folder, {}, { tables: [{ file, mapping, recording: 't2/t2a.rhd', probe: 'lever' }] });
    const info = asSession((await services.items.info(folder)) as Parameters<typeof asSession>[0]);
    const { epochs } = await services.stimuli.list({ path: folder, probe: 'lever' });
    expect(epochs).toHaveLength(1);
    expect(epochs[0]).toMatchObject({ device: 'intan1', presentations: [{ onset: 0.001 }, { onset: 0.002 }] });
    const own = info.epochs.find(({ epochId }) => epochId === epochs[0]?.epochId);
    expect(basename(own?.files[0] ?? '')).toBe('t2a.rhd');
    await undoCreation(services, folder);
    expect(existsSync(join(folder, '.ndi'))).toBe(false);
  });

  it('that cannot be read keep the session from being made', async () => {
    const folder = await writeRig();
    const file = join(folder, 'trials.csv');
    writeFileSync(file, 'onset,side\nsoon,left\n');
    const before = hashTree(folder);
    const table = { file, mapping, recording: 't2/t2a.rhd', probe: 'lever' };
    await expect(create(folder, {}, { tables: [table] })).rejects.toMatchObject({ code: 'format.invalid' });
    writeFileSync(file, 'onset,side\n0,left\n');
    await expect(create(folder, {}, { tables: [{ ...table, recording: 'gone' }] })).rejects.toMatchObject({
      code: 'epoch.notFound',
    });
    await expect(create(folder, {}, { tables: [{ ...table, probe: 'intan1_probe' }] })).rejects.toMatchObject({
      code: 'usage.invalid',
    });
    expect(Object.keys(hashTree(folder))).toEqual(Object.keys(before));
  });
});
