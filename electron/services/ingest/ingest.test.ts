import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutFiles } from '../../../shared/model/document-files.ts';
import { withValues } from '../../../shared/model/documents.ts';
import { makeId } from '../../../shared/model/ids.ts';
import { createSession as createNdiSession } from '../../ndi/create-session.ts';
import { addDaqSystem, findDaqSystem } from '../../ndi/daq/daq-systems.ts';
import { epochMetadata } from '../../ndi/daq/metadata/epoch-metadata.ts';
import { epochTable } from '../../ndi/epochs/epoch-table.ts';
import { openSession, type Session } from '../../ndi/session.ts';
import { askPython, hasPython } from '../../ndi/testing/python.ts';
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

/** Stores the document of a class once more, later and under a new id. @returns that id */
function storedTwice(open: Session, className: string): string {
  const [entry] = open.documents({ class: className });
  const document = open.read(entry ?? expect.fail(`no ${className}`));
  const id = makeId();
  const again = withValues(document, { 'base.id': id, 'base.datestamp': '2090-01-01T00:00:00.000Z' });
  // No two documents may have the same stored file, and which of them holds the bytes is not what is asked here.
  open.addDocuments([withoutFiles(again)], true);
  return id;
}

/** Knows the layout of NDI's documents, of its container and of what metadata readers told from the reference alone. */
const metadataReader = `
import io, json, math, os, sqlite3, struct, sys, tarfile
root = sys.argv[1]
docs = [json.loads(c) for (c,) in sqlite3.connect(os.path.join(root, '.ndi', 'did-sqlite.sqlite')).execute('SELECT json_code FROM docs')]
one = lambda x: x[0] if isinstance(x, list) else x
told = []
for d in docs:
    if d['document_class']['class_name'] != 'daqmetadatareader_epochdata_ingested': continue
    ids = {x['name']: x['value'] for x in (d['depends_on'] if isinstance(d['depends_on'], list) else [d['depends_on']])}
    reader = next(r for r in docs if r['base']['id'] == ids['daqmetadatareader_id'])
    epochs = [e for e in docs if e.get('epochfiles_ingested', {}).get('epoch_id') == d['epochid']['epochid']]
    assert len(epochs) == 1
    info = one(d['files']['file_info'])
    assert info['name'] == 'data.bin'
    uid = one(info['locations'])['uid']
    path = next(os.path.join(r, uid) for r, _, names in os.walk(os.path.join(root, '.ndi')) if uid in names)
    t = tarfile.open(path, 'r:gz')
    parts = {os.path.splitext(m.name)[1]: m for m in t.getmembers()}
    head, text = (t.extractfile(parts[x]).read() for x in ('.nbh', '.nbf'))
    words = struct.unpack_from('<10I', head, 15)
    assert head[:15] == b'NDIBINARYHEADER' and words[:2] == (1, 2) and len(head) == 100, words
    assert words[4] * words[5] * words[6] == 8 * len(text)
    for row in json.loads(text):
        told.append([reader['daqmetadatareader']['tab_separated_file_parameter'], row['STIMID'], None if math.isnan(row['ml']) else row['ml']])
print(json.dumps(told))
`;

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
    const { ids } = await services.ingest.ingest({ path: folder });
    expect(ids).toHaveLength(4);
    expect((await services.edits.validate({ path: folder })).problems).toEqual([]);
    if (hasPython)
      expect(await askPython(metadataReader, folder)).toEqual([
        ['stim', 1, 0.5],
        ['stim', 2, null],
      ]);
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
    const again = openSession(folder, { writable: true });
    storedTwice(again, 'daqmetadatareader_epochdata_ingested');
    const duplicate = expect.objectContaining({ code: 'document.duplicate' }) as unknown;
    expect(() => epochMetadata(again, system, epochs[0]!, 1)).toThrow(duplicate);
    again.close();
  });

  it('tells of an epoch that was ingested twice, on its page and in a check, and goes on with the oldest', async () => {
    const folder = await session();
    await services.ingest.ingest({ path: folder });
    const before = await everything(folder);
    const open = openSession(folder, { writable: true });
    const twice = ['epochfiles_ingested', 'daqreader_mfdaq_epochdata_ingested'].map((name) => storedTwice(open, name));
    open.close();
    await services.clearCaches();
    const info = await services.items.info(folder);
    if (info.kind !== 'session') return expect.fail('no session');
    const told = info.epochs.flatMap((epoch) => epoch.problems).filter(({ code }) => code === 'epoch.ingestedTwice');
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringContaining('Found 2 documents for the ingested epoch'),
      expect.stringContaining('Found 2 documents for the ingested epoch'),
    ]);
    expect(info.epochs).toHaveLength(before.length);
    expect(await everything(folder)).toEqual(before);
    const { problems, ok } = await services.maintenance.check(folder);
    expect(ok).toBe(false);
    expect(
      problems
        .filter(({ code }) => code === 'epoch.ingestedTwice')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(twice.sort());
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
