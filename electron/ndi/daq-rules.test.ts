import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseDeviceString } from '../../shared/model/device-string.ts';
import {
  documentClass,
  documentId,
  type NdiDocument,
  valueAt,
  withDependency,
  withValues,
} from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { frameNear, noRaster, pixelTime } from '../../shared/model/raster.ts';
import { madeTiff } from '../formats/images/testing/made-images.ts';
import { probeClass, probeTypes } from '../../shared/model/probe-types.ts';
import { createSession } from './create-session.ts';
import { addDaqSystem, findDaqSystem, type NewDaqSystem, newDaqSystemDocuments } from './daq/daq-systems.ts';
import { epochMetadata } from './daq/metadata/epoch-metadata.ts';
import { findEpochFiles, type Navigator } from './daq/navigator.ts';
import { newDocument } from './documents/build.ts';
import { ElementTables } from './epochs/element-signals.ts';
import { newProbe, readElements } from './epochs/elements.ts';
import type { Epoch } from './epochs/epoch.ts';
import { epochTable } from './epochs/epoch-table.ts';
import { newElement, newElementEpoch } from './epochs/new-element.ts';
import { probes } from './epochs/probes.ts';
import { newSubject } from './epochs/subjects.ts';
import { writeEpochFiles } from './epochs/write-epochs.ts';
import type { Session } from './session.ts';
import { rewriteJson } from './testing/database-file.ts';
import { cleanUp, temporaryFolder } from './testing/folders.ts';

/** What the reference says of epochs, DAQ systems, probes and elements, rule by rule, by its section. */

afterAll(cleanUp);

const intan: NewDaqSystem = { name: 'intan1', readerClass: 'ndi.daq.reader.mfdaq.intan', filePatterns: ['#.rhd'] };

function sessionWith(...names: string[]): Session {
  const path = temporaryFolder();
  for (const name of names) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), '');
  }
  return createSession({ path, reference: 'rules' });
}

/** Nothing is known of a recording: only its epochs matter here. */
const undescribed = () => Promise.reject(new NdiError({ code: 'format.unknown', message: 'Empty.', recovery: '' }));

const navigator = (className: string, ...filePatterns: string[]): Navigator => ({
  ...{ id: 'n', className, filePatterns, filePatternText: '', probeMapClass: '', probeMapPatterns: [] },
});

/** The document of an epoch whose files were taken into the database. */
function ingestedFiles(navigatorId: string, epochId: string, map = ''): NdiDocument {
  const document = newDocument('epochfiles_ingested', {
    'epochfiles_ingested.epoch_id': epochId,
    'epochfiles_ingested.files': [`epochid://${epochId}`, `/old/${epochId}.rhd`],
    'epochfiles_ingested.epochprobemap': map,
  });
  return withDependency(document, 'filenavigator_id', navigatorId);
}

const epochOf = (device: string, epochId: string, rows: Epoch['probeMap']): Epoch => ({
  ...{ epochId, number: 1, device, files: [], clocks: [], timeShift: 0, problems: [], recordingPath: null },
  probeMap: rows,
});

describe('file navigators', () => {
  it('3.2 and 3.5: epochdir looks in the folders of the session and not deeper, in order of their names', () => {
    const { path } = sessionWith('b/x.rhd', 'a/x.rhd', 'a/deep/x.rhd', 'x.rhd', 'c/.x.rhd');
    const { epochs } = findEpochFiles(path, navigator('ndi.file.navigator.epochdir', '#.rhd'));
    expect(epochs.map(({ epochId, files }) => [epochId, relative(path, files[0] ?? '')])).toEqual([
      ['a', join('a', 'x.rhd')],
      ['b', join('b', 'x.rhd')],
    ]);
  });

  it('3.3: what # binds first is kept for all patterns, also where the first pattern has none', () => {
    const { path } = sessionWith('reference.txt', 'a.rhd', 'a.map', 'b.rhd', 'b.map');
    const { epochs } = findEpochFiles(path, navigator('ndi.file.navigator', 'reference.txt', '#.rhd', '#.map'));
    expect(epochs.map(({ files }) => files.map((file) => relative(path, file)).join(' '))).toEqual([
      'reference.txt a.rhd a.map',
      'reference.txt b.rhd b.map',
    ]);
  });

  it('3.5: rhd_series looks in the session’s folder only, and drops a series without all its files', () => {
    const { path } = sessionWith(
      'm_240101_120001.rhd',
      'm_240101_120000.rhd',
      'm.map',
      'n_240101_120000.rhd',
      'd/m_240101_110000.rhd',
    );
    const series = navigator('ndi.file.navigator.rhd_series', String.raw`#_\d{6}_\d{6}\.rhd\>`, String.raw`#\.map\>`);
    const { epochs } = findEpochFiles(path, series);
    expect(epochs.map(({ epochId, files }) => [epochId, files.map((file) => relative(path, file))])).toEqual([
      ['m', ['m_240101_120000.rhd', 'm.map']],
    ]);
  });

  it('3.7: with ingested epochs the table is the union in order of ids, and what was ingested goes before its files', async () => {
    const session = sessionWith('one.rhd', 'two.rhd');
    const system = addDaqSystem(session, intan);
    const ids = { [join(session.path, 'one.rhd')]: 'epoch_c', [join(session.path, 'two.rhd')]: 'epoch_b' };
    writeEpochFiles(
      session,
      system,
      Object.entries(ids).map(([file, epochId]) => ({ file, epochId })),
    );
    const listed = async () => {
      const { epochs } = await epochTable(session, system, undescribed);
      return epochs.map(({ number, epochId, files }) => [number, epochId, relative(session.path, files[0] ?? '')]);
    };
    expect(await listed()).toEqual([
      [1, 'epoch_c', 'one.rhd'],
      [2, 'epoch_b', 'two.rhd'],
    ]);
    session.addDocuments(['epoch_d', 'epoch_b', 'epoch_a'].map((id) => ingestedFiles(system.navigator.id, id)));
    expect(await listed()).toEqual([
      [1, 'epoch_a', relative(session.path, '/old/epoch_a.rhd')],
      [2, 'epoch_b', relative(session.path, '/old/epoch_b.rhd')],
      [3, 'epoch_c', 'one.rhd'],
      [4, 'epoch_d', relative(session.path, '/old/epoch_d.rhd')],
    ]);
    session.close();
  });
});

describe('DAQ systems', () => {
  it('6.1: are written as file navigator, reader, metadata readers and the system that depends on them', () => {
    const documents = newDaqSystemDocuments({
      ...{
        name: 'rig',
        readerClass: 'ndi.daq.reader.mfdaq.ndr',
        readerArgument: 'abf',
        filePatterns: ['#.abf', '#.tsv'],
      },
      probeMapPatterns: ['#.map'],
      metadataReaders: ['a', 'b'].map((parameter) => ({ class: 'ndi.daq.metadatareader', parameter })),
    });
    expect(documents.map(documentClass)).toEqual([
      ...['filenavigator', 'daqreader_ndr', 'daqmetadatareader', 'daqmetadatareader', 'daqsystem'],
    ]);
    const [files, reader, first, second, system] = documents;
    expect(files?.['filenavigator']).toEqual({
      ndi_filenavigator_class: 'ndi.file.navigator',
      fileparameters: "{ '#.abf', '#.tsv' }",
      epochprobemap_class: 'ndi.epoch.epochprobemap_daqsystem',
      epochprobemap_fileparameters: "{ '#.map' }",
    });
    expect(reader?.['daqreader_ndr']).toEqual({
      ndi_daqreader_ndr_class: 'ndi.daq.reader.mfdaq.ndr',
      ndr_reader_string: 'abf',
    });
    expect(second?.['daqmetadatareader']).toEqual({
      ndi_daqmetadatareader_class: 'ndi.daq.metadatareader',
      tab_separated_file_parameter: 'b',
    });
    expect(system?.['daqsystem']).toEqual({ ndi_daqsystem_class: 'ndi.daq.system.mfdaq' });
    // The second place is the blank one of the document type, which NDI leaves in front of the numbered ones.
    const ids = [files, reader, null, first, second].map((one) =>
      one === null || one === undefined ? '' : documentId(one),
    );
    const names = ['filenavigator_id', 'daqreader_id', ...['', '_1', '_2'].map((end) => `daqmetadatareader_id${end}`)];
    expect(system?.['depends_on']).toEqual(names.map((name, at) => ({ name, value: ids[at] })));
  });

  it('6.2: have names of their own, whatever the case', () => {
    const session = sessionWith();
    addDaqSystem(session, intan);
    expect(() => addDaqSystem(session, { ...intan, name: 'Intan1' })).toThrow(/already has a DAQ system/);
    expect(findDaqSystem(session, 'INTAN1').name).toBe('intan1');
    expect(() => findDaqSystem(session, 'intan')).toThrow(expect.objectContaining({ code: 'epoch.notFound' }));
    session.close();
  });

  it('6.4: metadata channel n is metadata reader n, and no other number is', () => {
    const session = sessionWith('t.rhd', 'stim.tsv');
    writeFileSync(join(session.path, 'stim.tsv'), 'STIMID\tml\n1\t0.5\n');
    const system = addDaqSystem(session, {
      ...intan,
      metadataReaders: ['nothing', 'STIM'].map((parameter) => ({ class: 'ndi.daq.metadatareader', parameter })),
    });
    const files = ['t.rhd', 'stim.tsv'].map((name) => join(session.path, name));
    const epoch = { epochId: 'e', files, recordingPath: null, problems: [] };
    expect(epochMetadata(session, system, epoch, 2)).toEqual([{ STIMID: 1, ml: 0.5 }]);
    expect(() => epochMetadata(session, system, epoch, 1)).toThrow(/None of the epoch's files fits nothing/);
    for (const number of [0, 3]) expect(() => epochMetadata(session, system, epoch, number)).toThrow(/out of range/);
    session.close();
  });

  const scope = {
    ...{ name: 'scope', readerClass: 'ndi.daq.reader.image.ndr', filePatterns: ['#.tif'] },
    systemClass: 'ndi.daq.system.image',
  };

  it('10: an image DAQ system tells frames and clock; without times there is none', async () => {
    const session = sessionWith();
    const page = Array.from({ length: 12 }, (_, at) => at);
    for (const name of ['movie.tif', 'stack.tif']) {
      writeFileSync(join(session.path, name), madeTiff({ width: 4, height: 3, pages: [page, page, page] }));
    }
    writeFileSync(join(session.path, 'movie_frametimes.txt'), '100\n100.05\n100.1\n');
    const system = addDaqSystem(session, { ...scope, readerArgument: 'tiffstack' });
    const { epochs } = await epochTable(session, system, undescribed);
    expect(epochs).toMatchObject([
      { clocks: [{ type: 'dev_local_time', t0: 100, t1: 100.1 }], recordingPath: null },
      { clocks: [{ type: 'no_time' }], recordingPath: null },
    ]);
    expect(epochs.map(({ images }) => [...(images?.times ?? [])])).toEqual([[100, 100.05, 100.1], []]);
    session.close();
  });

  it('10: what NDI-matlab reads through NANSEN says so', async () => {
    const session = sessionWith('t.tif');
    const system = addDaqSystem(session, { ...scope, readerArgument: 'nansen' });
    const { epochs } = await epochTable(session, system, undescribed);
    expect(epochs).toMatchObject([{ clocks: [{ type: 'no_time' }], recordingPath: null }]);
    expect(epochs[0]?.problems.map(({ message }) => message).join()).toMatch(
      /NANSEN: .* are listed.* frames are not read/,
    );
    session.close();
  });

  it('10: lines and pixels have times of their own, rows that are scanned backwards too', () => {
    const raster = { ...noRaster, linePeriodSec: 0.001, dwellTimeSec: 1e-6, bidirectional: true };
    expect(pixelTime(raster, 5, 0, 3, 10)).toBeCloseTo(5 + 3e-6, 12);
    expect(pixelTime(raster, 5, 1, 3, 10)).toBeCloseTo(5.001 + 6e-6, 12);
    expect(pixelTime({ ...raster, dwellTimeSec: null }, 5, 2, 3, 10)).toBeCloseTo(5.002, 12);
    expect(pixelTime(noRaster, 5, 2, 3, 10)).toBe(5);
  });

  it('10: a time means the nearest frame', () => {
    const times = [100, 100.05, 100.1];
    expect([99, 100.02, 100.03, 1e9, -Infinity].map((time) => frameNear(times, time))).toEqual([0, 0, 1, 2, 0]);
    expect(frameNear([], 1)).toBeNull();
  });
});

describe('probes', () => {
  it('14.1: have the class of their type, which is spelled exactly', () => {
    expect(['n-trode', 'electrode-1', 'electrode-32', 'sharp-Im', 'ppg', 'lick-spout'].map(probeClass)).toEqual(
      Array.from({ length: 6 }, () => 'ndi.probe.timeseries.mfdaq'),
    );
    expect(probeClass('two-photon-imaging')).toBe('ndi.probe.image');
    expect(probeClass('event')).toBe('ndi.probe.timeseries.stimulator');
    expect(['N-trode', 'electrode-', 'electrode-x', 'tetrode', ''].map(probeClass)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(probeTypes).toHaveLength(24);
  });

  it('14.2: a probe that a map names is the stored one where subject, name, reference and type are', () => {
    const session = sessionWith();
    const subject = newSubject('a@lab');
    const stored = newProbe({ name: 'ctx', reference: 1, type: 'n-trode', subjectId: documentId(subject) });
    session.addDocuments([subject, stored]);
    const row = { name: 'ctx', reference: 1, type: 'n-trode', deviceString: 'Rig:ai1', subject: 'a@lab' };
    const found = probes(session, [
      epochOf('rig', 'e1', [row, { ...row, subject: 'b@lab' }]),
      // Named by the document of the subject, with another case of the type.
      epochOf('rig', 'e2', [{ ...row, type: 'N-TRODE', subject: documentId(subject) }]),
      // The row is about another device; the name is spelled otherwise.
      epochOf('other', 'e3', [row]),
      epochOf('rig', 'e4', [{ ...row, name: 'CTX' }]),
    ]);
    expect(found.map(({ id, subject: of, epochIds }) => [id !== null, of, epochIds])).toEqual([
      [true, 'a@lab', ['e1', 'e2']],
      [false, 'b@lab', ['e1']],
      [false, 'a@lab', ['e4']],
    ]);
    session.close();
  });

  it('14.4: channels of several rows come in the order of the rows, doubles and all', () => {
    const session = sessionWith();
    const row = { name: 'ctx', reference: 1, type: 'n-trode', subject: 'a@lab' };
    const map = ['rig:ai3,1-2', 'rig:ai3'].map((deviceString) => ({ ...row, deviceString }));
    const [probe] = new ElementTables(session, [epochOf('rig', 'e1', map)]).all();
    expect(probe?.epochs[0]?.held).toMatchObject({ channels: ['ai3', 'ai1', 'ai2', 'ai3'] });
    session.close();
  });

  it('5.2 and 7.1: a threshold belongs to analog events; where none is named it is 0', () => {
    const session = sessionWith();
    const map = ['rig:aep1-2_t2.5;ae3'].map((deviceString) => {
      return { name: 'x', reference: 0, type: 'event', deviceString, subject: 'a@lab' };
    });
    const [probe] = new ElementTables(session, [epochOf('rig', 'e1', map)]).all();
    expect(probe?.epochs[0]?.held).toMatchObject({ channels: ['aep1_t2.5', 'aep2_t2.5', 'aep3'] });
    expect(parseDeviceString('rig:aep1').channels).toEqual([{ type: 'aep', number: 1 }]);
    session.close();
  });
});

describe('elements', () => {
  const elementOf = (subjectId: string, direct: string | number | boolean, name: string) =>
    withValues(
      newElement({ ...{ name, reference: 1, type: 'spikes', className: 'ndi.neuron' }, subjectId, underlyingId: '' }),
      { 'element.direct': direct },
    );

  it('15.1: are direct by a logical value, a number or a text, and another text is told', () => {
    const session = sessionWith();
    const subject = newSubject('a@lab');
    const values = [true, 1, 'true', '1', false, 0, 'false', '0', '', 'yes'];
    const documents = values.map((value, at) => elementOf(documentId(subject), value, `e${at}`));
    session.addDocuments([subject, ...documents.map((document) => withValues(document, { 'element.direct': 0 }))]);
    for (const document of documents) {
      // As other programs have stored it.
      const id = documentId(document);
      const stored = withValues(session.document(id), {
        'element.direct': valueAt(document, 'element.direct') ?? null,
      });
      rewriteJson(session.path, id, JSON.stringify(stored));
    }
    const { elements, problems } = readElements(session);
    const byName = elements.toSorted((a, b) => Number(a.name.slice(1)) - Number(b.name.slice(1)));
    expect(byName.map(({ direct }) => direct)).toEqual([
      true,
      true,
      true,
      true,
      ...Array.from({ length: 6 }, () => false),
    ]);
    expect(problems.map(({ message }) => message).join()).toMatch(/e9 \| 1 says “yes” of whether it is direct/);
    session.close();
  });

  it('15.2: an indirect element has the epochs that it shares with the one below, by ids; else its own, as stored', () => {
    const session = sessionWith();
    const subject = newSubject('a@lab');
    const subjectId = documentId(subject);
    const probe = newProbe({ name: 'ctx', reference: 1, type: 'n-trode', subjectId });
    const clocks = [{ type: 'dev_local_time', t0: 0, t1: 1 }] as const;
    const unit = (name: string, own: readonly string[]) => {
      const element = newElement({
        ...{ name, reference: 1, type: 'spikes', className: 'ndi.neuron', subjectId },
        underlyingId: documentId(probe),
      });
      const elementId = documentId(element);
      return [element, ...own.map((epochId) => newElementEpoch({ elementId, epochId, clocks, file: null }))];
    };
    session.addDocuments([subject, probe, ...unit('shares', ['e3', 'x', 'e1']), ...unit('alone', ['z', 'y'])]);
    const row = { name: 'ctx', reference: 1, type: 'n-trode', deviceString: 'rig:ai1', subject: 'a@lab' };
    const tables = new ElementTables(
      session,
      ['e1', 'e2', 'e3'].map((id) => epochOf('rig', id, [row])),
    );
    const epochIds = (name: string) => tables.find(name).epochs.map(({ epochId }) => epochId);
    expect(epochIds('shares')).toEqual(['e1', 'e3']);
    expect(epochIds('alone').sort()).toEqual(['y', 'z']);
    expect(valueAt(probe, 'element.direct')).toBe(1);
    session.close();
  });
});
