import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSession as createNdiSession } from '../../ndi/create-session.ts';
import { addDaqSystem, findDaqSystem } from '../../ndi/daq/daq-systems.ts';
import { epochMetadata } from '../../ndi/daq/metadata/epoch-metadata.ts';
import { epochTable } from '../../ndi/epochs/epoch-table.ts';
import { openSession } from '../../ndi/session.ts';
import { createSession } from '../imports/create.ts';
import { newFolder, removeFolders, writeBlackrock, writeIntan } from '../imports/testing/made-recordings.ts';
import { createServices, type Services } from '../services.ts';

let services: Services;
beforeAll(() => (services = createServices({ door: 'cli', dataFolder: newFolder() })));
afterAll(() => services.close().finally(removeFolders));

async function session(): Promise<string> {
  const folder = newFolder();
  await writeIntan(join(folder, 't1', 'a.rhd'), 3, 1);
  await writeBlackrock(join(folder, 't1', 'x'), 3);
  await createSession(services, { sessionDir: folder, reference: 'exp', from: folder, exclude: [] });
  return folder;
}

/** All that a viewer asks of the epochs: headers, samples with their times, events. */
async function everything(folder: string) {
  const info = await services.items.info(folder);
  if (info.kind !== 'session') return expect.fail('no session');
  return Promise.all(
    info.epochs.map(async ({ device, epochId, clocks, probes }) => {
      const source = { path: folder, device, epoch: epochId };
      const head = await services.signals.describe(source);
      const sampled = head.channels.filter(({ sampleRate }) => sampleRate !== null).map(({ name }) => name);
      const range = { channels: sampled.join(','), from: -1, to: 10 };
      const samples = await services.signals.read({ source, ...range, unit: 'seconds' });
      const names = Object.keys(head.events);
      const events =
        names.length === 0
          ? null
          : await services.signals.events({ source, channels: 'all', from: -1, to: 10, limit: 1000 });
      const units = head.channels.map(({ name, label, units: unit }) => [name, label, unit]);
      return {
        epochId,
        clocks,
        probes,
        segments: head.segments,
        units: units.sort(),
        counts: head.events,
        samples,
        events,
      };
    }),
  );
}

/** Channels may come in another order. */
function sorted({ channels, data, t0 }: Awaited<ReturnType<typeof everything>>[number]['samples']) {
  const rows = channels.map((channel, at) => ({ ...channel, data: data[at] }));
  return { t0, rows: rows.filter(({ name }) => !name.startsWith('t')).sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

describe('ingesting a session', () => {
  it('keeps every epoch, sample, time and event when the raw files are gone', async () => {
    const folder = await session();
    const before = await everything(folder);
    expect(await services.ingest.status({ path: folder })).toEqual({ epochs: 2, ingested: 0, unreadable: 0 });
    const result = await services.ingest.ingest({ path: folder });
    expect([result.epochs, result.already, result.failed, result.ids.length]).toEqual([2, 0, [], 6]);
    expect((await services.edits.validate({ path: folder })).problems).toEqual([]);
    rmSync(join(folder, 't1'), { recursive: true });
    await services.clearCaches();
    const after = await everything(folder);
    expect(after.map(({ epochId }) => epochId).sort()).toEqual(before.map(({ epochId }) => epochId).sort());
    for (const one of after) {
      const other = before.find(({ epochId }) => epochId === one.epochId) ?? expect.fail('another epoch');
      expect(one.clocks).toEqual(other.clocks);
      expect(one.probes).toEqual(other.probes);
      expect(one.segments).toEqual(
        other.segments.map((segment) => ({ ...segment, t1: expect.closeTo(segment.t1, 9) as number })),
      );
      expect(one.events).toEqual(other.events);
      expect(sorted(one.samples)).toEqual(sorted(other.samples));
    }
  });

  it('keeps what the metadata readers tell of the stimuli, to the last NaN', async () => {
    const folder = newFolder();
    await writeIntan(join(folder, 'a.rhd'), 3, 1);
    writeFileSync(join(folder, 'stim.tsv'), 'STIMID\tml\n1\t0.5\n2\t\n');
    const session = createNdiSession({ path: folder, reference: 'r' });
    addDaqSystem(session, {
      ...{ name: 'intan1', readerClass: 'ndi.daq.reader.mfdaq.intan', filePatterns: ['#.rhd', 'stim.tsv'] },
      metadataReaders: ['stim', 'nothing'].map((parameter) => ({ class: 'ndi.daq.metadatareader', parameter })),
    });
    session.close();
    await services.ingest.ingest({ path: folder });
    for (const name of ['a.rhd', 'stim.tsv']) rmSync(join(folder, name));
    await services.clearCaches();
    const open = openSession(folder);
    const system = findDaqSystem(open, 'intan1');
    const { epochs } = await epochTable(open, system, (path) => services.workers.describe(path));
    expect(epochMetadata(open, system, epochs[0]!, 1)).toEqual([
      { STIMID: 1, ml: 0.5 },
      { STIMID: 2, ml: NaN },
    ]);
    expect(() => epochMetadata(open, system, epochs[0]!, 2)).toThrow(/fits nothing/);
    open.close();
  });

  it('goes on where it was left, and leaves nothing behind', async () => {
    const folder = await session();
    await services.ingest.ingest({ path: folder });
    const again = await services.ingest.ingest({ path: folder });
    expect([again.epochs, again.already, again.ids]).toEqual([0, 2, []]);
    expect(await services.ingest.status({ path: folder })).toEqual({ epochs: 2, ingested: 2, unreadable: 0 });
    expect(readdirSync(join(folder, '.ndi')).filter((name) => name.startsWith('tmp'))).toEqual([]);
  });

  it('can be undone, epoch by epoch', async () => {
    const folder = await session();
    await services.ingest.ingest({ path: folder });
    await services.edits.undo({ path: folder });
    expect(await services.ingest.status({ path: folder })).toEqual({ epochs: 2, ingested: 1, unreadable: 0 });
  });

  it('names an epoch that cannot be read and takes the others', async () => {
    const folder = await session();
    rmSync(join(folder, 't1', 'a.rhd'));
    const info = await services.items.info(folder);
    expect(info.kind === 'session' ? info.epochs.length : 0).toBe(1);
    expect((await services.ingest.ingest({ path: folder })).epochs).toBe(1);
  });
});
