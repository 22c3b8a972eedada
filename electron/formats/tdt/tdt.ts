import { readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel, RecordingInfo } from '../../../shared/contract/recordings.ts';
import { eventChannel } from '../channels.ts';
import { EventCollector } from '../event-collector.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault, toReadFault } from '../file-faults.ts';
import { refusal } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, OpenRecording, RecordingFormat, SignalStream, Sniff } from '../format.ts';
import { note } from '../problems.ts';
import { hasSevHeader, isSevName, readSev, type SevFile } from './sev.ts';
import { fromSev, fromTev, toStreams, type ChannelData } from './streams.ts';
import { readIndex, type BlockIndex, type EventIndex, type StreamIndex } from './tsq.ts';

const FORMAT = 'tdt';

/** Tucker-Davis tanks: a folder a block with its index `.tsq`, data `.tev` and files of single channels `.sev`. */
export const tdt: RecordingFormat = {
  id: FORMAT,
  name: 'TDT tank',
  extensions: ['.tsq', '.tev', '.sev'],
  sniff,
  open,
  mainFile: (names) =>
    names.filter((name) => hasEnding(name, '.tsq')).sort()[0] ?? names.find((name) => isSevName(name)),
};

function hasEnding(name: string, ending: string): boolean {
  return extname(name).toLowerCase() === ending;
}

function sniff(candidate: FileCandidate): Sniff | NearMiss | null {
  const { path, head, siblings } = candidate;
  const folder = dirname(path);
  if (hasEnding(path, '.tsq')) {
    if (!isIndex(head)) return { format: FORMAT, path, refused: refusal(head, 'the index of a TDT block') };
    return block(folder, basename(path), siblings, ['The second record of the index is the mark of a start.']);
  }
  const isSev = hasSevHeader(head) || (hasEnding(path, '.sev') && isSevName(path));
  if (hasEnding(path, '.tev') || isSev) {
    const index = indexOf(path, siblings);
    if (index !== undefined) return block(folder, index, siblings, [`The index ${index} lies beside it.`]);
    if (!isSev) return { format: FORMAT, path, refused: 'The index (.tsq) that tells what is in it is not beside it.' };
    if (!hasEnding(path, '.sev')) return { format: FORMAT, path, files: [path], why: ['The file has a SEV header.'] };
    return block(folder, null, siblings, ['It is a file of one channel, and there is no index beside it.']);
  }
  return hasEnding(path, '.sev') ? { format: FORMAT, path, refused: refusal(head, 'TDT') } : null;
}

/** The index beside a data file: the one of its stem, else the first. */
function indexOf(path: string, siblings: readonly string[]): string | undefined {
  const indices = siblings.filter((name) => hasEnding(name, '.tsq')).sort();
  return indices.find((name) => basename(path).startsWith(stemOf(name))) ?? indices[0];
}

/** Record 1 is a mark with the code of a start. */
function isIndex(head: Uint8Array): boolean {
  if (head.length < 80) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return (view.getInt32(44, true) & 0xff0f) === 0x8801 && view.getInt32(48, true) === 1;
}

/** A block by its index. Where several lie in one folder the first is opened by the folder, the others by their index. */
function block(folder: string, index: string | null, siblings: readonly string[], why: string[]): Sniff {
  const indices = siblings.filter((name) => hasEnding(name, '.tsq')).sort();
  const isOwn = (name: string) => index === null || indices.length < 2 || name.startsWith(stemOf(index));
  const data = siblings.filter((name) => (hasEnding(name, '.tev') || hasEnding(name, '.sev')) && isOwn(name)).sort();
  why.push(`It is one block of a tank, with ${data.length} data files.`);
  const files = (index === null ? data : [index, ...data]).map((name) => join(folder, name));
  const isFirst = index === null || index === indices[0];
  return { format: FORMAT, path: isFirst ? folder : join(folder, index), files, why };
}

function stemOf(path: string): string {
  return basename(path, extname(path));
}

function open(found: Sniff): OpenRecording {
  const problems: Problem[] = [];
  const tsq = found.files.find((path) => hasEnding(path, '.tsq'));
  const index = tsq === undefined ? null : withFile(tsq, readIndex);
  problems.push(...(index?.problems ?? []));
  mentionOthers(found, tsq, problems);
  const channels = findChannels(found, index, problems);
  if (channels.length === 0 && (index?.events.length ?? 0) === 0) {
    problems.push(note('format.empty', 'The block holds neither samples nor events.', found.path));
  }
  const streams = toStreams(channels);
  const events = nameEvents(index?.events ?? []);
  return {
    info: describe(found, index, streams, events, problems),
    streams,
    readEvents: (names, from, to, limit) => {
      const collector = new EventCollector(limit);
      for (const { channel, list } of events) {
        if (!names.has(channel.name)) continue;
        list.times.forEach((time, k) => {
          if (time >= from && time < to) collector.offer(channel.name, time, () => list.values[k] ?? 0);
        });
      }
      return collector.result();
    },
  };
}

/** A folder should hold one block. */
function mentionOthers(found: Sniff, tsq: string | undefined, problems: Problem[]): void {
  if (tsq === undefined || found.path === tsq) return;
  let names: string[];
  try {
    names = readdirSync(dirname(tsq));
  } catch (error) {
    throw toReadFault(error, dirname(tsq));
  }
  const others = names.filter((name) => hasEnding(name, '.tsq') && name !== basename(tsq));
  if (others.length > 0) {
    const message = `${others.join(', ')} belong to other blocks in the same folder: open them by themselves.`;
    problems.push(note('recording.otherGroups', message, ...others.map((name) => join(dirname(tsq), name))));
  }
}

function findChannels(found: Sniff, index: BlockIndex | null, problems: Problem[]): ChannelData[] {
  const sevs = new Map<string, SevFile[]>();
  for (const path of found.files.filter((file) => !hasEnding(file, '.tsq') && !hasEnding(file, '.tev'))) {
    const sev = readSev(path);
    if (sev === null) {
      problems.push(
        note('format.unknown', `Neither the header nor the name of ${basename(path)} tells its channel.`, path),
      );
    } else {
      const key = `${sev.store} ${sev.channel}`;
      sevs.set(key, [...(sevs.get(key) ?? []), sev]);
    }
  }
  const tsq = found.files[0] ?? found.path;
  const tev = found.files.find((path) => hasEnding(path, '.tev') && stemOf(path) === stemOf(tsq));
  const list: ChannelData[] = [];
  const add = (data: ChannelData | null) => {
    if (data !== null && data.samples > 0) list.push(data);
  };
  const tevSize = tev === undefined ? 0 : withFile(tev, (file) => file.size);
  const indexed = new Map<string, StreamIndex>();
  for (const stream of index?.streams ?? []) {
    const key = `${stream.store} ${stream.channel}`;
    indexed.set(key, stream);
    if (sevs.has(key)) continue;
    if (tev === undefined) throw noData(tsq, stream);
    add(fromTev(tev, tevSize, stream, problems));
  }
  for (const [key, parts] of sevs) add(fromSev(parts, indexed.get(key), problems));
  return list.sort((a, b) => (a.store < b.store ? -1 : a.store > b.store ? 1 : a.channel - b.channel));
}

function noData(tsq: string, { store, channel }: StreamIndex) {
  const stem = stemOf(tsq);
  const sentence = `the data of ${store} ${channel} are missing: there is neither ${stem}.tev nor ${stem}_${store}_Ch${channel}.sev.`;
  return formatFault('format.truncated', tsq, sentence, { store, channel });
}

interface NamedEvents {
  readonly channel: Channel;
  readonly list: EventIndex;
}

/** Strobes, then snippets, are numbered `e`; scalars `mk`. */
function nameEvents(lists: readonly EventIndex[]): NamedEvents[] {
  const strobes = lists.filter(({ kind }) => kind === 'strobeOn' || kind === 'strobeOff');
  const snippets = lists.filter(({ kind }) => kind === 'snippet');
  const events = [...strobes, ...snippets].map((list, index) => {
    const suffix = list.kind === 'snippet' ? ` ${list.channel}` : list.kind === 'strobeOff' ? ' off' : '';
    return { channel: eventChannel('event', index + 1, `${list.store}${suffix}`), list };
  });
  const scalars = lists
    .filter(({ kind }) => kind === 'scalar')
    .map((list, index) => ({ channel: eventChannel('marker', index + 1, list.store), list }));
  return [...events, ...scalars];
}

function describe(
  found: Sniff,
  index: BlockIndex | null,
  streams: readonly SignalStream[],
  events: readonly NamedEvents[],
  problems: Problem[],
): RecordingInfo {
  const rate = Math.max(0, ...streams.map(({ sampleRate }) => sampleRate));
  const fastest = streams.find(({ sampleRate }) => sampleRate === rate);
  const listed = streams.flatMap((stream) => stream.channels.map(({ channel }) => channel));
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: tdt.name,
    version: '',
    files: [...found.files],
    device: 'Tucker-Davis Technologies',
    startedAt: index === null ? null : new Date(index.start * 1000).toISOString(),
    segments: joinRuns(fastest),
    channels: [
      ...listed.filter(({ type }) => type !== 'time'),
      ...listed.filter(({ type }) => type === 'time'),
      ...events.map(({ channel }) => channel),
    ],
    events: Object.fromEntries(events.map(({ channel, list }) => [channel.name, list.times.length])),
    problems,
    why: [...found.why],
  };
}

/** Parts of an hour follow each other without a gap: they are one segment. */
function joinRuns(stream: SignalStream | undefined): RecordingInfo['segments'] {
  if (stream === undefined) return [];
  const { runs, sampleRate } = stream;
  const segments: RecordingInfo['segments'] = [];
  for (const run of runs) {
    const last = segments.at(-1);
    if (last !== undefined && Math.abs(run.t0 - (last.t0 + last.samples / sampleRate)) * sampleRate < 1)
      last.samples += run.samples;
    else segments.push({ start: run.firstSample, samples: run.samples, t0: run.t0, t1: 0 });
  }
  return segments.map((segment) => ({ ...segment, t1: segment.t0 + (segment.samples - 1) / sampleRate }));
}
