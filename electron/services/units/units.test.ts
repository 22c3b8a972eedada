import { cpSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timeOnLines } from '../../../shared/model/clock-lines.ts';
import { documentId, textOf, valueAt, withDependency } from '../../../shared/model/documents.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { openSession } from '../../ndi/session.ts';
import { makeDemo } from '../demo/demo.ts';
import { planExperiment } from '../demo/plan.ts';
import { experimentTruth } from '../demo/truth.ts';
import { newFolder, removeFolders } from '../imports/testing/made-recordings.ts';
import { createServices, type Services } from '../services.ts';

const SEED = 11;
const truth = experimentTruth(planExperiment(SEED));
let services: Services;
let path: string;

beforeAll(async () => {
  services = createServices({ door: 'cli', dataFolder: newFolder() });
  path = join(newFolder(), 'sorted');
  await makeDemo(services, { folder: path, seed: SEED });
});
afterAll(() => services.close().finally(removeFolders));

const intan = (epoch: string) => ({ path, device: 'intan1', epoch });
const blackrock = (epoch: string) => ({ path, device: 'blackrock1', epoch });
const ofDevice = (device: string) => truth.units.filter((unit) => unit.device === device);

describe('units of the sample session', () => {
  it('are the planted cells: neurons of the first device, the second by its own sorting', async () => {
    const { units, problems } = await services.units.list({ source: intan('1') });
    expect(problems).toEqual([]);
    expect(units.map(({ name, origin, device, carried, spikes }) => [name, origin, device, carried, spikes])).toEqual([
      ...ofDevice('intan1').map((unit) => {
        return [unit.sortedAs.neuron, 'neuron', 'intan1', false, unit.spikes[0]?.times.length];
      }),
      ...ofDevice('blackrock1').map((unit, index) => {
        return [`elec${[1, 3][index]} unit 1`, 'device', 'blackrock1', true, unit.spikes[0]?.times.length];
      }),
    ]);
    expect(units.map(({ channels: [first] }) => first)).toEqual(
      truth.units.map(({ channels }) => channels.reduce((a, b) => (b.microvolts > a.microvolts ? b : a)).name),
    );
    expect(units[0]).toMatchObject({ quality: 'good', probe: 'cortex | 1' });
  });

  it('have their spikes where the truth says, on the clock that is looked at', async () => {
    const { units } = await services.units.list({ source: intan('2') });
    const times = await services.units.times({ source: intan('2'), from: -1e6, to: 1e6 });
    expect(times.map(({ id }) => id)).toEqual(units.map(({ id }) => id));
    ofDevice('intan1').forEach((unit, index) => expect(times[index]?.times).toEqual(unit.spikes[1]?.times));
    // The clocks drift apart: to the first device by the planted line, within a sample of the second.
    const { scale, offset } = truth.epochs[1]!.clocks.blackrock1;
    const carried = ofDevice('blackrock1')[0]?.spikes[1]?.times.map((time) => (time - offset) / scale) ?? [];
    times[6]?.times.forEach((time, index) => expect(Math.abs(time - carried[index]!)).toBeLessThan(1 / 20_000));
    expect(times[6]?.times).toHaveLength(carried.length);
  });

  it('of the first device are carried to the second, over the jump of its clock', async () => {
    const source = blackrock('3');
    const { units } = await services.units.list({ source });
    const unit = units.find(({ name }) => name === 'cortex_1_3')!;
    expect([unit.carried, unit.errorSec !== null]).toEqual([true, true]);
    const [found] = await services.units.times({ source, units: [unit.id], from: -1e6, to: 1e6 });
    const { lines } = await services.sync.signalTimes({
      source: intan('3'),
      to: { device: 'blackrock1', clock: 'dev_local_time' },
    });
    expect(lines.length).toBeGreaterThan(1);
    const own = truth.units[2]!.spikes[2]!.times;
    expect(found?.times).toEqual(own.flatMap((time) => timeOnLines(lines, time) ?? []));
  });

  it('are told one a column, and counted', async () => {
    const source = intan('1');
    const { units } = await services.units.list({ source });
    const ids = units.slice(0, 2).map(({ id }) => id);
    const frame = await services.units.spikes({ source, units: ids, t0: 0, t1: 16, columns: 100 });
    frame.header.units.forEach(({ at, count, total }, index) => {
      const all = truth.units[index]!.spikes[0]!.times;
      expect(total).toBe(all.length);
      const columns = new Set(all.map((time) => Math.floor(time / 0.16)));
      expect(Array.from(frame.times.subarray(at, at + count), (time) => Math.floor(time / 0.16))).toEqual([...columns]);
    });
  });

  it('are stepped through, forwards and back', async () => {
    const source = intan('1');
    const { units } = await services.units.list({ source });
    const ids = units.slice(0, 2).map(({ id }) => id);
    const all = truth.units
      .slice(0, 2)
      .flatMap(({ spikes }) => spikes[0]!.times)
      .sort((a, b) => a - b);
    const first = await services.units.next({ source, units: ids, time: -1 });
    expect(first?.time).toBe(all[0]);
    const second = await services.units.next({ source, units: ids, time: all[0]! });
    expect(second?.time).toBe(all.find((time) => time > all[0]! + 1e-9));
    expect(await services.units.next({ source, units: ids, time: all[0]!, back: true })).toBeNull();
    expect((await services.units.next({ source, units: ids, time: 99, back: true }))?.time).toBe(all.at(-1));
    await expect(services.units.next({ source, units: ['neuron:none'], time: 0 })).rejects.toMatchObject({
      code: 'channel.notFound',
    });
  });

  it('have the planted waveform, averaged from the recording', async () => {
    const source = intan('1');
    const { units } = await services.units.list({ source });
    for (const [index, unit] of units.slice(0, 6).entries()) {
      const shape = await services.units.waveform({ source, unit: unit.id });
      const [own] = shape.channels;
      expect(own?.name).toBe(unit.channels[0]);
      // A spike at the end of the recording has not all its samples.
      expect(shape.spikes).toBeGreaterThanOrEqual(78);
      const trough = Math.min(...own!.values);
      const at = shape.startSec + own!.values.indexOf(trough) / shape.sampleRate;
      expect(Math.abs(at)).toBeLessThan(1.5 / shape.sampleRate);
      const planted = Math.max(...truth.units[index]!.channels.map(({ microvolts }) => microvolts));
      expect(-trough / planted).toBeGreaterThan(0.7);
      expect(-trough / planted).toBeLessThan(1.2);
    }
    const cancelled = services.units.waveform({ source, unit: units[0]!.id }, AbortSignal.abort());
    await expect(cancelled).rejects.toThrow();
  });
});

describe('what other sorters left', () => {
  /** A copy of the session, and the place of the second device's probe in it. */
  function copied(name: string) {
    const copy = join(newFolder(), name);
    cpSync(path, copy, { recursive: true });
    const session = openSession(copy);
    const documents = session.documents({ isa: 'element' }).map((entry) => session.read(entry));
    session.close();
    const probe = documents.find((document) => textOf(valueAt(document, 'element.name')) === 'thalamus')!;
    return { copy, probeId: documentId(probe), source: { path: copy, device: 'blackrock1', epoch: '2' } };
  }
  const named = (units: readonly { name: string; origin: string }[], origin: string) =>
    units.filter((unit) => unit.origin === origin).map(({ name }) => name);

  it('shows clusters of NDI’s sorter that are no neurons, each epoch its part of the list', async () => {
    const { copy, probeId, source } = copied('clusters');
    const info = await services.items.info(copy);
    if (info.kind !== 'session') throw new Error('The copy is a session.');
    const ids = info.epochs.filter(({ device }) => device === 'blackrock1').map(({ epochId }) => epochId);
    const place = join(copy, 'made');
    mkdirSync(place);
    const extraction = newDocument('spike_extraction_parameters', { 'base.name': 'default' });
    const sorting = newDocument('sorting_parameters');
    const parameters = 'extraction_parameters_id';
    const waves = ids.slice(0, 2).map((epochId, at) => {
      const file = join(place, `spiketimes${at}.bin`);
      writeFileSync(file, Buffer.from(Float32Array.of(1, 2, 3.5, 4).buffer));
      const shapes = join(place, `spikewaves${at}.vsw`);
      writeFileSync(shapes, Buffer.alloc(512));
      const document = newDocument('spikewaves', { 'epochid.epochid': epochId });
      const filled = withFile(withFile(document, 'spiketimes.bin', file), 'spikewaves.vsw', shapes);
      return withDependency(withDependency(filled, 'element_id', probeId), parameters, documentId(extraction));
    });
    const numbers = join(place, 'spike_cluster.bin');
    writeFileSync(numbers, Buffer.from(Uint16Array.of(1, 1, 1, 1, 2, 3, 2, 1).buffer));
    const clusters = newDocument('spike_clusters', {
      'spike_clusters.epoch_info': { EpochStartSamples: [1, 5], EpochNames: ids.slice(0, 2) },
      'spike_clusters.clusterinfo': [
        {
          number: 1,
          qualitylabel: 'Good',
          number_of_spikes: 5,
          meanshape: [],
          EpochStart: ids[0] ?? '',
          EpochStop: '',
        },
        {
          number: 2,
          qualitylabel: 'Multi-unit',
          number_of_spikes: 2,
          // Samples by channels: largest on the third, then the first.
          meanshape: [
            [0, 0, 0],
            [-5, -1, -9],
          ],
          EpochStart: '',
          EpochStop: '',
        },
        { number: 3, qualitylabel: 'Not useable', number_of_spikes: 1, meanshape: [], EpochStart: '', EpochStop: '' },
      ],
      'spike_clusters.waveform_sample_times': [0, 1],
    });
    const linked = waves.reduce(
      (document, wave, at) => withDependency(document, `spikewaves_doc_id_${at + 1}`, documentId(wave)),
      withDependency(
        withDependency(
          withDependency(withFile(clusters, 'spike_cluster.bin', numbers), 'element_id', probeId),
          parameters,
          documentId(extraction),
        ),
        'sorting_parameters_id',
        documentId(sorting),
      ),
    );
    const writer = openSession(copy, { writable: true });
    writer.addDocuments([extraction, sorting, ...waves, linked]);
    writer.close();
    const { units } = await services.units.list({ source });
    expect(named(units, 'clusters').sort()).toEqual(['thalamus cluster 1', 'thalamus cluster 2']);
    const chosen = units.filter(({ origin }) => origin === 'clusters').sort((a, b) => (a.name < b.name ? -1 : 1));
    const times = await services.units.times({ source, units: chosen.map(({ id }) => id), from: 0, to: 100 });
    expect(times.map((one) => one.times)).toEqual([[4], [1, 3.5]]);
    expect(chosen.map(({ quality }) => quality)).toEqual(['Good', 'Multi-unit']);
    expect(chosen.map(({ channels }) => channels)).toEqual([[], ['ai3', 'ai1']]);
  });

  it('shows a folder of Kilosort where NDI keeps it, its samples counted over all epochs', async () => {
    const { copy, source } = copied('folder');
    const folder = join(copy, 'kilosort', 'thalamus_1', 'kilosort_output');
    mkdirSync(folder, { recursive: true });
    const [first] = truth.epochs.map(({ clocks }) => clocks.blackrock1.samples);
    const samples = [10, first! - 1, first!, first! + 300, first! + 300_000];
    writeFileSync(join(folder, 'spike_times.npy'), npy(samples, 'i8'));
    writeFileSync(join(folder, 'spike_clusters.npy'), npy([4, 4, 4, 5, 6], 'i8'));
    writeFileSync(join(folder, 'spike_templates.npy'), npy([0, 0, 0, 0, 1], 'i8'));
    // Two templates of two samples on three channels: the largest is the second channel, then the third.
    writeFileSync(join(folder, 'templates.npy'), npy([0, 5, 1, 0, -5, -9, 0, 0, 4, 1, 0, -4], 'f4', '(2, 2, 3)'));
    writeFileSync(join(folder, 'channel_positions.npy'), npy([0, 0, 0, 40, 0, 80], 'f8', '(3, 2)'));
    writeFileSync(join(folder, 'cluster_group.tsv'), 'cluster_id\tgroup\n4\tgood\n6\tnoise\n');
    const { units } = await services.units.list({ source });
    const found = units.filter(({ origin }) => origin === 'folder');
    expect(found.map(({ name, quality, channels, depth }) => [name, quality, channels, depth])).toEqual([
      ['thalamus 4', 'good', ['ai2', 'ai3'], 40],
      ['thalamus 5', '', ['ai2', 'ai3'], 40],
    ]);
    // Somebody curates: the next question sees it.
    writeFileSync(join(folder, 'cluster_group.tsv'), 'cluster_id\tgroup\n4\tmua\n');
    utimesSync(join(folder, 'cluster_group.tsv'), 1, 1);
    const curated = (await services.units.list({ source })).units.filter(({ origin }) => origin === 'folder');
    expect(curated.map(({ name, quality }) => [name, quality])).toEqual([
      ['thalamus 4', 'mua'],
      ['thalamus 5', ''],
      ['thalamus 6', ''],
    ]);
    const times = await services.units.times({ source, units: found.map(({ id }) => id), from: 0, to: 100 });
    const start = truth.epochs[1]!.clocks.blackrock1.firstSample;
    expect(times.map((one) => one.times.map((time) => Math.round((time - start) * 30_000)))).toEqual([[0], [300]]);
  });

  it('tells of a sorting that cannot be read, and shows the others', async () => {
    const { copy, source } = copied('damaged');
    const folder = join(copy, 'kilosort', 'thalamus_1');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'spike_times.npy'), npy([1, 2], 'i8'));
    writeFileSync(join(folder, 'spike_clusters.npy'), 'no array');
    const { units, problems } = await services.units.list({ source });
    expect(problems.map(({ code }) => code)).toEqual(['format.truncated']);
    expect(named(units, 'device')).toHaveLength(2);
  });
});

/** A NumPy array, little-endian. */
function npy(values: readonly number[], type: 'i8' | 'f4' | 'f8', shape = `(${values.length},)`): Buffer {
  const head = Buffer.alloc(128, ' ');
  head.write('\x93NUMPY\x01\x00', 0, 'latin1');
  head.writeUInt16LE(118, 8);
  head.write(`{'descr': '<${type}', 'fortran_order': False, 'shape': ${shape}, }`, 10);
  head.write('\n', 127);
  const arrays = {
    i8: () => BigInt64Array.from(values, BigInt),
    f4: () => Float32Array.from(values),
    f8: () => Float64Array.from(values),
  };
  return Buffer.concat([head, Buffer.from(arrays[type]().buffer)]);
}
