import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { refusal } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, OpenRecording, RecordingFormat, SignalStream, Sniff } from '../format.ts';
import { shouldFix } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { openContinuous } from './continuous.ts';
import { joinRecordings, recordingsOf } from './experiment.ts';
import { openEvents, openSpikes, readEventSources, type EventSource } from './events.ts';
import { readStructure, type Structure } from './structure.ts';

const FORMAT = 'openephys-binary';
const MAIN = 'structure.oebin';

/** Open Ephys flat binary, before and since GUI 0.6: a folder `recording1` with `structure.oebin`. */
export const openephysBinary: RecordingFormat = {
  id: FORMAT,
  name: 'Open Ephys binary',
  extensions: ['.oebin'],
  mainFile: (names) => names.find((name) => name === MAIN),
  sniff,
  sniffFolder,
  open: openRecordings,
};

function sniff({ path, head }: FileCandidate): Sniff | NearMiss | null {
  if (!/\.oebin$/i.test(path)) return null;
  const text = new TextDecoder().decode(head);
  if (!/^\s*\{/.test(text) || !/"(GUI version|continuous|events|spikes)"/.test(text)) {
    return { format: FORMAT, path, refused: refusal(head, 'Open Ephys') };
  }
  const folder = dirname(path);
  const why = [`${basename(path)} lists the streams of a recording of Open Ephys.`];
  const place = folder
    .split(/[\\/]/)
    .slice(-3)
    .filter((name) => /^(Record Node|experiment|recording) ?\d+$/i.test(name));
  if (place.length > 0) why.push(`Its folders tell ${place.join(', ')}.`);
  return { format: FORMAT, path: basename(path) === MAIN ? folder : path, files: [path, ...dataFiles(folder)], why };
}

/** A folder `experiment1` of several recordings. */
function sniffFolder(folder: string, names: readonly string[]): Sniff | null {
  const recordings = recordingsOf(folder, names, MAIN);
  if (recordings.length === 0) return null;
  const files = recordings.flatMap((recording) => [join(recording, MAIN), ...dataFiles(recording)]);
  const why = [`Its ${recordings.length} recordings have the same streams: each is a segment.`];
  return { format: FORMAT, path: folder, files, why };
}

const DATA_FOLDERS = ['continuous', 'events', 'spikes'];
const MAX_FILES = 10_000;

/** Arrays below the three folders of a recording. */
function dataFiles(folder: string): string[] {
  const found: string[] = existsSync(join(folder, 'sync_messages.txt')) ? [join(folder, 'sync_messages.txt')] : [];
  const open = DATA_FOLDERS.map((name) => ({ path: join(folder, name), depth: 1 })).filter(({ path }) =>
    existsSync(path),
  );
  for (let next = open.shift(); next !== undefined && found.length < MAX_FILES; next = open.shift()) {
    const { path, depth } = next;
    for (const entry of listed(path)) {
      if (entry.isDirectory() && depth < 3) open.push({ path: join(path, entry.name), depth: depth + 1 });
      if (entry.isFile() && /\.(dat|npy)$/.test(entry.name)) found.push(join(path, entry.name));
    }
  }
  return found;
}

function listed(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // What cannot be listed is told of when the stream in it is opened.
    return [];
  }
}

function openRecordings(found: Sniff): OpenRecording {
  const mains = found.files.filter((path) => basename(path) === MAIN);
  if (mains.length < 2) return open(found);
  const parts = mains.map((main) => {
    const folder = dirname(main);
    return open({ ...found, path: folder, files: [main, ...dataFiles(folder)] });
  });
  return joinRecordings(found.path, parts);
}

function open(found: Sniff): OpenRecording {
  const [main = join(found.path, MAIN)] = found.files;
  const folder = dirname(main);
  const structure = readStructure(main);
  const parts = new Parts();
  const streams = openStreams(folder, structure, parts);
  const sources = openSources(folder, structure, parts);
  // What lies beside can be missing; when nothing is left, the first reason is the answer.
  if (streams.length === 0 && sources.length === 0 && parts.firstFault !== null) throw parts.firstFault;
  return {
    info: describe(found, folder, structure, streams, sources, parts.problems),
    streams,
    readEvents: (names, from, to, limit) => readEventSources(sources, names, from, to, limit),
  };
}

/** Opens parts of a recording one by one: one that cannot be read is left out and told of. */
class Parts {
  readonly problems: Problem[] = [];
  firstFault: NdiError | null = null;

  attempt<T>(what: string, path: string, task: () => T): T[] {
    try {
      return [task()];
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      this.firstFault ??= error;
      this.problems.push(shouldFix(error.code, `${what} cannot be read and is left out. ${error.message}`, path));
      return [];
    }
  }
}

function openStreams(folder: string, { continuous }: Structure, parts: Parts): SignalStream[] {
  const numbering = { analog: 0, auxiliary: 0, time: 0 };
  return continuous.flatMap((entry) => {
    const name = entry.folder_name.replace(/[\\/]+$/, '');
    const prefix = continuous.length > 1 ? `${name} ` : '';
    return parts.attempt(`The stream ${name}`, join(folder, 'continuous', name), () =>
      openContinuous(folder, entry, prefix, numbering, parts.problems),
    );
  });
}

function openSources(folder: string, { continuous, events, spikes }: Structure, parts: Parts): EventSource[] {
  const rate = continuous[0]?.sample_rate;
  const numbers = { marker: 0, text: 0 };
  const { problems } = parts;
  return [
    ...events.flatMap((entry) =>
      parts.attempt(`The events ${entry.folder_name}`, join(folder, 'events', entry.folder_name), () =>
        openEvents(folder, entry, rate, numbers, problems),
      ),
    ),
    ...spikes.flatMap((entry, index) => {
      const name = entry.folder ?? entry.folder_name ?? '';
      return parts.attempt(`The spikes ${name}`, join(folder, 'spikes', name), () =>
        openSpikes(folder, entry, rate, index + 1, problems),
      );
    }),
  ];
}

function describe(
  found: Sniff,
  folder: string,
  structure: Structure,
  streams: readonly SignalStream[],
  sources: readonly EventSource[],
  problems: Problem[],
): RecordingInfo {
  const rate = Math.max(0, ...streams.map(({ sampleRate }) => sampleRate));
  const runs = streams.find(({ sampleRate }) => sampleRate === rate)?.runs ?? [];
  const filled = sources.filter(({ count }) => count > 0);
  const onlyEvents = runs.length === 0 && filled.length > 0;
  const extent = {
    t0: Math.min(...filled.map(({ t0 }) => t0)),
    t1: Math.max(...filled.map(({ t1 }) => t1)),
  };
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: openephysBinary.name,
    version: structure['GUI version'].slice(0, 40),
    files: [...found.files],
    device: ['Open Ephys', structure.continuous[0]?.source_processor_name ?? ''].join(' ').trim().slice(0, 80),
    startedAt: readStart(join(folder, 'sync_messages.txt')),
    segments: segmentsOf(runs, rate),
    ...(onlyEvents && Number.isFinite(extent.t0) && Number.isFinite(extent.t1) ? { extent } : {}),
    channels: [
      ...streams.flatMap((stream) => stream.channels.map(({ channel }) => channel)),
      ...sources.map(({ channel }) => channel),
    ],
    events: Object.fromEntries(sources.map(({ channel, count }) => [channel.name, count])),
    problems,
    why: [...found.why],
  };
}

const MAX_TEXT_BYTES = 1 << 20;

/** Start of the recording by the computer's clock; null where it is not told (before GUI 0.6). */
function readStart(path: string): string | null {
  try {
    if (statSync(path).size > MAX_TEXT_BYTES) return null;
    const [, milliseconds] =
      /^Software Time \(milliseconds[^)]*\): (\d{12,14})\s*$/m.exec(readFileSync(path, 'utf8')) ?? [];
    return milliseconds === undefined ? null : new Date(Number(milliseconds)).toISOString();
  } catch {
    // The file is a help only.
    return null;
  }
}
