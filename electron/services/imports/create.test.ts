import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import type { CreateSessionRequest } from '../../../shared/contract/imports.ts';
import { createServices, type Services } from '../services.ts';
import { createSession } from './create.ts';
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

const create = async (sessionDir: string, more: Partial<CreateSessionRequest> = {}) =>
  asSession(await createSession(services, { sessionDir, reference: 'exp 1', from: sessionDir, exclude: [], ...more }));

async function rig(): Promise<string> {
  const folder = newFolder();
  await writeIntan(join(folder, 't1', 'a.rhd'), 3, 1);
  await writeIntan(join(folder, 't2', 'b.rhd'), 3, 2);
  await writeBlackrock(join(folder, 't1', 'x'), 3);
  await writeBlackrock(join(folder, 't2', 'y'), 4);
  return folder;
}

describe('creating a session from a scan', () => {
  it('makes devices, epochs, probes and the subject as the scan proposed, and leaves the recordings as they are', async () => {
    const folder = await rig();
    const scan = await scanForImport(services, { folder });
    const before = hashTree(folder);
    const info = await create(folder, { subject: 'ferret1@lab.org' });
    expect(info).toMatchObject({ kind: 'session', reference: 'exp 1', path: folder, problems: [] });
    expect(info.daqSystems.map(({ name, reader, epochs }) => [name, reader, epochs])).toEqual([
      ['intan1', 'ndi.daq.reader.mfdaq.intan', 2],
      ['blackrock1', 'ndi.daq.reader.mfdaq.blackrock', 2],
    ]);
    expect(info.subjects.map((subject) => subject.localIdentifier)).toEqual(['ferret1@lab.org']);
    expect(info.probes).toMatchObject([
      { name: 'intan1_probe', type: 'n-trode', subject: 'ferret1@lab.org', epochs: 2 },
      { name: 'blackrock1_probe', type: 'n-trode', epochs: 2 },
    ]);
    expect(info.epochs[0]?.probes[0]?.deviceString).toBe('intan1:ai1-3');
    const sortFiles = (epochs: { device: string; files: string[] }[]) =>
      epochs.map(({ device, files }) => [device, ...files].join('|')).sort();
    expect(sortFiles(info.epochs)).toEqual(sortFiles(scan.epochs));
    expect(info.epochs.map((epoch) => epoch.clocks)).toEqual(
      info.epochs.map((epoch) => scan.recordings.find((one) => one.files[0] === epoch.files[0])?.clocks),
    );
    expect(hashTree(folder)).toMatchObject(before);
  });

  it('makes the session of the others where a name is too long for the hidden files', async () => {
    const folder = newFolder();
    await writeIntan(join(folder, 'a.rhd'), 2, 1);
    await writeIntan(join(folder, `${'n'.repeat(246)}.rhd`), 2, 2);
    const info = await create(folder);
    expect(info.epochs.map((epoch) => epoch.files.map((file) => basename(file)))).toEqual([['a.rhd']]);
    expect(info.problems).toEqual([]);
  });

  it('writes the hidden files that NDI looks for', async () => {
    const folder = await rig();
    const info = await create(folder);
    // MD5 of NDI's text of the patterns, `{ '#.rhd' }`.
    const hash = 'ddb478de0f4de46da6dc166647afc41a';
    const id = readFileSync(join(folder, 't1', `.a.${hash}.epochid.ndi`), 'utf8');
    expect(id).toMatch(/^epoch_[0-9a-f]{16}_[0-9a-f]{16}$/);
    expect(info.epochs.map((epoch) => epoch.epochId)).toContain(id);
    const map = readFileSync(join(folder, 't1', `.a.${hash}.epochprobemap.ndi`), 'utf8');
    expect(map.split('\n')[1]).toBe('intan1_probe\t1\tn-trode\tintan1:ai1-3\tunknown@unknown');
    expect(readdirSync(join(folder, '.ndi')).sort()).toEqual(
      ['did-sqlite.sqlite', 'files', 'ndi_object_type.txt', 'reference.txt', 'unique_reference.txt'].sort(),
    );
  });

  it('leaves excluded epochs out of every later reading', async () => {
    const folder = await rig();
    const info = await create(folder, { exclude: ['t2/b.rhd', 't1/x.ns5'] });
    expect(info.epochs.map((epoch) => epoch.files.map((file) => basename(file)))).toEqual([
      ['a.rhd'],
      ['y.ns5', 'y.nev'],
    ]);
    expect(readdirSync(join(folder, 't2')).filter((name) => name.startsWith('.b.'))).toEqual([]);
  });

  it('makes a device of each sampling group of a recording', async () => {
    const folder = newFolder();
    await writeBlackrock(join(folder, 'x'), 5);
    cpSync(join(folder, 'x.ns5'), join(folder, 'x.ns2'));
    const info = await create(folder);
    expect(info.epochs.map((epoch) => [epoch.device, ...epoch.files.map((file) => basename(file))])).toEqual([
      ['blackrock1', 'x.ns2', 'x.nev'],
      ['blackrock2', 'x.ns5', 'x.nev'],
    ]);
  });

  it('takes a folder within the session folder', async () => {
    const folder = await rig();
    const info = await create(folder, { from: join(folder, 't2') });
    expect(info.epochs.map((epoch) => basename(epoch.files[0] ?? ''))).toEqual(['b.rhd', 'y.ns5']);
  });

  it('makes an empty session, and its folder, without recordings', async () => {
    const folder = join(newFolder(), 'new', 'one');
    const info = await createSession(services, { sessionDir: folder, reference: 'empty', exclude: [] });
    expect(info).toMatchObject({ reference: 'empty', epochs: [], subjects: [], documents: { total: 1 } });
  });

  it('keeps ids and probe maps that an earlier session left', async () => {
    const folder = await rig();
    const first = await create(folder);
    rmSync(join(folder, '.ndi'), { recursive: true });
    const map = join(folder, 't1', '.a.ddb478de0f4de46da6dc166647afc41a.epochprobemap.ndi');
    writeFileSync(map, readFileSync(map, 'utf8').replace('intan1_probe', 'cortex'));
    const second = await create(folder);
    expect(second.epochs.map((epoch) => epoch.epochId)).toEqual(first.epochs.map((epoch) => epoch.epochId));
    expect(second.epochs[0]?.probes[0]?.name).toBe('cortex');
  });

  it
    .skipIf(!hasFixtures)
    .each([
      ...[
        'intan-rhd',
        'intan-rhs',
        'neuralynx',
        'nwb',
        'openephys-binary',
        'openephys-legacy',
        'phy',
        'spikeglx',
        'tdt',
      ],
    ])('takes a folder of %s recordings as it lies, whatever their channels and names', async (format) => {
    const folder = newFolder();
    cpSync(fixturePath('hardware', format), folder, { recursive: true });
    const scan = await scanForImport(services, { folder });
    const info = await create(folder);
    expect(info.epochs).toHaveLength(scan.recordings.length);
    for (const { device, epochId, files } of info.epochs) {
      const { channels } = await services.signals.describe({ path: folder, device, epoch: epochId });
      const own = scan.recordings.find((one) => one.files[0] === files[0]);
      expect(channels.filter(({ type }) => type !== 'time')).toHaveLength(own?.channels ?? NaN);
    }
  });

  it.skipIf(!hasFixtures)('reads real recordings back with their own channels and times', async () => {
    const folder = newFolder();
    const names = ['intan-rhd/sampledata_v3.0.rhd', 'blackrock/testData.ns2', 'blackrock/testData.nev'];
    for (const name of names) cpSync(fixturePath('hardware', ...name.split('/')), join(folder, basename(name)));
    cpSync(fixturePath('hardware', 'intan-rhd', 'synthetic', 'per_signal'), join(folder, 'per signal'), {
      recursive: true,
    });
    const info = await create(folder);
    expect(info.epochs).toHaveLength(3);
    // Its events hold 320 packets that are no channels of NDI's.
    expect(info.epochs.flatMap((epoch) => epoch.problems.map(({ grade }) => grade))).toEqual(['note']);
    expect(info.epochs.every((epoch) => epoch.clocks[0]?.type === 'dev_local_time')).toBe(true);
  });
});

describe('what is refused leaves nothing behind', () => {
  const refused = async (folder: string, request: Partial<CreateSessionRequest>, code: string) => {
    const before = hashTree(folder);
    await expect(create(folder, request)).rejects.toMatchObject({ code });
    expect(hashTree(folder)).toEqual(before);
  };

  it('recordings outside the session folder', async () => {
    const outside = await rig();
    await refused(newFolder(), { from: outside }, 'import.outside');
  });

  it('a folder without recordings', async () => refused(newFolder(), {}, 'import.nothingFound'));

  it('a folder that holds a session', async () => {
    const folder = await rig();
    await create(folder);
    await refused(folder, {}, 'session.exists');
  });

  it('epochs that names cannot tell apart', async () => {
    const folder = newFolder();
    await writeIntan(join(folder, 't1', 'data.rhd'), 2, 1);
    await writeIntan(join(folder, 't2', 'data.rhd'), 2, 2);
    await refused(folder, { exclude: ['t2/data.rhd'] }, 'import.ambiguous');
  });

  it('two recordings that would share one id', async () => {
    const folder = newFolder();
    await writeIntan(join(folder, 'a.rhd'), 2, 1);
    await writeIntan(join(folder, 'a.RHD'), 2, 2);
    if (readdirSync(folder).length === 2) await refused(folder, {}, 'import.ambiguous');
  });

  it('a subject without an at sign, and an epoch that was not scanned', async () => {
    const folder = await rig();
    await refused(folder, { subject: 'ferret' }, 'usage.invalid');
    await refused(folder, { exclude: ['nothing.rhd'] }, 'epoch.notFound');
  });

  it('something else in the place of .ndi', async () => {
    const folder = await rig();
    mkdirSync(join(folder, '.ndi'));
    writeFileSync(join(folder, '.ndi', 'mine.txt'), '');
    await refused(folder, {}, 'session.invalid');
  });

  it('a folder that was made for it', async () => {
    const folder = join(newFolder(), 'new');
    await expect(create(folder)).rejects.toMatchObject({ code: 'import.nothingFound' });
    expect(existsSync(folder)).toBe(false);
  });
});
