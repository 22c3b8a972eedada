import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { fixturePath, hasFixtures } from '../build/testing/fixtures.ts';
import { demoSession } from './support/demo.ts';
import { ended, runProgram, startProgram, testEnvironment } from './support/program.ts';

let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-cli-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ndi(args: readonly string[], options: { cwd?: string; input?: string } = {}) {
  const run = await runProgram(args, { dataFolder: join(folder, 'data'), ...options });
  return { ...run, text: run.out.toString() };
}

/** The one JSON value that a command writes, its status checked; nothing may be on standard error. */
async function answer<T = Record<string, unknown>>(args: readonly string[], status = 0, options = {}): Promise<T> {
  const run = await ndi([...args, '--json'], options);
  expect(run.status, run.text + run.err).toBe(status);
  expect(run.err).toBe('');
  return JSON.parse(run.text) as T;
}

async function failure(args: readonly string[], status: number): Promise<{ code: string; message: string }> {
  const { error } = await answer<{ error: { code: string; message: string; recovery: string } }>(args, status);
  expect(Object.keys(error)).toEqual(['code', 'message', 'recovery', 'details']);
  expect(error.message).not.toBe('');
  expect(error.recovery).not.toBe('');
  return error;
}

interface Samples {
  channels: { name: string; units: string; sampleRate: number }[];
  t0: number;
  data: (number | null)[][];
}

interface Info {
  kind: string;
  channels: { name: string; type: string; sampleRate: number | null; samples: number | null }[];
  epochs: { epochId: string; device: string; number: number; files: string[]; clocks: { type: string }[] }[];
  documents: { total: number; byClass: Record<string, number> };
  path: string;
}

test.describe('usage', () => {
  test('help has every command with an example, on standard output', async () => {
    const { text, status } = await ndi(['--help']);
    expect(status).toBe(0);
    const commands = [...text.matchAll(/^ {2}([a-z-]+) \[options\]/gm)].map(([, name = '']) => name);
    // Scripts rely on these; there may be more.
    const relied =
      'info scan create demo documents epochs probes read events envelope validate check add remove edit ingest copy export lookup sync-graph convert-time serve completion';
    expect(commands).toEqual(expect.arrayContaining(relied.split(' ')));
    for (const command of commands) {
      const help = await ndi([command, '--help']);
      expect(help.status).toBe(0);
      expect(help.text, command).toMatch(/Example:\n {2}.*ndi /);
    }
  });

  test('a mistake is told in one JSON value with --json, else on standard error; status 2', async () => {
    for (const args of [
      [],
      ['frob'],
      ['info'],
      ['info', '.', '--frob'],
      ['read', '.', '--from', '0', '--to', '1'],
      ['read', '.', '--channels', 'all', '--from', 'x', '--to', '1'],
      ['envelope', '.', '--channels', 'all', '--from', '0', '--to', '1', '--columns', '0'],
      ['documents', '.', '--depends-on', 'x'],
      ['documents', '.', '--where', 'base.name'],
      ['documents', '.', '--where', '[{'],
      ['completion', 'tcsh'],
      ['serve', '--port', '70000'],
    ]) {
      const error = await failure(args, 2);
      expect(['usage.invalid', 'query.invalid'], args.join(' ')).toContain(error.code);
    }
    const plain = await ndi(['frob']);
    expect([plain.status, plain.text]).toEqual([2, '']);
    expect(plain.err).toContain('[usage.invalid]');
  });

  test('completion scripts name the commands and their options', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { text, status } = await ndi(['completion', shell]);
      expect(status).toBe(0);
      for (const word of ['documents', 'envelope', 'columns', 'npy']) expect(text, shell).toContain(word);
    }
  });

  test('bash completes commands, options and values', async () => {
    test.skip(!existsSync('/bin/bash'), 'There is no bash here.');
    const script = join(folder, 'completion.bash');
    writeFileSync(script, (await ndi(['completion', 'bash'])).out);
    const { execFileSync } = await import('node:child_process');
    const complete = (...words: string[]) => {
      const line = `source "${script}"; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _ndi; echo "\${COMPREPLY[@]}"`;
      return execFileSync('/bin/bash', ['-c', line]).toString().trim();
    };
    expect(complete('ndi', 'en')).toBe('envelope');
    expect(complete('ndi', 'read', 'a.rhd', '--ch')).toBe('--channels');
    expect(complete('ndi', 'read', 'a.rhd', '--format', 'n')).toBe('npy');
  });
});

test.describe('what is not there or not ours', () => {
  test('a missing path is status 3, and names the path', async () => {
    const missing = join(folder, 'not here');
    for (const args of [['info'], ['documents'], ['epochs'], ['probes'], ['scan']]) {
      expect((await failure([...args, missing], 3)).message, args.join()).toContain(missing);
    }
  });

  test('an empty file and a file of nothing known are status 4', async () => {
    writeFileSync(join(folder, 'empty.rhd'), '');
    writeFileSync(join(folder, 'text.rhd'), 'this is no recording');
    for (const name of ['empty.rhd', 'text.rhd']) {
      const error = await failure(['info', join(folder, name)], 4);
      expect(error.code).toMatch(/^format\./);
      expect(error.message).toContain(name);
    }
  });

  test('a folder is a folder, and has no epochs', async () => {
    expect((await answer<Info>(['info', folder])).kind).toBe('folder');
    expect((await failure(['epochs', folder], 3)).code).toBe('session.notFound');
  });
});

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

test.describe('another clock', () => {
  interface Clock {
    offset: number;
    scale: number;
    jump: { at: number; seconds: number } | null;
  }
  interface Truth {
    epochs: {
      number: number;
      clocks: { blackrock1: Clock };
      triggers: { intan1: number[]; blackrock1: number[] };
    }[];
  }
  /** What the second device's clock shows at a time of the first. */
  const shown = ({ offset, scale, jump }: Clock, time: number) =>
    offset + scale * time + (jump !== null && time >= jump.at ? jump.seconds : 0);
  const bound = 50e-6;
  // The third epoch has offset, drift and a jump.
  const source = (path: string, device: string) => [path, '--device', device, '--epoch', '3'];
  const planted = async () => {
    const { path, answer: made } = await demoSession();
    const epoch = (made['truth'] as Truth).epochs.find(({ number }) => number === 3);
    if (epoch === undefined) throw new Error('There is no third epoch.');
    return { path, epoch, clock: epoch.clocks.blackrock1 };
  };

  test('events of one device are told on the other’s, as planted', async () => {
    const { path, epoch } = await planted();
    const args = ['events', ...source(path, 'blackrock1'), '--channels', 'mk1', '--clock', 'intan1/3/dev_local_time'];
    const all = await answer<{ time: number }[]>([...args, '--from', '-1', '--to', '100']);
    expect(all).toHaveLength(epoch.triggers.intan1.length);
    for (const [at, { time }] of all.entries()) {
      expect(Math.abs(time - (epoch.triggers.intan1[at] ?? NaN))).toBeLessThan(bound);
    }
    const [from, to] = [(epoch.triggers.intan1[2] ?? 0) - 0.01, (epoch.triggers.intan1[5] ?? 0) - 0.01];
    expect(await answer([...args, '--from', `${from}`, '--to', `${to}`])).toEqual(all.slice(2, 5));
    expect((await failure([...args, '--from', '5', '--to', '4'], 2)).code).toBe('range.invalid');
    expect((await failure([...args.slice(0, -1), 'nonsense', '--from', '0', '--to', '1'], 2)).code).toBe(
      'usage.invalid',
    );
  });

  test('samples too, on both sides of the jump: csv by row, json and npy by lines', async () => {
    const { path, clock } = await planted();
    const args = ['read', ...source(path, 'intan1'), '--channels', 'ai1-2', '--clock', 'blackrock1/dev_local_time'];
    const jumpAt = clock.jump?.at ?? NaN;
    const range = ['--from', `${shown(clock, jumpAt - 0.5)}`, '--to', `${shown(clock, jumpAt + 0.5)}`];
    const file = join(folder, 'clock.csv');
    await answer([...args, ...range, '--out', file]);
    const rows = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
    const times = rows.map((row) => Number(row.split(',')[0]));
    const first = Math.round((jumpAt - 0.5) * 20_000);
    expect(Math.abs(rows.length - 20_000)).toBeLessThan(3);
    for (const [at, time] of times.entries()) {
      const own = (first + at) / 20_000;
      // Where exactly it jumps lies between two triggers' samples; the first row may be the next one.
      if (Math.abs(own - jumpAt) > 0.001) expect(Math.abs(time - shown(clock, own))).toBeLessThan(bound + 1 / 20_000);
    }
    const whole = [...args, '--from', '0', '--to', '1e6'];
    const json = await answer<Samples & { clock: { ownT0: number; lines: { fromSec: number; mapping: number[] }[] } }>([
      ...args,
      ...range,
    ]);
    expect(json.t0).toBe(times[0]);
    expect(json.data[0]).toHaveLength(rows.length);
    expect(json.clock.lines).toHaveLength(2);
    const npy = await answer<{ clock: typeof json.clock }>([...whole, '--out', join(folder, 'clock.npy')]);
    expect(npy.clock).toEqual({ ...json.clock, ownT0: 0 });
    for (const { fromSec, mapping } of npy.clock.lines) {
      const own = fromSec + 0.1;
      expect(Math.abs((mapping[0] ?? 0) * own + (mapping[1] ?? 0) - shown(clock, own))).toBeLessThan(bound);
    }
    expect((await ndi([...whole, '--format', 'npy'])).status).toBe(2);
  });

  test('the spikes of a neuron are read as its values and their times', async () => {
    const { path, answer: made } = await demoSession();
    const truth = made['truth'] as {
      epochs: { folder: string; number: number }[];
      units: { sortedAs: { neuron?: string }; spikes: { epoch: number; times: number[] }[] }[];
    };
    const elements = await answer<{ name: string; epochs: { epochId: string; number: number }[] }[]>([
      'elements',
      path,
    ]);
    expect(elements.map(({ name }) => name)).toContain('cortex_1_1');
    const { epochId } = elements.find(({ name }) => name === 'cortex_1_1')?.epochs[0] ?? { epochId: '' };
    const epochs = await answer<{ epochId: string; files: string[] }[]>(['epochs', path]);
    const file = epochs.find((one) => one.epochId === epochId)?.files[0] ?? '';
    const planted = truth.epochs.find(({ folder }) => file.includes(folder))?.number ?? 0;
    const spikes = truth.units
      .find(({ sortedAs }) => sortedAs.neuron === 'cortex_1_1')
      ?.spikes.find((one) => one.epoch === planted);
    const inRange = (spikes?.times ?? []).filter((time) => time >= 2 && time < 9);
    expect(inRange.length).toBeGreaterThan(3);
    const args = ['read', path, '--element', 'cortex_1_1|1', '--epoch', epochId, '--from', '2', '--to', '9'];
    expect(await answer(args)).toEqual({
      channels: [{ name: 'e1', units: '', sampleRate: -1 }],
      t0: inRange[0],
      times: [inRange],
      data: [inRange.map(() => 1)],
    });
    expect((await failure([...args, '--format', 'npy', '--out', join(path, 'x.npy')], 2)).code).toBe('usage.invalid');
    const clock = `probe: cortex | 1/${epochId}/dev_local_time`;
    const onProbe = await answer<{ times: number[][] }>([...args, '--clock', clock]);
    expect(onProbe.times).toEqual([inRange]);
  });

  test('a probe’s channels are read in the order of its device string', async () => {
    const { path } = await demoSession();
    const range = ['--from', '1', '--to', '1.001', '--epoch', '1'];
    const probe = await answer<Samples>(['read', path, '--probe', 'cortex|1', ...range]);
    const names = probe.channels.map(({ name }) => name).join(',');
    const device = await answer<Samples>(['read', path, '--device', 'intan1', '--channels', names, ...range]);
    expect(names).toMatch(/^ai1,ai2/);
    expect(probe).toEqual(device);
    expect((await failure(['read', path, '--probe', 'nobody|1', ...range], 3)).code).toBe('epoch.notFound');
    expect((await failure(['read', path, ...range], 2)).code).toBe('usage.invalid');
  });
});

test.describe('what is written', () => {
  async function someSource(): Promise<string[]> {
    const { path } = await demoSession();
    const epoch = (await answer<Info['epochs']>(['epochs', path]))[0];
    return [path, '--device', epoch?.device ?? '', '--epoch', epoch?.epochId ?? '', '--channels', 'ai1-2'];
  }

  test('csv is what json is, with times; - is standard output', async () => {
    const range = ['--from', '0.5', '--to', '0.501'];
    const samples = await answer<Samples>(['read', ...(await someSource()), ...range]);
    const { text } = await ndi(['read', ...(await someSource()), ...range, '--format', 'csv', '--out', '-']);
    const [heading, ...rows] = text.trimEnd().split('\n');
    expect(heading).toMatch(/^time \(s\),ai1 \(.+\),ai2 \(.+\)$/);
    expect(rows.map((row) => Number(row.split(',')[1]))).toEqual(samples.data[0]);
    expect(Number(rows[0]?.split(',')[0])).toBe(samples.t0);
    expect((await failure(['read', ...(await someSource()), ...range, '--format', 'csv'], 2)).code).toBe(
      'usage.invalid',
    );
  });

  test('a name with spaces, quotes and Unicode is a name', async () => {
    // Windows allows no quotes in names.
    const name = process.platform === 'win32' ? "ein 'Maß' ñ 猫 %20.csv" : 'ein "Maß" ñ 猫 %20.csv';
    const args = ['read', ...(await someSource()), '--from', '0', '--to', '0.01', '--out', name];
    await answer(args, 0, { cwd: folder });
    expect(existsSync(join(folder, name))).toBe(true);
  });

  test('a place that cannot be written is named, and left alone', async () => {
    const args = ['read', ...(await someSource()), '--from', '0', '--to', '1', '--out'];
    const error = await failure([...args, join(folder, 'nowhere', 'a.csv')], 3);
    expect(error.message).toContain('nowhere');
    expect(readdirSync(folder)).not.toContain('nowhere');
  });

  test('Ctrl-C ends with 130 and leaves no half-written file', async () => {
    test.skip(process.platform === 'win32', 'Windows cannot send Ctrl-C to one process.');
    const place = mkdtempSync(join(folder, 'cancelled-'));
    const args = ['read', ...(await someSource()), '--from', '0', '--to', '1e9', '--out', 'a.csv', '--json'];
    const child = startProgram(args, testEnvironment(join(folder, 'data')), place);
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const end = ended(child);
    // As soon as it writes.
    await expect.poll(() => readdirSync(place).length, { intervals: [2], timeout: 20_000 }).toBeGreaterThan(0);
    child.kill('SIGINT');
    expect(await end).toBe(130);
    expect((JSON.parse(out) as { error: { code: string } }).error.code).toBe('app.cancelled');
    expect(readdirSync(place)).toEqual([]);
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
