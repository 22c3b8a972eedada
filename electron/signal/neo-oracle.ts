import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { readChannel, testContext } from './test-support.ts';
import { openRecording } from '../formats/registry.ts';

const folders = {
  neuralynx: 'Neuralynx',
  'openephys-binary': 'OpenEphysBinary',
  'openephys-legacy': 'OpenEphys',
} as const;
const files: Readonly<Record<string, string>> = {
  ...{ '.abf': 'Axon', '.smr': 'Spike2', '.rhd': 'Intan', '.rhs': 'Intan', '.plx': 'Plexon', '.rec': 'SpikeGadgets' },
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((number) => [`.ns${number}`, 'Blackrock'])),
};

/** Python with neo: of the distribution, whatever other Python comes first; null where there is none. */
export const neoPython =
  ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', 'import neo.rawio']).status === 0) ?? null;

/** Recordings with expected values below a folder that neo has a reader for. */
export function recordingsForNeo(root: string): { reader: string; name: string; path: string }[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.expected\.json$/.test(name),
  );
  return names.sort().flatMap((found) => {
    const name = found.replace(/\.expected\.json$/, '');
    if (/malformed|\/meta$/.test(name)) return [];
    const path = join(root, name);
    const format = name.split('/')[0] ?? '';
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const byFolder = Object.entries({ ...folders, spikeglx: 'SpikeGLX', tdt: 'Tdt' }).find(
      ([one]) => one === format,
    )?.[1];
    const reader = isFolder ? byFolder : files[extname(name)];
    return reader === undefined ? [] : [{ reader: `${reader}RawIO`, name, path }];
  });
}

type Answer = { readonly error: string } | { readonly channels: readonly NeoChannel[] };

interface NeoChannel {
  readonly name: string;
  readonly rate: number;
  readonly samples: number;
}

/** What neo reads of recordings; samples by recording are written into the folder. */
export function askNeo(recordings: readonly { reader: string; path: string }[], folder: string): Answer[] {
  const input = JSON.stringify(recordings.map(({ reader, path }) => [reader, path]));
  const script = join(import.meta.dirname, 'neo_oracle.py');
  const { status, stdout, stderr } = spawnSync(neoPython ?? '', [script, folder], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Answer[];
}

/** Names of neo's channels that no channel of ours has sample for sample, in whatever unit, or as stored words. */
export function notFoundHere(path: string, channels: readonly NeoChannel[], samples: string): string[] {
  const bytes = readFileSync(samples);
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
  const own = recordingsAt(path).flatMap(ownChannels);
  let at = 0;
  return channels.flatMap(({ name, samples: count }) => {
    const theirs = all.subarray(at, at + count);
    at += count;
    return own.some((one) => one.count === count && isSame(theirs, one.values(), one.gain)) ? [] : [name];
  });
}

/** Streams of SpikeGLX are recordings each by itself here. */
function recordingsAt(path: string): string[] {
  if (!path.includes('spikeglx')) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.bin'))
    .map((name) => join(path, name));
}

function ownChannels(path: string) {
  const recording = openRecording(path);
  const context = testContext();
  return recording.info.channels.flatMap(({ name, sampleRate, samples, type, gain }) => {
    if (sampleRate === null || type === 'time') return [];
    let known: Float64Array | null = null;
    const values = () => (known ??= readChannel(context, recording, name));
    return [{ count: samples ?? 0, gain: gain ?? 1, values }];
  });
}

function isSame(theirs: Float64Array, ours: Float64Array, gain: number): boolean {
  return [1, 1e3, 1e-3, 1e6, 1e-6, gain].some((unit) => {
    const most = ours.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
    return theirs.every(
      (value, at) => Math.abs(value * unit - (ours[at] ?? NaN)) <= 1e-6 * Math.abs(ours[at] ?? 0) + 2e-7 * most,
    );
  });
}
