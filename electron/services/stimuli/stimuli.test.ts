import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../demo/demo.ts';
import { planExperiment } from '../demo/plan.ts';
import { clockTime } from '../demo/clocks.ts';
import { newFolder, removeFolders } from '../imports/testing/made-recordings.ts';
import { createServices, type Services } from '../services.ts';

const plan = planExperiment(3);
let services: Services;
let path: string;

beforeAll(async () => {
  services = createServices({ door: 'cli', dataFolder: newFolder() });
  path = join(newFolder(), 'sample');
  await makeDemo(services, { folder: path, seed: 3 });
});
afterAll(() => services.close().finally(removeFolders));

const list = (more: object = {}) => services.stimuli.list({ path, ...more });

describe('stimuli of the sample session', () => {
  it('are there with their parameters, as planted', async () => {
    const { epochs, problems } = await list();
    expect(problems).toEqual([]);
    expect(epochs.map(({ probe, device, onDevice, clock }) => [probe, device, onDevice, clock])).toEqual(
      plan.epochs.map(() => ['screen | 1', 'intan1', 'intan1', 'dev_local_time']),
    );
    for (const [at, epoch] of epochs.entries()) {
      expect(epoch.documentId).not.toBeNull();
      const shown = epoch.presentations.map(({ stimulusId, onset, offset }) => [stimulusId, onset, offset]);
      expect(shown).toEqual(plan.epochs[at]?.presentations.map((one) => [one.stimulusId, one.onset, one.offset]));
      expect(epoch.parameters[8]).toMatchObject({ stimid: 9, isblank: 1 });
    }
  });

  it('are carried to the other device by the sync graph', async () => {
    const { epochs, problems } = await list({ clock: 'blackrock1' });
    expect(problems).toEqual([]);
    for (const [at, epoch] of epochs.entries()) {
      expect(epoch.onDevice).toBe('blackrock1');
      const planted = plan.epochs[at];
      for (const [index, shown] of epoch.presentations.entries()) {
        const truth = planted?.presentations[index];
        if (planted === undefined || truth === undefined || shown.onset === null) throw new Error('It is missing.');
        // A line over the epoch's triggers: where the planted clock jumps it is off by part of the jump.
        const expected = clockTime(planted.clocks.blackrock1, truth.onset);
        expect(Math.abs(shown.onset - expected)).toBeLessThan(Math.max(0.001, epoch.errorSec ?? 0));
        expect(shown.epochId).not.toBeNull();
      }
    }
  });

  it('are decoded from the recording alike, in one step that can be undone and done again', async () => {
    const before = await list();
    const documents = before.epochs.map(({ documentId }) => documentId ?? '');
    await services.edits.remove({ path, ids: documents, cascade: true });
    const live = await list();
    expect(live.epochs.map(({ documentId }) => documentId)).toEqual(documents.map(() => null));
    const times = ({ epochs }: typeof live) => epochs.map(({ presentations }) => presentations);
    const onsets = (found: typeof live) =>
      times(found)
        .flat()
        .map(({ stimulusId, onset }) => [stimulusId, onset]);
    for (const [at, [id, onset]] of onsets(live).entries()) {
      expect(id).toBe(onsets(before)[at]?.[0]);
      // The line is sampled.
      expect(Math.abs((onset ?? NaN) - (onsets(before)[at]?.[1] ?? NaN))).toBeLessThan(1e-3);
    }
    const decoded = await services.stimuli.decode({ path });
    expect(decoded).toMatchObject({ decoded: documents.length, already: 0, problems: [] });
    expect((await services.edits.validate({ path, ids: decoded.ids })).problems).toEqual([]);
    const stored = await list();
    expect(times(stored)).toEqual(times(live));
    expect(stored.epochs.map(({ documentId }) => documentId)).toEqual(decoded.ids);
    expect((await services.stimuli.decode({ path })).decoded).toBe(0);
    await services.edits.undo({ path });
    expect((await list()).epochs.map(({ documentId }) => documentId)).toEqual(documents.map(() => null));
    await services.edits.redo({ path });
    expect(times(await list())).toEqual(times(live));
  });

  it('can be chosen, and what is not there is said', async () => {
    const { epochs } = await list({ probe: 'screen | 1', epoch: '2' });
    expect(epochs).toHaveLength(1);
    await expect(list({ probe: 'nothing' })).rejects.toMatchObject({ code: 'epoch.notFound' });
    await expect(list({ epoch: 'nothing' })).rejects.toMatchObject({ code: 'epoch.notFound' });
    const { problems } = await list({ clock: 'nothing' });
    expect(problems[0]?.message).toContain('nothing');
  });

  it('come from a table: on the clock of its device, for a stimulator that is there or new, in one step', async () => {
    const file = join(path, 'trials.csv');
    writeFileSync(file, 'start,stop,label\n2,2.5,left\n4,4.25,right\n6,6.5,left\n');
    const { mapping, total } = await services.stimuli.readTable({ file });
    expect([mapping, total]).toEqual([{ onset: 'start', offset: 'stop', stimulus: 'label', unit: 's' }, 3]);
    const request = { path, file, mapping, device: 'intan1', epoch: '1' };
    const preview = await services.stimuli.importTable({ ...request, probe: 'lever', preview: true });
    expect(preview.ids).toEqual([]);
    const { epoch } = await services.stimuli.importTable({ ...request, probe: 'lever' });
    expect(epoch).toEqual(preview.epoch);
    const stored = (await list({ probe: 'lever' })).epochs;
    expect(stored.map(({ presentations }) => presentations)).toEqual([epoch.presentations]);
    expect(stored[0]?.parameters).toEqual([
      { stimid: 1, label: 'left' },
      { stimid: 2, label: 'right' },
    ]);
    await expect(services.stimuli.importTable({ ...request, probe: 'lever' })).rejects.toMatchObject({
      code: 'document.duplicate',
    });
    await expect(services.stimuli.importTable({ ...request, probe: 'cortex' })).rejects.toMatchObject({
      code: 'usage.invalid',
    });
    // The stimulator is on the other device: the times are carried to it.
    await services.edits.undo({ path });
    const there = (await list({ epoch: '1' })).epochs[0];
    if (there?.documentId === undefined || there.documentId === null) throw new Error('It is missing.');
    await services.edits.remove({ path, ids: [there.documentId], cascade: true });
    const carriedTimes = await list({ epoch: '1', clock: 'blackrock1' });
    const onsets = carriedTimes.epochs[0]?.presentations.map(({ onset }) => onset) ?? [];
    writeFileSync(file, `onset\n${onsets.join('\n')}\n`);
    const back = await services.stimuli.importTable({
      path,
      file,
      mapping: { onset: 'onset', unit: 's' },
      device: 'blackrock1',
      epoch: '1',
      probe: 'screen',
      preview: true,
    });
    expect(back.epoch.device).toBe('intan1');
    for (const [at, { onset }] of back.epoch.presentations.entries()) {
      expect(onset).toBeCloseTo(there.presentations[at]?.onset ?? NaN, 3);
    }
  });

  it('are kept under ids that last: epochs without one get it first', async () => {
    const hidden = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.epochid.ndi'),
    );
    expect(hidden.length).toBeGreaterThan(0);
    for (const name of hidden) rmSync(join(path, name));
    const before = (await list()).epochs;
    expect(before.every(({ epochId }) => epochId.startsWith('provisional_'))).toBe(true);
    const { ids } = await services.stimuli.decode({ path, epoch: before[1]?.epochId });
    const after = (await list()).epochs;
    expect(after.every(({ epochId }) => !epochId.startsWith('provisional_'))).toBe(true);
    expect(after.filter(({ documentId }) => documentId !== null && ids.includes(documentId))).toHaveLength(1);
    expect(after[1]?.documentId).not.toBeNull();
    const file = join(path, 'trials.csv');
    writeFileSync(file, 'onset\n2\n');
    for (const name of hidden) rmSync(join(path, name));
    const [first] = (await list()).epochs;
    const request = { path, file, mapping: { onset: 'onset', unit: 's' as const }, device: 'intan1', probe: 'lever' };
    const { epoch } = await services.stimuli.importTable({ ...request, epoch: first?.epochId ?? '' });
    expect(epoch.epochId).not.toMatch(/^provisional/);
  });
});
