import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreateSessionRequest, ScannedRecording } from '../../../shared/contract/imports.ts';
import { type ImportChoices, noChoices } from '../../../shared/model/import-plan/choices.ts';
import { planImport, UNNAMED_SUBJECT } from '../../../shared/model/import-plan/plan.ts';
import { createServices, type Services } from '../services.ts';
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
  writeRig,
} from './testing/made-recordings.ts';

let services: Services;
beforeAll(() => (services = createServices({ door: 'cli', dataFolder: newFolder() })));
afterAll(() => services.close().finally(removeFolders));

type Choices = NonNullable<CreateSessionRequest['choices']>;
const choices = (more: Partial<Choices> = {}): Choices => ({
  ...{ merges: [], alone: [], recordings: {}, sessions: 'one' as const },
  ...more,
});
const create = (from: string, chosen: Partial<Choices>, more: Partial<CreateSessionRequest> = {}) =>
  createSession(services, {
    ...{ sessionDir: from, reference: 'exp', from, exclude: [], choices: choices(chosen) },
    ...more,
  });

/** What the preview shows, in a form that can be compared with what a session says. */
function previewOf(recordings: readonly ScannedRecording[], chosen: ImportChoices) {
  const { sessions, problems } = planImport(recordings, chosen);
  expect(problems.filter(({ grade }) => grade === 'blocks')).toEqual([]);
  return sessions.flatMap(({ epochs }) =>
    epochs.flatMap((epoch) =>
      epoch.recordings.map((one) => ({
        device: one.device,
        files: [...one.found.files],
        epochId: epoch.epochId,
        clocks: one.found.clocks,
        probes: one.probes.map(({ name, reference, type, deviceString }) => ({ name, reference, type, deviceString })),
      })),
    ),
  );
}

async function readBack(path: string) {
  await services.clearCaches();
  const info = await services.items.info(path);
  if (info.kind !== 'session') throw new Error(`${path} is a ${info.kind}`);
  expect(info.problems).toEqual([]);
  expect(info.epochs.flatMap((epoch) => epoch.problems)).toEqual([]);
  return info;
}

describe('what somebody says of the recordings', () => {
  it('is what the session holds when it is opened again: merged, split, renamed, with other probes and ids', async () => {
    const folder = await writeRig();
    const before = hashTree(folder);
    const { recordings } = await scanForImport(services, { folder });
    const [a1, x1, a2, x2] = ['t1/t1a.rhd', 't1/t1x.ns5', 't2/t2a.rhd', 't2/t2x.ns5'] as const;
    const neo = { readerClass: 'ndi.daq.reader.mfdaq.ndr', readerArgument: 'neo' };
    const chosen = choices({
      merges: [[a1, x1]],
      recordings: {
        [a1]: {
          device: 'ctx',
          epochId: 'first trial',
          subject: 'mouse1@lab',
          probes: [
            { name: 'left', reference: 1, type: 'n-trode', channels: 'ai1-2' },
            { name: 'wire', reference: 2, type: 'sharp-Vm', channels: 'ai3' },
          ],
        },
        [a2]: { device: 'ctx' },
        [x2]: { epochId: 'lonely', subject: 'mouse2@lab', device: 'nsp2', reader: neo },
      },
    });
    const expected = previewOf(recordings, { ...noChoices, ...chosen });
    await create(folder, chosen);
    const info = await readBack(folder);
    expect(info.epochs).toHaveLength(4);
    for (const one of expected) {
      const made = info.epochs.find((epoch) => epoch.files[0] === one.files[0]);
      expect(made).toMatchObject({ ...one, epochId: one.epochId ?? (expect.stringMatching(/^epoch_/) as string) });
    }
    const idsOf = (device: string) =>
      info.epochs.filter((epoch) => epoch.device === device).map(({ epochId }) => epochId);
    expect(idsOf('ctx')[0]).toBe('first trial');
    expect(idsOf('blackrock1')).toEqual(['first trial']);
    expect(idsOf('nsp2')).toEqual(['lonely']);
    expect(info.daqSystems.find(({ name }) => name === 'nsp2')?.reader).toBe(neo.readerClass);
    expect(info.subjects.map(({ localIdentifier }) => localIdentifier).sort()).toEqual(
      ['mouse1@lab', 'mouse2@lab', UNNAMED_SUBJECT].sort(),
    );
    expect(info.probes.find(({ name }) => name === 'wire')).toMatchObject({ type: 'sharp-Vm', subject: 'mouse1@lab' });
    expect(hashTree(folder)).toMatchObject(before);
  });

  it('is written as NDI writes it', async () => {
    const folder = await writeRig();
    await create(folder, {
      merges: [['t1/t1a.rhd', 't1/t1x.ns5']],
      recordings: { 't1/t1a.rhd': { probes: [{ name: 'p', reference: 3, type: 'eeg', channels: 'ai2,1' }] } },
    });
    const hidden = readdirSync(join(folder, 't1')).filter((name) => name.endsWith('.ndi'));
    const text = (part: RegExp) =>
      readFileSync(join(folder, 't1', hidden.find((name) => part.test(name)) ?? ''), 'utf8');
    expect(text(/t1a.*epochprobemap/)).toBe(
      `name\treference\ttype\tdevicestring\tsubjectstring\np\t3\teeg\tintan1:ai2,1\t${UNNAMED_SUBJECT}\n`,
    );
    expect(text(/t1a.*epochid/)).toMatch(/^epoch_[0-9a-f]{16}_[0-9a-f]{16}$/);
    expect(text(/t1x.*epochid/)).toBe(text(/t1a.*epochid/));
  });

  it('is refused, and nothing is written, where NDI could not keep it', async () => {
    const folder = await writeRig();
    const before = hashTree(folder);
    const bad: [Partial<Choices>, string][] = [
      [{ merges: [['t1/t1a.rhd', 't2/t2a.rhd']] }, 'import.sameDevice'],
      [{ recordings: { 't1/t1a.rhd': { epochId: 'e' }, 't2/t2a.rhd': { epochId: 'E' } } }, 'import.epochIdTwice'],
      [{ recordings: { 't1/t1a.rhd': { device: 'blackrock1' } } }, 'import.readers'],
      [{ recordings: { 't1/t1a.rhd': { device: '1 x' } } }, 'import.device'],
      [{ recordings: { 't1/t1a.rhd': { subject: 'mouse' } } }, 'import.subject'],
      [
        { recordings: { 't1/t1a.rhd': { probes: [{ name: 'p', reference: 1, type: 'eeg', channels: 'ai9' }] } } },
        'channel.notFound',
      ],
      [
        { recordings: { 't1/t1a.rhd': { probes: [{ name: '1p', reference: 1, type: 'eeg', channels: 'ai1' }] } } },
        'document.invalid',
      ],
      [{ pattern: '{subject}/*' }, 'import.subjectLab'],
      [{ pattern: '{mouse}/*' }, 'usage.invalid'],
    ];
    for (const [chosen, problem] of bad) {
      await expect(create(folder, chosen)).rejects.toMatchObject({ code: 'usage.invalid', details: { problem } });
    }
    await expect(create(folder, { alone: ['gone.rhd'] })).rejects.toMatchObject({ code: 'epoch.notFound' });
    expect(hashTree(folder)).toEqual(before);
  });

  it('does not overwrite what an earlier session says of the same epochs', async () => {
    const folder = await writeRig();
    await create(folder, {});
    rmSync(join(folder, '.ndi'), { recursive: true });
    const before = hashTree(folder);
    await expect(create(folder, { recordings: { 't1/t1a.rhd': { epochId: 'mine' } } })).rejects.toMatchObject({
      code: 'import.leftOver',
    });
    expect(hashTree(folder)).toEqual(before);
  });
});

describe('a pattern', () => {
  async function days(): Promise<string> {
    const folder = newFolder();
    for (const [at, place] of ['m1/d1/run1', 'm1/d1/run2', 'm1/d2/run1', 'm2/d1/run1'].entries()) {
      await writeIntan(join(folder, ...place.split('/'), 'amp.rhd'), 2, at);
      await writeBlackrock(join(folder, ...place.split('/'), 'ev'), at + 20);
    }
    return folder;
  }
  const pattern = '{subject}/{session}/{epoch}/**';

  it('makes sessions of their own, and a dataset that links them', async () => {
    const folder = await days();
    const made = await create(folder, { pattern, sessions: 'each', subjectLab: 'lab.org' });
    if (made.kind !== 'dataset') throw new Error('no dataset');
    expect(made.sessions.map(({ reference, linked, path }) => [reference, linked, relative(folder, path)])).toEqual([
      ['m1_d1', true, join('m1', 'd1')],
      ['m1_d2', true, join('m1', 'd2')],
      ['m2_d1', true, join('m2', 'd1')],
    ]);
    const first = await readBack(join(folder, 'm1', 'd1'));
    expect(first.subjects.map(({ localIdentifier }) => localIdentifier)).toEqual(['m1@lab.org']);
    expect(first.epochs.map(({ device, epochId }) => `${device} ${epochId}`).sort()).toEqual(
      ['intan1 run1', 'intan1 run2', 'blackrock1 run1', 'blackrock1 run2'].sort(),
    );
    const before = hashTree(folder);
    const { removed } = await undoCreation(services, folder);
    expect(removed).toBeGreaterThan(30);
    const after = hashTree(folder);
    expect(Object.keys(after).filter((name) => name.includes('.ndi'))).toEqual([]);
    expect(before).toMatchObject(after);
  });

  it('gives one session with several subjects, whose epochs are told apart', async () => {
    const folder = await days();
    const info = asSession(await create(folder, { pattern, subjectLab: 'lab.org' }));
    expect(info.subjects.map(({ localIdentifier }) => localIdentifier)).toEqual(['m1@lab.org', 'm2@lab.org']);
    expect(new Set(info.epochs.map(({ epochId }) => epochId))).toEqual(
      new Set(['m1_d1_run1', 'm1_d1_run2', 'm1_d2_run1', 'm2_d1_run1']),
    );
  });

  it('leaves out what it does not fit, and can be overruled for single recordings', async () => {
    const folder = await days();
    await writeIntan(join(folder, 'stray.rhd'), 2, 77);
    const made = await create(folder, {
      ...{ pattern, sessions: 'each' as const, subjectLab: 'lab.org', alone: ['m2/d1/run1/ev.ns5'] },
    });
    if (made.kind !== 'dataset') throw new Error('no dataset');
    const last = await readBack(join(folder, 'm2', 'd1'));
    expect(last.epochs.map(({ epochId }) => epochId.replace(/^epoch_.*/, 'made'))).toEqual(['run1', 'made']);
  });

  it('wants folders for sessions that stay in place; a copy sorts them', async () => {
    const folder = newFolder();
    for (const [at, name] of ['m1_a.rhd', 'm1_b.rhd', 'm2_a.rhd'].entries()) {
      await writeIntan(join(folder, name), 2, at);
    }
    const chosen = { pattern: '{subject:^_}_{epoch}.*', sessions: 'each' as const, subjectLab: 'l' };
    await expect(create(folder, chosen)).rejects.toMatchObject({ details: { problem: 'import.sharedFolder' } });
    const before = hashTree(folder);
    const sessionDir = join(newFolder(), 'sorted');
    const made = await create(folder, chosen, { sessionDir, recordings: 'copy' });
    if (made.kind !== 'dataset') throw new Error('no dataset');
    expect(hashTree(folder)).toEqual(before);
    const first = await readBack(join(sessionDir, 'm1'));
    expect(first.epochs.map(({ files, epochId }) => [basename(files[0] ?? ''), epochId])).toEqual([
      ['m1_a.rhd', 'a'],
      ['m1_b.rhd', 'b'],
    ]);
    await undoCreation(services, sessionDir);
    expect(existsSync(sessionDir)).toBe(false);
    expect(hashTree(folder)).toEqual(before);
  });
});
