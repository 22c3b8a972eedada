import { cpSync, symlinkSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { createServices, type Services } from '../services.ts';
import { scanForImport } from './scan.ts';
import {
  hashTree,
  newFolder,
  removeFolders,
  writeBlackrock,
  writeIntan,
  writeText,
} from './testing/made-recordings.ts';

let services: Services;
beforeAll(() => (services = createServices({ door: 'cli', dataFolder: newFolder() })));
afterAll(() => services.close().finally(removeFolders));
afterEach(() => services.jobs.clear());

const scan = (folder: string) => scanForImport(services, { folder });

describe('scanning a folder', () => {
  it('groups files of one stem into epochs and recordings of one layout into devices', async () => {
    const folder = newFolder();
    await writeIntan(join(folder, 'day 1', 'b.rhd'), 2, 10);
    await writeIntan(join(folder, 'day 1', 'a.rhd'), 2, 20);
    await writeIntan(join(folder, 'day 2', 'c.rhd'), 4, 30);
    await writeBlackrock(join(folder, 'day 1', 'x10'), 60);
    await writeBlackrock(join(folder, 'day 1', 'x9'), 90);
    const result = await scan(folder);
    expect(result.epochs.map(({ key, device, files }) => [key, device, files.length])).toEqual([
      ['day 1/a.rhd', 'intan1', 1],
      ['day 1/b.rhd', 'intan1', 1],
      ['day 1/x9.ns5', 'blackrock1', 2],
      ['day 1/x10.ns5', 'blackrock1', 2],
      ['day 2/c.rhd', 'intan2', 1],
    ]);
    expect(result.recordings.map((one) => one.epoch)).toEqual(result.epochs.map((one) => one.key));
    expect(result.recordings[0]).toMatchObject({
      channels: 2,
      sampleRate: 20_000,
      duration: 128 / 20_000,
      problems: [],
    });
    expect(result.recordings[0]?.why.join(' ')).toMatch(/magic/);
    expect(result.recordings[0]?.clocks).toEqual([{ type: 'dev_local_time', t0: 0, t1: 128 / 20_000 - 1 / 20_000 }]);
    expect(result.recordings[2]?.clocks).toEqual([
      { type: 'dev_local_time', t0: 90 / 30_000, t1: 90 / 30_000 + 299 / 30_000 },
    ]);
    expect(result).toMatchObject({ filesSeen: 7, problems: [], skipped: [] });
  });

  it('writes nothing', async () => {
    const folder = newFolder();
    await writeIntan(join(folder, 'a.rhd'));
    writeText(join(folder, 'notes', 'n.txt'));
    const before = hashTree(folder);
    await scan(folder);
    expect(hashTree(folder)).toEqual(before);
  });

  it('says what it leaves out and why, and is not stopped by what is broken', async () => {
    const folder = newFolder();
    await writeIntan(join(folder, 'good.rhd'));
    writeText(join(folder, 'notes.txt'));
    writeText(join(folder, '.hidden', 'x.rhd'));
    writeText(join(folder, 'lie.rhd'), 'no recording at all');
    writeText(join(folder, 'empty.ns5'), '');
    await writeIntan(join(folder, 'cut.rhd'));
    truncateSync(join(folder, 'cut.rhd'), 300);
    const result = await scan(folder);
    expect(result.epochs.map((epoch) => epoch.key)).toEqual(['good.rhd']);
    const skipped = new Map(result.skipped.map(({ path, why }) => [basename(path), why]));
    expect(skipped.get('notes.txt')).toMatch(/no recording/);
    expect(skipped.get('lie.rhd')).toMatch(/plain text/);
    expect(skipped.get('cut.rhd')).toMatch(/ends inside/);
    expect(skipped.get('empty.ns5')).toMatch(/empty/);
    expect(skipped.get(basename(folder))).toMatch(/Hidden/);
    const grades = new Map(result.problems.map((one) => [basename(one.paths[0] ?? ''), one.grade]));
    expect(grades.get('cut.rhd')).toBe('blocks');
    expect(grades.get('lie.rhd')).toBe('shouldFix');
  });

  it('counts many files of other kinds instead of listing them, and merges equal problems', async () => {
    const folder = newFolder();
    for (let k = 0; k < 150; k++) writeText(join(folder, `frame${k}.tif`));
    for (let k = 0; k < 5; k++) writeText(join(folder, `bad${k}.rhd`), 'text');
    const { skipped, problems, filesSeen } = await scan(folder);
    expect(filesSeen).toBe(155);
    expect(skipped.reduce((sum, one) => sum + one.files, 0)).toBe(155);
    expect(skipped.length).toBeLessThan(110);
    expect(problems.filter((one) => one.code === 'format.invalid')).toHaveLength(1);
    expect(problems.find((one) => one.code === 'format.invalid')?.paths).toHaveLength(5);
    expect(problems.find((one) => one.code === 'import.nothingFound')?.grade).toBe('blocks');
  });

  it('names copies, and what would not survive a move to another machine', async () => {
    const folder = newFolder();
    await writeIntan(join(folder, 'a', 'rec.rhd'), 2, 5);
    await writeIntan(join(folder, 'b', 'rec.rhd'), 2, 99);
    cpSync(join(folder, 'a', 'rec.rhd'), join(folder, 'c', 'copy.rhd'));
    const outside = newFolder();
    await writeIntan(join(outside, 'far.rhd'), 3);
    symlinkSync(join(outside, 'far.rhd'), join(folder, 'link.rhd'));
    await writeIntan(join(folder, `${'n'.repeat(210)}.rhd`), 5);
    const { problems } = await scan(folder);
    const of = (code: string) => problems.find((one) => one.code === code)?.paths.map((path) => basename(path));
    expect(of('import.duplicate')).toEqual(['rec.rhd', 'copy.rhd']);
    expect(of('path.absoluteLink')).toEqual(['link.rhd']);
    expect(of('path.longName')?.[0]).toMatch(/^n+\.rhd$/);
  });

  it('leaves out what NDI could not put its hidden files beside, by bytes', async () => {
    const folder = newFolder();
    await writeIntan(join(folder, `${'é'.repeat(110)}.rhd`), 2, 1);
    await writeIntan(join(folder, `${'e'.repeat(110)}.rhd`), 2, 2);
    const { epochs, problems } = await scan(folder);
    expect(epochs.map((epoch) => epoch.key)).toEqual([`${'e'.repeat(110)}.rhd`]);
    expect(problems.filter((one) => one.code === 'path.longName').map((one) => one.grade)).toEqual(['blocks']);
  });

  it('runs as a job that can be cancelled', async () => {
    const folder = newFolder();
    await writeIntan(join(folder, 'a.rhd'));
    const controller = new AbortController();
    const running = scanForImport(services, { folder, jobId: 'mine' }, controller.signal);
    expect(services.jobs.list().find((job) => job.id === 'mine')?.state).toBe('running');
    services.jobs.cancel('mine');
    await expect(running).rejects.toMatchObject({ code: 'app.cancelled' });
    expect(services.jobs.list().find((job) => job.id === 'mine')?.state).toBe('cancelled');
  });

  it('refuses a folder that is not there', async () => {
    await expect(scan(join(newFolder(), 'gone'))).rejects.toMatchObject({ code: 'path.missing' });
  });

  it.skipIf(!hasFixtures)('opens every real recording of the known formats', async () => {
    const folder = newFolder();
    for (const format of ['blackrock', 'intan-rhd']) {
      cpSync(fixturePath('hardware', format), join(folder, format), { recursive: true });
    }
    const { recordings, epochs } = await scan(folder);
    expect(epochs.map((epoch) => epoch.key)).toEqual(
      expect.arrayContaining([
        'intan-rhd/synthetic/per_signal',
        'blackrock/testData.ns2',
        'intan-rhd/sampledata_v3.0.rhd',
      ]),
    );
    const pair = recordings.find((one) => one.epoch === 'blackrock/testData.ns2');
    expect(pair?.files.map((file) => basename(file))).toEqual(['testData.ns2', 'testData.nev']);
    expect(epochs.some((epoch) => /bad_magic|empty/.test(epoch.key))).toBe(false);
  });
});
