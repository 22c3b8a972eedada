import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording, recognise } from '../registry.ts';

let root = '';
let count = 0;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ndi-openephys-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Values = { type: '<i2' | '<i8' | '>i8' | '<f8' | '<u2'; values: readonly number[] } | { texts: readonly string[] };

/** A NumPy array of one dimension; `shape` other than the real one as a crash leaves it. */
function npy(array: Values, shape?: number): Buffer {
  const [descr, data] = 'texts' in array ? ['|S16', texts(array.texts)] : [array.type, words(array.type, array.values)];
  const length = 'texts' in array ? array.texts.length : array.values.length;
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape ?? length},), }`.padEnd(117) + '\n';
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  return Buffer.concat([start, Buffer.from(header), data]);
}

function texts(list: readonly string[]): Buffer {
  return Buffer.concat(list.map((text) => Buffer.concat([Buffer.from(text), Buffer.alloc(16)]).subarray(0, 16)));
}

function words(type: string, values: readonly number[]): Buffer {
  if (type === '<i2') return Buffer.from(Int16Array.from(values).buffer);
  if (type === '<u2') return Buffer.from(Uint16Array.from(values).buffer);
  if (type === '<f8') return Buffer.from(Float64Array.from(values).buffer);
  const buffer = Buffer.alloc(8 * values.length);
  values.forEach((value, index) => {
    if (type === '<i8') buffer.writeBigInt64LE(BigInt(value), 8 * index);
    else buffer.writeBigInt64BE(BigInt(value), 8 * index);
  });
  return buffer;
}

const STREAM = 'Board-100.Data';
const channelList = ['CH1', 'AUX1', 'ADC1'].map((name, index) => ({
  channel_name: name,
  bit_volts: [0.195, 0.5, 0.25][index],
  units: '',
}));
const structure = {
  'GUI version': '0.6.7',
  continuous: [
    {
      folder_name: `${STREAM}/`,
      sample_rate: 1000,
      source_processor_name: 'Board',
      num_channels: 3,
      channels: channelList,
    },
  ],
  events: [
    { folder_name: `${STREAM}/TTL/`, channel_name: 'Lines', type: 'int16', sample_rate: 1000 },
    { folder_name: 'MessageCenter/', channel_name: 'Messages', type: 'string' },
  ],
  spikes: [{ folder: 'Detector/One/', name: 'One' }],
};

interface Files {
  [path: string]: Buffer | string;
}

const range = (length: number, from = 0) => Array.from({ length }, (_, index) => from + index);
const continuous = `continuous/${STREAM}`;
const ttl = `events/${STREAM}/TTL`;
const files = (): Files => ({
  'structure.oebin': JSON.stringify(structure),
  [`${continuous}/continuous.dat`]: words('<i2', range(30)),
  [`${continuous}/sample_numbers.npy`]: npy({ type: '<i8', values: range(10, 500) }),
  [`${continuous}/timestamps.npy`]: npy({ type: '<f8', values: range(10).map((sample) => 7 + sample / 1000) }),
  [`${ttl}/states.npy`]: npy({ type: '<i2', values: [3, -3, 200] }),
  [`${ttl}/sample_numbers.npy`]: npy({ type: '<i8', values: [501, 503, 504] }),
  [`${ttl}/timestamps.npy`]: npy({ type: '<f8', values: [7.001, 7.003, 7.004] }),
  'events/MessageCenter/text.npy': npy({ texts: ['grün', 'stop'] }),
  'events/MessageCenter/sample_numbers.npy': npy({ type: '<i8', values: [500, 509] }),
  'events/MessageCenter/timestamps.npy': npy({ type: '<f8', values: [7, 7.009] }),
  'spikes/Detector/One/sample_numbers.npy': npy({ type: '<i8', values: [502] }),
  'spikes/Detector/One/timestamps.npy': npy({ type: '<f8', values: [7.002] }),
  'spikes/Detector/One/clusters.npy': npy({ type: '<u2', values: [4] }),
});

/** Writes a recording; a file that is `null` in `changes` is left out. */
function write(changes: Record<string, Buffer | string | null> = {}): string {
  const folder = join(root, `r${(count += 1)}`, 'experiment1', 'recording1');
  for (const [name, content] of Object.entries({ ...files(), ...changes })) {
    if (content === null) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Writes another recording of the same experiment. */
function writeBeside(first: string, name: string, changes: Record<string, Buffer | string>): void {
  for (const [file, content] of Object.entries({ ...files(), ...changes })) {
    const path = join(dirname(first), name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

const oebin = (changes: object) => ({ 'structure.oebin': JSON.stringify({ ...structure, ...changes }) });
const stream = (changes: object) => oebin({ continuous: [{ ...structure.continuous[0], ...changes }] });
const allEvents = (folder: string) => {
  const recording = openRecording(folder);
  return recording.readEvents(new Set(Object.keys(recording.info.events)), -1, 1e9, 100).events;
};
const segmentsOf = (folder: string) =>
  openRecording(folder).info.segments.map(({ start, samples, t0 }) => [start, samples, t0]);
const messagesOf = (folder: string) =>
  openRecording(folder)
    .info.problems.map(({ message }) => message)
    .join(' ');

describe('Open Ephys binary', () => {
  it('reads samples, units by the kind of channel, and times', () => {
    const recording = openRecording(write());
    expect(recording.info.problems).toEqual([]);
    const analog = recording.info.channels.slice(0, 4);
    expect(analog.map(({ name, label, units }) => [name, label, units])).toEqual([
      ['ai1', 'CH1', 'uV'],
      ['ax1', 'AUX1', 'uV'],
      ['ax2', 'ADC1', 'V'],
      ['t1', 'time', 's'],
    ]);
    expect([...readChannel(testContext(), recording, 'ax2')].slice(0, 3)).toEqual([0.5, 1.25, 2]);
    expect(recording.info.segments).toEqual([{ start: 0, samples: 10, t0: 7, t1: 7 + 9 / 1000 }]);
    expect(recognise(recording.info.path).sniffs[0]?.why.join(' ')).toContain('experiment1, recording1');
  });

  it('opens by the folder of its record node, beside settings', () => {
    const recording = write();
    const node = dirname(dirname(recording));
    writeFileSync(join(node, 'settings.xml'), '<SETTINGS/>');
    const { path, segments, why } = openRecording(node).info;
    expect([path, segments.length]).toEqual([node, 1]);
    expect(why.join(' ')).toContain(`It lies in ${join('experiment1', 'recording1')}, the only folder.`);
  });

  it('joins the recordings of an experiment as segments, where their streams are the same', () => {
    const first = write();
    const experiment = dirname(first);
    writeBeside(first, 'recording2', {
      [`${continuous}/timestamps.npy`]: npy({ type: '<f8', values: range(10).map((sample) => 9 + sample / 1000) }),
      [`${ttl}/timestamps.npy`]: npy({ type: '<f8', values: [9.001, 9.003, 9.004] }),
    });
    const joined = openRecording(experiment);
    expect(joined.info.segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 10, 7],
      [10, 10, 9],
    ]);
    expect(joined.info.channels.map(({ name, samples }) => [name, samples]).slice(0, 2)).toEqual([
      ['ai1', 20],
      ['ax1', 20],
    ]);
    expect(joined.info.events).toEqual({ mk1: 6, tx1: 4, e1: 2 });
    const one = [...readChannel(testContext(), openRecording(first), 'ax2')];
    expect([...readChannel(testContext(), joined, 'ax2')]).toEqual([...one, ...one]);
    const { events, total } = joined.readEvents(new Set(['mk1']), 7.002, 9.004, 2);
    expect([events.map(({ time }) => time), total]).toEqual([[7.003, 7.004], 4]);
    // A scan finds an epoch for each all the same: the folder of a recording is still one.
    expect(openRecording(first).info.segments).toHaveLength(1);
  });

  it('never goes on with another stream where one is missing in a later recording', () => {
    const two = { ...structure.continuous[0], folder_name: 'Other/' };
    const both = oebin({ continuous: [structure.continuous[0], two] });
    const other = Object.fromEntries(
      ['continuous.dat', 'sample_numbers.npy', 'timestamps.npy'].map((name) => [
        `continuous/Other/${name}`,
        files()[`${continuous}/${name}`] ?? '',
      ]),
    );
    const first = write({ ...both, ...other });
    writeBeside(first, 'recording2', { ...both, ...other });
    rmSync(join(dirname(first), 'recording2', continuous), { recursive: true });
    const { channels, problems } = openRecording(dirname(first)).info;
    expect(channels.filter(({ type }) => type === 'analog_in').map(({ name, samples }) => [name, samples])).toEqual([
      ['ai1', 10],
      ['ai2', 10],
    ]);
    expect(problems.map(({ message }) => message).join()).toContain(
      'the first recording has none of the same channels',
    );
  });

  it('leaves an experiment of unlike recordings a folder, and refuses those that overlap in time', () => {
    const first = write();
    writeBeside(first, 'recording2', {});
    expect(() => openRecording(dirname(first))).toThrow('its recordings overlap in time');
    writeBeside(first, 'recording3', oebin({ spikes: [] }));
    expect(recognise(dirname(first)).sniffs).toEqual([]);
  });

  it('reads events, messages and spikes in order of time', () => {
    expect(allEvents(write())).toEqual([
      { channel: 'tx1', time: 7, value: 'grün' },
      { channel: 'mk1', time: 7.001, value: 3 },
      { channel: 'e1', time: 7.002, value: 4 },
      { channel: 'mk1', time: 7.003, value: -3 },
      { channel: 'mk1', time: 7.004, value: 200 },
      { channel: 'tx1', time: 7.009, value: 'stop' },
    ]);
    const recording = openRecording(write());
    const { events, total } = recording.readEvents(new Set(['mk1', 'tx1']), 7.001, 7.009, 2);
    expect([events.map(({ time }) => time), total]).toEqual([[7.001, 7.003], 3]);
  });

  it('takes sample number / rate where times were not synchronized, and for the layout before 0.6', () => {
    const unknown = npy({ type: '<f8', values: range(10).map(() => -1) });
    expect(segmentsOf(write({ [`${continuous}/timestamps.npy`]: unknown }))).toEqual([[0, 10, 0.5]]);
    const zeros = npy({ type: '<f8', values: range(10).map(() => 0) });
    expect(segmentsOf(write({ [`${continuous}/timestamps.npy`]: zeros }))).toEqual([[0, 10, 0.5]]);
    const old = write({
      [`${continuous}/sample_numbers.npy`]: null,
      [`${continuous}/timestamps.npy`]: npy({ type: '>i8', values: range(10, 500) }),
      [`${ttl}/states.npy`]: null,
      [`${ttl}/channel_states.npy`]: npy({ type: '<i2', values: [1, -1] }),
      [`${ttl}/sample_numbers.npy`]: null,
      [`${ttl}/timestamps.npy`]: npy({ type: '<i8', values: [501, 503] }),
    });
    expect(segmentsOf(old)).toEqual([[0, 10, 0.5]]);
    expect(
      allEvents(old)
        .filter(({ channel }) => channel === 'mk1')
        .map(({ time }) => time),
    ).toEqual([0.501, 0.503]);
  });

  it('parts segments where sample numbers jump', () => {
    const gap = [...range(4, 500), ...range(6, 900)];
    const changes = {
      [`${continuous}/sample_numbers.npy`]: npy({ type: '<i8', values: gap }),
      [`${continuous}/timestamps.npy`]: npy({ type: '<f8', values: gap.map((sample) => sample / 1000) }),
    };
    expect(segmentsOf(write(changes))).toEqual([
      [0, 4, 0.5],
      [4, 6, 0.9],
    ]);
  });

  it('tells of synchronized times that drift from the rate', () => {
    const slow = npy({ type: '<f8', values: range(10).map((sample) => sample / 500) });
    expect(messagesOf(write({ [`${continuous}/timestamps.npy`]: slow }))).toContain('9.0 ms');
  });

  it('reads what there is after a crash, and says so', () => {
    const crashed = write({ [`${continuous}/sample_numbers.npy`]: npy({ type: '<i8', values: range(8, 500) }, 0) });
    appendFileSync(join(crashed, continuous, 'continuous.dat'), Buffer.alloc(3));
    expect(segmentsOf(crashed)).toEqual([[0, 8, 7]]);
    expect(messagesOf(crashed)).toContain('3 bytes at the end are left out');
    expect(messagesOf(crashed)).toContain('10 samples and 8 time stamps');
    const without = write({ [`${continuous}/sample_numbers.npy`]: null, [`${continuous}/timestamps.npy`]: null });
    expect(segmentsOf(without)).toEqual([[0, 10, 0]]);
    expect(messagesOf(without)).toContain('time stamps are missing');
  });

  it('leaves out what cannot be read, says why, and reads the rest', () => {
    const lost = write({ [`${continuous}/continuous.dat`]: null, [`${ttl}/states.npy`]: 'no array' });
    expect(messagesOf(lost)).toContain(`The stream ${STREAM} cannot be read`);
    expect(messagesOf(lost)).toContain(`The events ${STREAM}/TTL/ cannot be read`);
    expect(allEvents(lost).map(({ channel }) => channel)).toEqual(['tx1', 'e1', 'tx1']);
    expect(openRecording(lost).info.extent).toEqual({ t0: 7, t1: 7.009 });
    const long = npy({ type: '<i8', values: range(10, 500) }, 11);
    expect(messagesOf(write({ [`${continuous}/sample_numbers.npy`]: long }))).toContain(
      'reaches beyond the end of the file',
    );
    const records = Buffer.from(
      npy({ type: '<i8', values: [1] })
        .toString('latin1')
        .replace('<i8', '|O8'),
      'latin1',
    );
    expect(messagesOf(write({ [`${ttl}/sample_numbers.npy`]: records }))).toContain('type |O8');
    const huge = npy({ type: '<f8', values: [1] });
    expect(messagesOf(write({ 'events/MessageCenter/text.npy': huge }))).toContain('holds numbers');
    const beyond = words(
      '<f8',
      range(10).map(() => 1e300),
    );
    const wild = Buffer.concat([npy({ type: '<i8', values: [] }, 0), beyond]);
    expect(messagesOf(write({ [`${continuous}/sample_numbers.npy`]: wild }))).toContain('out of range');
  });

  it('fails when nothing is left', () => {
    const folder = write({ ...oebin({ events: [], spikes: [] }), [`${continuous}/continuous.dat`]: null });
    expect(() => openRecording(folder)).toThrow(expect.objectContaining({ code: 'path.missing' }));
  });

  it.each([
    ['no JSON', { 'structure.oebin': '{"continuous": [}' }, 'not valid JSON at character 16'],
    ['no channels', stream({ channels: [] }), 'continuous.0.channels'],
    ['no list of channels', stream({ channels: undefined }), 'continuous.0.channels'],
    ['no rate', stream({ sample_rate: 0 }), 'continuous.0.sample_rate'],
    ['a way out of the folder', stream({ folder_name: '../../x/' }), 'leads out of the recording'],
    ['a rooted folder', stream({ folder_name: '/etc/' }), 'leads out of the recording'],
    ['other content', { 'structure.oebin': 'plain' }, 'the folder is not a recording'],
  ])('refuses a structure with %s', (_, changes, words) => {
    const folder = write(changes);
    expect(() => openRecording(folder)).toThrow(words);
    expect(() => openRecording(join(folder, 'structure.oebin'))).toThrow(join(folder, 'structure.oebin'));
  });

  it('tells two numbers of channels that differ, and channels without a scale', () => {
    expect(messagesOf(write(stream({ num_channels: 4 })))).toContain('tells 4 channels and lists 3');
    const unscaled = write(stream({ channels: channelList.map((one) => ({ ...one, bit_volts: 0 })) }));
    expect(messagesOf(unscaled)).toContain('3 channels have no scale');
  });

  it(`survives damage (seed ${fuzzSeed})`, { timeout: fuzzMs }, () => {
    const folder = write();
    truncateSync(join(folder, continuous, 'continuous.dat'), 58);
    fuzz([folder]);
  });
});
