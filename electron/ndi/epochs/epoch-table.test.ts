import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { documentId, withDependency } from '../../../shared/model/documents.ts';
import { openRecording } from '../../formats/registry.ts';
import { createSession } from '../create-session.ts';
import { addDaqSystem, findDaqSystem, loadDaqSystems } from '../daq/daq-systems.ts';
import { newDocument } from '../documents/build.ts';
import { openSession, type Session } from '../session.ts';
import { cleanUp, fingerprint, temporaryFolder } from '../testing/folders.ts';
import { elementEpochs, elements, newProbe } from './elements.ts';
import { epochTable, findEpoch } from './epoch-table.ts';
import { probes } from './probes.ts';
import { newSubject, subjects } from './subjects.ts';
import { writeEpochFiles } from './write-epochs.ts';

afterAll(cleanUp);

/** Headers as a reader of recordings gives them; only what the epoch table asks for matters. */
function describeAs(samples: number, t0: number): (path: string) => Promise<RecordingInfo> {
  const rate = 20_000;
  const channel = { name: 'ai1', type: 'analog_in', number: 1, label: 'A-000', units: 'uV' } as const;
  return (path) =>
    Promise.resolve({
      kind: 'recording',
      path,
      format: 'x',
      formatName: 'X',
      version: '1',
      files: [path],
      device: 'd',
      startedAt: null,
      segments: [{ start: 0, samples, t0, t1: t0 + (samples - 1) / rate }],
      channels: [{ ...channel, sampleRate: rate, samples, gain: 1, offset: 0 }],
      events: {},
      problems: [],
      why: [],
    });
}

const intan = { name: 'intan1', readerClass: 'ndi.daq.reader.mfdaq.intan', filePatterns: ['#.rhd'] };

function sessionWith(...names: string[]): { session: Session; path: string } {
  const path = temporaryFolder();
  for (const name of names) writeFileSync(join(path, name), '');
  return { session: createSession({ path, reference: 'r' }), path };
}

describe('the epochs of a DAQ system', () => {
  it('get ids and probe maps on disk, read back the same by a read-only session that writes nothing', async () => {
    const { session, path } = sessionWith('t1.rhd', 't2.rhd');
    const system = addDaqSystem(session, intan);
    const row = { name: 'ctx', reference: 1, type: 'n-trode', deviceString: 'intan1:ai1', subject: 'f@lab' };
    const file = join(path, 't1.rhd');
    const ids = writeEpochFiles(session, system, [{ file, probeMap: [row] }]);
    expect(writeEpochFiles(session, system, [])).toEqual(ids);
    const hidden = readdirSync(path).filter((name) => name.endsWith('.ndi') && name !== '.ndi');
    expect(hidden.map((name) => name.replace(/[0-9a-f]{32}/, 'H'))).toEqual([
      '.t1.H.epochid.ndi',
      '.t1.H.epochprobemap.ndi',
      '.t2.H.epochid.ndi',
    ]);
    expect(readFileSync(join(path, hidden[0]!), 'utf8')).toBe(ids.get(file));
    session.close();

    const before = fingerprint(path);
    const reader = openSession(path);
    const { epochs, problems } = await epochTable(reader, findDaqSystem(reader, 'INTAN1'), describeAs(200, 5));
    expect(problems).toEqual([]);
    expect(epochs.map((epoch) => [epoch.number, epoch.epochId, epoch.recordingPath])).toEqual([
      [1, ids.get(file), file],
      [2, ids.get(join(path, 't2.rhd')), join(path, 't2.rhd')],
    ]);
    expect(epochs[0]).toMatchObject({
      clocks: [{ type: 'dev_local_time', t0: 0, t1: 200 / 20_000 - 1 / 20_000 }],
      timeShift: -5,
      probeMap: [row],
      problems: [],
    });
    expect(findEpoch(epochs, ids.get(file)!.toUpperCase()).number).toBe(1);
    expect(() => findEpoch(epochs, 'nope')).toThrow(expect.objectContaining({ code: 'epoch.notFound' }));
    expect(() => writeEpochFiles(reader, system, [])).toThrow(expect.objectContaining({ code: 'path.readOnly' }));
    expect(probes(reader, epochs)).toEqual([
      { name: 'ctx', reference: 1, type: 'n-trode', subject: 'f@lab', id: null, epochIds: [ids.get(file)] },
    ]);
    reader.close();
    expect(fingerprint(path)).toEqual(before);
  });

  it('keep the stamps of Blackrock', async () => {
    const { session, path } = sessionWith('t1.nev', 't1.ns5');
    const system = addDaqSystem(session, {
      name: 'black',
      readerClass: 'ndi.daq.reader.mfdaq.blackrock',
      filePatterns: ['#.nev', '#.ns5'],
    });
    const { epochs } = await epochTable(session, system, describeAs(100, 2.5));
    expect(epochs[0]).toMatchObject({
      recordingPath: join(path, 't1.ns5'),
      clocks: [{ type: 'dev_local_time', t0: 2.5, t1: 2.5 + 99 / 20_000 }],
      timeShift: 0,
    });
    expect(epochs[0]?.problems.map((problem) => problem.code)).toEqual(['epoch.provisional']);
    session.close();
  });

  it('of a reader that is not known are listed, with the reason, and its class name is kept', async () => {
    const { session } = sessionWith('t1.xyz');
    addDaqSystem(session, { name: 'odd', readerClass: 'my.lab.reader', filePatterns: ['#.xyz'] });
    const [system] = loadDaqSystems(session).systems;
    expect(system?.readerClass).toBe('my.lab.reader');
    const { epochs } = await epochTable(session, system!, describeAs(1, 0));
    expect(epochs).toHaveLength(1);
    expect(epochs[0]?.recordingPath).toBe(null);
    expect(epochs[0]?.clocks[0]?.type).toBe('no_time');
    expect(epochs[0]?.problems.map((problem) => problem.message).join()).toContain('my.lab.reader');
    session.close();
  });

  it('with a broken probe map, a missing reader document or bad patterns stay a problem of their own', async () => {
    const { session, path } = sessionWith('t1.rhd', 't1.txt');
    const system = addDaqSystem(session, { ...intan, filePatterns: ['#.rhd', '#.txt'], probeMapPatterns: ['#.txt'] });
    writeFileSync(join(path, 't1.txt'), 'name\treference\n');
    const { epochs } = await epochTable(session, system, describeAs(1, 0));
    expect(epochs[0]?.problems.some((problem) => /column/.test(problem.message))).toBe(true);
    const reader = newDocument('daqreader', {});
    const navigator = newDocument('filenavigator', { 'filenavigator.fileparameters': '{ nonsense }' });
    const broken = withDependency(
      withDependency(newDocument('daqsystem', { 'base.name': 'broken' }), 'filenavigator_id', documentId(navigator)),
      'daqreader_id',
      documentId(reader),
    );
    session.addDocuments([reader, navigator, broken]);
    const loaded = loadDaqSystems(session);
    expect(loaded.systems.map((one) => one.name)).toEqual(['intan1']);
    expect(loaded.problems[0]?.message).toContain('broken');
    const globbed = addDaqSystem(session, { ...intan, name: 'glob', filePatterns: ['*.rhd'] });
    expect((await epochTable(session, globbed, describeAs(1, 0))).problems[0]?.message).toContain('*.rhd');
    session.close();
  });

  it('are refused where a DAQ system cannot be made', () => {
    const { session } = sessionWith();
    addDaqSystem(session, intan);
    const add = (changes: object) => () => addDaqSystem(session, { ...intan, ...changes });
    expect(add({ name: 'INTAN1' })).toThrow(expect.objectContaining({ code: 'document.duplicate' }));
    expect(add({ name: 'a b' })).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
    expect(add({ name: 'x', filePatterns: ["it's"] })).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
    session.close();
  });

  it('that were ingested come from the database, with their clocks', async () => {
    const { session } = sessionWith();
    const system = addDaqSystem(session, intan);
    const files = withDependency(
      newDocument('epochfiles_ingested', {
        'epochfiles_ingested.epoch_id': 'e1',
        'epochfiles_ingested.files': ['epochid://e1', '/old/a.rhd'],
        'epochfiles_ingested.epochprobemap':
          'name\treference\ttype\tdevicestring\tsubjectstring\nctx\t1\tn-trode\tintan1:ai1\tf@lab\n',
      }),
      'filenavigator_id',
      system.navigator.id,
    );
    session.addDocuments([files]);
    const { epochs } = await epochTable(session, system, describeAs(1, 0));
    expect(epochs).toHaveLength(1);
    expect(epochs[0]).toMatchObject({ epochId: 'e1', files: ['/old/a.rhd'], clocks: [{ type: 'no_time' }] });
    expect(epochs[0]?.probeMap[0]?.name).toBe('ctx');
    session.close();
  });
});

describe('probes, elements and subjects', () => {
  it('are written as NDI stores them and read back', () => {
    const { session } = sessionWith();
    const subject = newSubject('f@lab', 'a ferret');
    const probe = newProbe({ name: 'ctx', reference: 1, type: 'n-trode', subjectId: documentId(subject) });
    const unit = withDependency(
      withDependency(
        newDocument('element', {
          'element.ndi_element_class': 'ndi.neuron',
          'element.name': 'unit',
          'element.reference': 1,
          'element.type': 'spikes',
        }),
        'subject_id',
        documentId(subject),
      ),
      'underlying_element_id',
      documentId(probe),
    );
    const epoch = withDependency(
      newDocument('element_epoch', {
        'element_epoch.epoch_clock': 'dev_local_time,utc',
        'element_epoch.t0_t1': [
          [0, 100],
          [5, 105],
        ],
        'epochid.epochid': 'e1',
      }),
      'element_id',
      documentId(unit),
    );
    session.addDocuments([subject, probe, unit, epoch]);
    expect(subjects(session)).toEqual([{ id: documentId(subject), localIdentifier: 'f@lab', description: 'a ferret' }]);
    const [first, second] = elements(session);
    expect(first).toMatchObject({ className: 'ndi.probe.timeseries.mfdaq', direct: true, underlyingId: '' });
    expect(second).toMatchObject({ name: 'unit', direct: false, underlyingId: documentId(probe) });
    expect(elementEpochs(session, second!)[0]?.clocks).toEqual([
      { type: 'dev_local_time', t0: 0, t1: 5 },
      { type: 'utc', t0: 100, t1: 105 },
    ]);
    expect(probes(session, [])).toEqual([
      { name: 'ctx', reference: 1, type: 'n-trode', subject: 'f@lab', id: documentId(probe), epochIds: [] },
    ]);
    expect(() => newSubject('nobody')).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
    session.close();
  });
});

describe.skipIf(!hasFixtures)('a session on real recordings', () => {
  it('lists an epoch for each, whatever their headers say', async () => {
    const path = temporaryFolder();
    mkdirSync(join(path, 'day one'));
    const source = fixturePath('hardware', 'intan-rhd', 'synthetic');
    for (const name of ['v1.0.rhd', 'v3.2_truncated.rhd']) cpSync(join(source, name), join(path, 'day one', name));
    const session = createSession({ path, reference: 'real' });
    const system = addDaqSystem(session, intan);
    // eslint-disable-next-line @typescript-eslint/require-await -- a fault must arrive as a rejection, as from a worker
    const open = async (file: string): Promise<RecordingInfo> => openRecording(file).info;
    const { epochs } = await epochTable(session, system, open);
    expect(epochs).toHaveLength(2);
    const stated = JSON.parse(readFileSync(join(source, 'v1.0.rhd.expected.json'), 'utf8')) as {
      n_samples: number;
      duration_s: number;
    };
    const rate = stated.n_samples / stated.duration_s;
    expect(epochs[0]?.clocks).toEqual([{ type: 'dev_local_time', t0: 0, t1: stated.n_samples / rate - 1 / rate }]);
    expect(epochs[1]?.recordingPath === null || epochs[1]!.clocks[0]!.t1 > 0).toBe(true);
    session.close();
  });
});
