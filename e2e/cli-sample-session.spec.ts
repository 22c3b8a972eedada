import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { fixturePath, hasFixtures } from '../build/testing/fixtures.ts';
import { commandLine, type Info, type Samples } from './support/command-line.ts';
import { demoSession } from './support/demo.ts';

const { folder, ndi, answer, failure } = commandLine();

test.describe('the sample session', () => {
  test('is made, told with what was planted, and not made twice', async () => {
    const { path, answer: made } = await demoSession();
    expect(made).toMatchObject({ kind: 'session', path });
    expect(Object.keys(made['truth'] as object).length).toBeGreaterThan(0);
    expect((await failure(['demo', path], 5)).code).toMatch(/^(session|path)\./);
  });

  test('lookup answers without a network what comes with it, and says what it cannot tell', async () => {
    const term = await answer(['lookup', 'ndic:Postnatal day']);
    expect(term).toMatchObject({ id: '11', curie: 'NDIC:11', name: 'Postnatal day', ontology: 'NDIC' });
    expect(term).toMatchObject({ synonyms: [], source: 'offline table' });
    expect((await ndi(['lookup', 'PATO:0000384'])).text).toContain('male');
    expect((await failure(['lookup', 'NDIC:9999'], 3)).code).toBe('ontology.termNotFound');
    expect((await failure(['lookup', 'neuron'], 2)).code).toBe('ontology.termInvalid');
    expect((await failure(['lookup', 'FOO:1'], 2)).code).toBe('ontology.prefixUnknown');
  });

  test('info, epochs, probes and documents agree', async () => {
    const { path } = await demoSession();
    const info = await answer<Info>(['info', path]);
    const epochs = await answer<Info['epochs']>(['epochs', path]);
    expect(epochs).toEqual(info.epochs);
    const device = epochs[0]?.device ?? '';
    const ofDevice = await answer<Info['epochs']>(['epochs', path, '--device', device]);
    expect(ofDevice.map((epoch) => epoch.number)).toEqual(ofDevice.map((_, index) => index + 1));
    expect((await failure(['epochs', path, '--device', 'nobody'], 3)).code).toBe('epoch.notFound');

    const probes = await answer<{ name: string; id: string }[]>(['probes', path]);
    expect(probes.length).toBeGreaterThan(0);

    const all = await answer<{ total: number; documents: { id: string; class: string }[] }>(['documents', path]);
    expect([all.total, all.documents.length]).toEqual([info.documents.total, info.documents.total]);
    const elements = await answer<typeof all>(['documents', path, '--isa', 'element']);
    expect(elements.total).toBe(info.documents.byClass['element']);
    const one = await answer<typeof all>(['documents', path, '--limit', '1']);
    expect([one.total, one.documents.length]).toEqual([info.documents.total, 1]);
    const id = all.documents[0]?.id ?? '';
    const full = await answer<{ documents: { base: { id: string } }[] }>(['documents', path, '--id', id, '--full']);
    expect(full.documents.map((document) => document.base.id)).toEqual([id]);
    const first = probes[0]?.name ?? '';
    for (const where of [`isa(element) and element.name = "${first}"`, '-']) {
      const input = JSON.stringify([{ field: 'element.name', operation: 'exact_string', param1: first, param2: '' }]);
      const found = await answer<typeof all>(['documents', path, '--where', where], 0, { input });
      expect(found.total, where).toBe(probes.filter((probe) => probe.name === first).length);
    }
  });

  test('reads, events and envelopes of an epoch', async () => {
    const { path } = await demoSession();
    const epoch = (await answer<Info['epochs']>(['epochs', path]))[0];
    const source = [path, '--device', epoch?.device ?? '', '--epoch', epoch?.epochId ?? ''];
    const samples = await answer<Samples>(['read', ...source, '--channels', 'ai1-2', '--from', '1', '--to', '1.01']);
    const rate = samples.channels[0]?.sampleRate ?? 0;
    expect(samples.channels.map((channel) => channel.name)).toEqual(['ai1', 'ai2']);
    expect(samples.data.map((values) => values.length)).toEqual([rate / 100, rate / 100]);
    const envelope = await answer<{ columns: number; channels: { name: string; min: number[]; max: number[] }[] }>([
      'envelope',
      ...source,
      ...['--channels', 'ai1', '--from', '1', '--to', '1.01', '--columns', '1'],
    ]);
    const values = (samples.data[0] ?? []).map(Number);
    expect(envelope.channels).toEqual([{ name: 'ai1', min: [Math.min(...values)], max: [Math.max(...values)] }]);
    const events = await answer<{ time: number }[]>([
      'events',
      ...source,
      '--channels',
      'all',
      '--from',
      '0',
      '--to',
      '9',
    ]);
    expect(events.map(({ time }) => time)).toEqual(events.map(({ time }) => time).sort((a, b) => a - b));
    expect(
      (await failure(['read', path, '--device', 'nobody', '--channels', 'ai1', '--from', '0', '--to', '1'], 3)).code,
    ).toBe('epoch.notFound');
  });

  test('a range in samples is that in seconds; parts of a range are the whole', async () => {
    const { path } = await demoSession();
    const epoch = (await answer<Info['epochs']>(['epochs', path]))[0];
    const source = [path, '--device', epoch?.device ?? '', '--epoch', epoch?.epochId ?? '', '--channels', 'ai1-2'];
    const all = await answer<Samples>(['read', ...source, '--samples', '--from', '0', '--to', '1e9']);
    const file = join(folder, 'whole.f32');
    const { samples } = await answer<{ samples: number }>([
      'read',
      ...source,
      ...['--from', '-1e9', '--to', '1e9', '--out', file],
    ]);
    expect(all.data.map((values) => values.length)).toEqual([samples, samples]);
    const bytes = readFileSync(file);
    expect(bytes.length).toBe(samples * 2 * 4);
    const middle = Math.floor(samples / 2);
    for (const row of [0, 1, middle, samples - 1]) {
      for (const column of [0, 1]) {
        const value = all.data[column]?.[row] ?? NaN;
        expect(bytes.readFloatLE((row * 2 + column) * 4)).toBe(Math.fround(value));
      }
    }
    const part = await answer<Samples>([
      'read',
      ...source,
      '--samples',
      '--from',
      `${middle}`,
      '--to',
      `${middle + 3}`,
    ]);
    expect(part.data).toEqual(all.data.map((values) => values.slice(middle, middle + 3)));
  });
});

test.describe('real data', () => {
  test.skip(!hasFixtures, 'The real recordings are not here.');

  test('values are those of independent readers', async () => {
    const path = fixturePath('hardware', 'intan-rhd', 'example_v2.0.rhd');
    const expected = JSON.parse(readFileSync(`${path}.expected.json`, 'utf8')) as {
      streams: { sample_rate: number; values: { first10: number[] }[] }[];
    };
    const args = ['read', path, '--channels', 'ai1-2', '--samples', '--from', '0', '--to', '10'];
    const { data, channels } = await answer<Samples>(args);
    expect(channels.map((channel) => channel.sampleRate)).toEqual([20_000, 20_000]);
    expect(data).toEqual(expected.streams[0]?.values.map((values) => values.first10));
  });

  test('a dataset of NDI-matlab tells its session and its documents', async () => {
    const path = fixturePath('ndi-dataset', 'oldDataset');
    const info = await answer<{ kind: string; sessions: { reference: string }[]; documents: { total: number } }>([
      'info',
      path,
    ]);
    expect(info.kind).toBe('dataset');
    expect(info.sessions.map((session) => session.reference)).toEqual(['exp_demo']);
    const documents = await answer<{ total: number }>(['documents', path, '--class', 'demoNDI']);
    expect(documents.total).toBe(5);
  });

  test('a scan writes nothing; a session is made from it where it lies', async () => {
    const place = join(folder, 'lab folder');
    cpSync(fixturePath('hardware', 'blackrock'), place, { recursive: true });
    const before = readdirSync(place, { recursive: true }).sort();
    const scan = await answer<{ recordings: { format: string; why: string[] }[]; filesSeen: number }>(['scan', place]);
    expect(scan.recordings.map((recording) => recording.format)).toContain('blackrock');
    expect(scan.recordings.every((recording) => recording.why.length > 0)).toBe(true);
    expect(readdirSync(place, { recursive: true }).sort()).toEqual(before);

    const made = await answer<Info>(['create', place, '--reference', 'my session', '--from', place]);
    expect(made).toMatchObject({ kind: 'session', reference: 'my session', path: place });
    expect(made.epochs.length).toBeGreaterThan(0);
    expect((await answer<Info>(['info', place])).documents).toEqual(made.documents);
    expect((await failure(['create', place, '--reference', 'again'], 5)).code).toBe('session.exists');
  });
});
