import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording, recognise } from '../registry.ts';
import { parseSettings } from './params.ts';

const root = temporaryFolder('ndi-phy');
const context = testContext();

/** A NumPy array of 64-bit integers. */
function npy(values: readonly number[], shape = `(${values.length},)`, descr = '<i8'): Buffer {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  const head = Buffer.alloc(128, ' ');
  head.write('\x93NUMPY\x01\x00', 0, 'latin1');
  head.writeUInt16LE(118, 8);
  head.write(text, 10);
  head.write('\n', 127);
  const body = Buffer.alloc(8 * values.length);
  values.forEach((value, index) => body.writeBigInt64LE(BigInt(value), 8 * index));
  return Buffer.concat([head, body]);
}

const words = Array.from({ length: 40 }, (_, index) => index - 20);
const params = (...more: string[]) =>
  [`dat_path = r'/of/another/computer/raw.dat'`, 'n_channels_dat = 4', `dtype = 'int16'`, 'sample_rate = 10.', ...more]
    .join('\r\n')
    .concat('\r\n');

let made = 0;
function make(files: Readonly<Record<string, Buffer | string | null>> = {}): string {
  const folder = join(root, `sorted${(made += 1)}`);
  mkdirSync(folder);
  const all: Record<string, Buffer | string | null> = {
    'spike_times.npy': npy([0, 3, 3, 9], '(4, 1)'),
    'spike_templates.npy': npy([0, 1, 1, 0]),
    'spike_clusters.npy': npy([0, 7, 1, 7]),
    'params.py': params(),
    'cluster_group.tsv': 'cluster_id\tgroup\n7\tgood\n99\tmua\n',
    'raw.dat': Buffer.from(Int16Array.from(words).buffer),
    ...files,
  };
  for (const [name, content] of Object.entries(all)) if (content !== null) writeFileSync(join(folder, name), content);
  return folder;
}

const spikesOf = (folder: string) =>
  openRecording(folder)
    .readEvents(new Set(['e0', 'e1', 'e7']), -1, 100, 100)
    .events.map(({ channel, time }) => [channel, time]);

describe('a folder of sorted spikes', () => {
  it('is one recording, by the folder or a file of it', () => {
    const folder = make();
    expect(recognise(folder).sniffs.map(({ format, path }) => [format, path])).toEqual([['phy', folder]]);
    expect(openRecording(join(folder, 'spike_times.npy')).info.path).toBe(folder);
  });

  it('has a channel for every cluster, and the raw data', () => {
    const recording = openRecording(make());
    const { info } = recording;
    expect(info.problems).toEqual([]);
    expect(info.channels.map(({ name }) => name)).toEqual(['ai1', 'ai2', 'ai3', 'ai4', 't1', 'e0', 'e1', 'e7']);
    expect(info.channels.slice(-3).map(({ label }) => label)).toEqual([
      'unit 0 (unsorted)',
      'unit 1 (unsorted)',
      'unit 7 (good)',
    ]);
    expect(info.events).toEqual({ e0: 1, e1: 1, e7: 2 });
    expect(info.segments).toEqual([{ start: 0, samples: 10, t0: 0, t1: 0.9 }]);
    expect([...readChannel(context, recording, 'ai3')]).toEqual(words.filter((_, index) => index % 4 === 2));
    const { events, total } = recording.readEvents(new Set(['e7', 'e1']), 0.3, 0.9, 1);
    expect([events, total]).toEqual([[{ channel: 'e7', time: 0.3, value: 1 }], 2]);
  });

  it('knows the shanks of the sorted channels of the raw data', () => {
    const shanksOf = (shanks: Buffer | string | null) =>
      openRecording(make({ 'channel_map.npy': npy([3, 0, 1], '(3, 1)'), 'channel_shanks.npy': shanks }))
        .info.channels.filter(({ type }) => type === 'analog_in')
        .map(({ groups }) => groups?.shank);
    expect(shanksOf(npy([1, 0, 0]))).toEqual(['0', '0', undefined, '1']);
    const untold = [undefined, undefined, undefined, undefined];
    expect([shanksOf(null), shanksOf(npy([1, 0])), shanksOf('none')]).toEqual([untold, untold, untold]);
  });

  it('takes the templates for clusters before anyone curated them', () => {
    expect(openRecording(make({ 'spike_clusters.npy': null })).info.events).toEqual({ e0: 2, e1: 2 });
  });

  it('shows spikes alone where the raw data are not there or not told', () => {
    const gone = openRecording(make({ 'raw.dat': null })).info;
    expect([gone.segments, gone.extent]).toEqual([[], { t0: 0, t1: 0.9 }]);
    expect(gone.problems[0]?.message).toContain('/of/another/computer/raw.dat are not here');
    const notOne = openRecording(make({ 'params.py': params(`dtype = 'constructor'`) })).info;
    const untold = openRecording(make({ 'params.py': params(`dtype = 'complex64'`) })).info;
    expect(notOne.problems.map(({ message }) => message)).toEqual(untold.problems.map(({ message }) => message));
    expect(untold.problems[0]?.message).toContain('the type of their values');
    expect(untold.problems[0]?.grade).toBe('note');
  });

  it('reads raw data of other types, behind an offset, in several files', () => {
    const raw = Buffer.concat([Buffer.alloc(3), Buffer.from(Float32Array.from(words).buffer)]);
    const settings = params(`dtype = 'float32'`, 'offset = 3', `dat_path = ["raw.dat", 'sub\\\\..\\\\raw.dat']`);
    const recording = openRecording(make({ 'raw.dat': raw, 'params.py': settings }));
    const own = words.filter((_, index) => index % 4 === 1);
    expect([...readChannel(context, recording, 'ai2')]).toEqual([...own, ...own]);
    expect(recording.info.segments.map(({ start, t0 }) => [start, t0])).toEqual([
      [0, 0],
      [10, 1],
    ]);
  });

  it('does not make the four thousand million channels of a slip of the keyboard', () => {
    const text = params().replace('n_channels_dat = 4', 'n_channels_dat = 4294967295');
    const { info } = openRecording(make({ 'params.py': text }));
    expect(info.channels.every(({ type }) => type === 'event')).toBe(true);
    expect(info.problems.map(({ code }) => code)).toContain('recording.noRawData');
  });

  it('says where the raw data end inside a sample', () => {
    const { info } = openRecording(make({ 'raw.dat': Buffer.alloc(83) }));
    expect(info.problems[0]?.message).toContain('3 bytes are left out');
    expect(info.channels[0]?.samples).toBe(10);
  });

  it('sorts spikes with their clusters and leaves out those outside, and says both', () => {
    const folder = make({ 'spike_times.npy': npy([9, -1, 3, 10, 0]), 'spike_clusters.npy': npy([0, 1, 1, 7, 7]) });
    expect(spikesOf(folder)).toEqual([
      ['e7', 0],
      ['e1', 0.3],
      ['e0', 0.9],
    ]);
    const messages = openRecording(folder).info.problems.map(({ message }) => message);
    expect(messages.join()).toContain('2 spikes are left out');
    expect(messages.join()).toContain('they were sorted');
  });

  it.each<[string, Record<string, Buffer | string | null>, string, string]>([
    ['lists of different lengths', { 'spike_clusters.npy': npy([0, 1]) }, 'format.invalid', 'has 4 spikes'],
    ['objects', { 'spike_clusters.npy': npy([0], '(1,)', '|O') }, 'format.unsupported', '|O'],
    ['a table of spikes', { 'spike_times.npy': npy([0, 1, 2, 3], '(2, 2)') }, 'format.invalid', 'is no list'],
    ['no settings', { 'params.py': null }, 'format.invalid', 'params.py is missing'],
    ['no sample rate', { 'params.py': 'n_channels_dat = 4' }, 'format.invalid', 'sample_rate is no rate (missing)'],
    ['a rate that is computed', { 'params.py': 'sample_rate = f(3)' }, 'format.invalid', 'no rate (missing)'],
    ['settings without end', { 'params.py': '#'.repeat(300_000) }, 'format.invalid', 'far too large'],
  ])('with %s is refused', (_, files, code, words) => {
    const folder = make(files);
    expect(() => openRecording(folder)).toThrow(expect.objectContaining({ code }));
    expect(() => openRecording(folder)).toThrow(words);
  });

  it('is told from a file that only has its name', () => {
    const path = join(make({ 'spike_times.npy': 'none of them' }), 'spike_times.npy');
    expect(recognise(path).nearMisses.map(({ format }) => format)).toEqual(['phy']);
    rmSync(path);
  });

  it(`may be damaged (NDI_FUZZ_SEED=${fuzzSeed})`, () => fuzz([make()]), fuzzMs);
});

it('settings are read and never run', () => {
  const text = [
    'import os',
    `a = 'it\\'s' # a note`,
    `b = r'C:\\data\\raw.dat'`,
    'c = 30_000.5',
    'd = True',
    `e = ['x', "y",]`,
    `f = os.remove('x')`,
    `g = 'x' + 'y'`,
    'h = None',
    'i = [1, 2]',
  ].join('\n');
  expect(Object.fromEntries(parseSettings(text))).toEqual({
    a: "it's",
    b: 'C:\\data\\raw.dat',
    c: 30_000.5,
    d: true,
    e: ['x', 'y'],
    h: null,
  });
});
