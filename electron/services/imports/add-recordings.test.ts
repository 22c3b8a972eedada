import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AddRecordingsRequest } from '../../../shared/contract/add-recordings.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { createServices, type Services } from '../services.ts';
import { addRecordings } from './add-recordings.ts';
import { additionHome } from './addition-home.ts';
import { createSession } from './create.ts';
import { undoCreation } from './creations.ts';
import { scanForImport } from './scan.ts';
import {
  asSession,
  hashTree,
  newFolder,
  removeFolders,
  writeBlackrock,
  writeIntan,
} from './testing/made-recordings.ts';

let services: Services;
beforeAll(() => (services = createServices({ door: 'cli', dataFolder: newFolder() })));
afterAll(() => services.close().finally(removeFolders));

const add = (path: string, from: string, more: Partial<AddRecordingsRequest> = {}) =>
  addRecordings(services, { path, from, exclude: [], ...more });

async function session(): Promise<string> {
  const folder = newFolder();
  await writeIntan(join(folder, 't1', 'a.rhd'), 3, 1);
  await createSession(services, { sessionDir: folder, reference: 'exp', from: folder, subject: 'm1@lab', exclude: [] });
  return folder;
}

const infoOf = async (path: string) => asSession((await services.items.info(path)) as never);

describe('a place to which recordings could come', () => {
  it('is a session or a dataset that can be written', async () => {
    const folder = await session();
    expect(await additionHome(folder)).toEqual({ kind: 'session', name: 'exp', reason: null });
    expect(await additionHome(newFolder())).toMatchObject({
      kind: null,
      reason: 'This is no session, and no dataset.',
    });
    expect((await additionHome(join(folder, 'gone'))).reason).toContain('gone');
    if (process.getuid?.() === 0) return;
    chmodSync(folder, 0o555);
    expect((await additionHome(folder)).reason).toBe(`${folder} cannot be written.`);
    chmodSync(folder, 0o755);
  });
});

describe('recordings that come to a session', () => {
  it('are copied into its folder: its DAQ system has those that it finds, others get one of their own', async () => {
    const folder = await session();
    const from = join(newFolder(), 'day 2');
    await writeIntan(join(from, 'b.rhd'), 3, 2);
    await writeBlackrock(join(from, 'x'), 3);
    const before = hashTree(from);
    const added = await add(folder, from, { subject: 'm2@lab' });
    expect(added).toMatchObject({ placed: join(folder, 'day 2'), documents: 4 });
    expect(added.epochs.map(({ device }) => device)).toEqual(['intan1', 'blackrock1']);
    const info = await infoOf(folder);
    expect(info.daqSystems.map(({ name, epochs }) => [name, epochs])).toEqual([
      ['intan1', 2],
      ['blackrock1', 1],
    ]);
    expect(info.problems).toEqual([]);
    const own = info.epochs.find(({ files }) => files[0]?.endsWith('b.rhd'));
    expect(own).toMatchObject({ epochId: added.epochs[0]?.epochId, problems: [] });
    expect(own?.probes).toMatchObject([{ name: 'intan1_probe', deviceString: 'intan1:ai1-3' }]);
    expect(info.probes.map(({ name, subject }) => [name, subject])).toContainEqual(['intan1_probe', 'm2@lab']);
    expect(info.subjects.map(({ localIdentifier }) => localIdentifier).sort()).toEqual(['m1@lab', 'm2@lab']);
    expect(hashTree(from)).toEqual(before);

    // Nothing is new any more; a second copy would be another recording of the same name.
    await expect(add(folder, join(folder, 'day 2'))).rejects.toMatchObject({ code: 'import.nothingFound' });
    await services.edits.undo({ path: folder });
    await undoCreation(services, join(folder, 'day 2'));
    expect(existsSync(join(folder, 'day 2'))).toBe(false);
    expect((await infoOf(folder)).daqSystems.map(({ name, epochs }) => [name, epochs])).toEqual([['intan1', 1]]);
  });

  it('bring a table of trials with them: a step of its own, none where the table cannot be kept', async () => {
    const folder = await session();
    const before = [await infoOf(folder), readdirSync(join(folder, 't1'))];
    const from = join(newFolder(), 'day 2');
    await writeIntan(join(from, 'b.rhd'), 3, 2);
    const file = join(newFolder(), 'trials.csv');
    writeFileSync(file, 'onset,duration\n0.001,0.002\n0.004,0.001\n');
    const mapping = { onset: 'onset', duration: 'duration', unit: 's' as const };
    const table = { file, mapping, recording: 'b.rhd', probe: 'trials' };
    await expect(add(folder, from, { tables: [table, { ...table, probe: 'no name' }] })).rejects.toMatchObject({
      code: 'usage.invalid',
    });
    expect([await infoOf(folder), readdirSync(join(folder, 't1'))]).toEqual(before);
    expect(existsSync(join(folder, 'day 2'))).toBe(false);
    const added = await add(folder, from, { tables: [table] });
    expect(added).toMatchObject({ documents: 1, steps: 2 });
    const { epochs } = await services.stimuli.list({ path: folder });
    expect(epochs).toMatchObject([
      {
        probe: 'trials | 1',
        device: 'intan1',
        epochId: added.epochs[0]?.epochId,
        presentations: [{ onset: 0.001 }, {}],
      },
    ]);
  });

  it('take back what is theirs only, where somebody changes the session while they come', async () => {
    const folder = await session();
    const from = join(newFolder(), 'day 2');
    await writeBlackrock(join(from, 'x'), 3);
    const file = join(newFolder(), 'trials.csv');
    writeFileSync(file, 'onset,duration\n0.001,0.002\n');
    const mapping = { onset: 'onset', duration: 'duration', unit: 's' as const };
    const importing = vi.spyOn(services.stimuli, 'importTable').mockImplementationOnce(async () => {
      await services.edits.change({ path: folder }, { add: [newDocument('demoNDI', { 'demoNDI.value': 1 })] }, 'Mine');
      throw new Error('The table is gone.');
    });
    const tables = [{ file, mapping, recording: 'x.ns5', probe: 'trials' }];
    const failure = expect.objectContaining({
      message: expect.stringMatching(/The table is gone\. .*could not be taken back: /) as string,
      details: expect.objectContaining({ takeBack: 'edit.conflict' }) as object,
    }) as Error;
    await expect(add(folder, from, { tables })).rejects.toEqual(failure);
    importing.mockRestore();
    expect(services.edits.history({ path: folder }).undo?.title).toBe('Mine');
  });

  it('stay where they are in its folder; what it has is not looked at again, and new devices get names that are free', async () => {
    const folder = await session();
    await writeIntan(join(folder, 'later', 'c.rhs.rhd'), 4, 5);
    await writeBlackrock(join(folder, 'later', 'x'), 3);
    const scan = await scanForImport(services, { folder, into: folder });
    expect(scan.recordings.map(({ key }) => key)).toEqual(['later/x.ns5']);
    expect(scan.problems).toEqual([]);
    expect(scan.known).toBe(2);
    const added = await add(folder, folder, {
      choices: { merges: [], alone: [], sessions: 'one', recordings: { 'later/x.ns5': { device: 'INTAN1' } } },
    });
    expect(added).toMatchObject({ placed: null, epochs: [{ device: 'INTAN2' }] });
    const info = await infoOf(folder);
    expect(info.epochs.find(({ device }) => device === 'INTAN2')?.probes).toMatchObject([{ name: 'INTAN2_probe' }]);
  });

  it('keep a probe map that lies beside them, and are refused where something else is said', async () => {
    const folder = await session();
    await writeBlackrock(join(folder, 'later', 'x'), 3);
    await add(folder, folder);
    await services.edits.undo({ path: folder });
    const name = readdirSync(join(folder, 'later')).find((one) => one.includes('epochprobemap')) ?? '';
    const map = join(folder, 'later', name);
    const mine = readFileSync(map, 'utf8').replace('blackrock1_probe', 'my_probe');
    writeFileSync(map, mine);
    const before = hashTree(join(folder, 'later'));
    await expect(add(folder, folder, { subject: 'm9@lab' })).rejects.toMatchObject({ code: 'import.leftOver' });
    expect((await infoOf(folder)).daqSystems.map((system) => system.name)).toEqual(['intan1']);
    await add(folder, folder);
    expect(hashTree(join(folder, 'later'))).toEqual(before);
    expect((await infoOf(folder)).probes.map((probe) => probe.name)).toContain('my_probe');
  });

  it('leave nothing behind where NDI could not tell them from what was left out', async () => {
    const folder = newFolder();
    await writeIntan(join(folder, 't1', 'a.rhd'), 3, 1);
    await writeBlackrock(join(folder, 't1', 'x'), 3);
    const exclude = ['t1/x.ns5'];
    await createSession(services, { sessionDir: folder, reference: 'exp', from: folder, exclude });
    const before = hashTree(folder);
    const from = newFolder();
    await writeBlackrock(join(from, 'x'), 4);
    await expect(add(folder, from)).rejects.toMatchObject({ code: 'import.ambiguous' });
    expect(hashTree(folder)).toEqual(before);
  });

  it('come alone where only their files were meant, whatever lies beside them', async () => {
    const folder = await session();
    const from = newFolder();
    await writeIntan(join(from, 'b.rhd'), 3, 2);
    await writeIntan(join(from, 'c.rhd'), 3, 3);
    await writeBlackrock(join(from, 'deep', 'x'), 4);
    const only = [join(from, 'b.rhd')];
    const seen = await scanForImport(services, { folder: from, into: folder, only });
    expect([seen.recordings.map(({ key }) => key), seen.filesSeen]).toEqual([['b.rhd'], 1]);
    const { epochs, placed } = await add(folder, from, { only });
    expect(epochs.map(({ device }) => device)).toEqual(['intan1']);
    expect(readdirSync(placed ?? '').filter((name) => !name.startsWith('.'))).toEqual(['b.rhd']);
    // The files of one stem belong together: the one that was dropped brings the other.
    const pair = await scanForImport(services, { folder: join(from, 'deep'), only: [join(from, 'deep', 'x.ns5')] });
    expect(pair.recordings[0]?.files.map((path) => path.slice(-4))).toEqual(['.ns5', '.nev']);
  });

  it('leave nothing behind where they cannot come', async () => {
    const folder = await session();
    const before = hashTree(folder);
    const empty = newFolder();
    await expect(add(folder, empty)).rejects.toMatchObject({ code: 'import.nothingFound' });
    await expect(add(folder, join(folder, '..'))).rejects.toMatchObject({ code: 'usage.invalid' });
    await expect(add(empty, folder)).rejects.toMatchObject({ code: 'session.notFound' });
    const from = newFolder();
    await writeIntan(join(from, 'b.rhd'), 3, 2);
    await expect(
      add(folder, from, { choices: { merges: [], alone: [], recordings: {}, sessions: 'each' } }),
    ).rejects.toMatchObject({ code: 'usage.invalid' });
    const signal = AbortSignal.abort();
    await expect(addRecordings(services, { path: folder, from, exclude: [] }, signal)).rejects.toMatchObject({
      code: 'app.cancelled',
    });
    expect(hashTree(folder)).toEqual(before);
    expect(readdirSync(from)).toEqual(['b.rhd']);
  });
});
