import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel, RecordingInfo } from '../../../shared/contract/recordings.ts';
import { isSampled } from '../../../shared/model/channels.ts';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { makeId } from '../../../shared/model/ids.ts';
import {
  formatChannelList,
  groupOf,
  segmentName,
  segmentPrefix,
  type IngestedChannel,
} from '../../formats/ndi-ingested/channel-list.ts';
import { encodeMetadata } from '../../formats/ndi-ingested/metadata.ts';
import { encodeDigital, encodeSamples, encodeTimes } from '../../formats/ndi-ingested/nbf.ts';
import { notesFile, type EpochNotes } from '../../formats/ndi-ingested/notes.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';

/** What one segment holds at most, in values: it is decoded whole when any of it is read. */
const SEGMENT_VALUES = 4_000_000;
const MOST_SAMPLES = 1_000_000;
const MAX_EVENTS = 1_000_000;

const dataClasses: Readonly<Partial<Record<Channel['type'], string>>> = {
  analog_in: 'ephys',
  analog_out: 'ephys',
  auxiliary_in: 'ephys',
  digital_in: 'digital',
  digital_out: 'digital',
  time: 'time',
};

export interface EpochSource {
  /** By which the recording is opened. */
  readonly path: string;
  readonly timeShift: number;
}

/** The files of an ingested epoch, written to a folder, and what its document says of them. */
export interface WrittenEpoch {
  /** Paths by the names of the document's files. */
  readonly files: ReadonlyMap<string, string>;
  readonly notesPath: string;
  readonly analogSegment: number;
  readonly digitalSegment: number;
}

/** Channels that share files: of one type, rate and length. */
interface Group {
  readonly type: Channel['type'];
  readonly number: number;
  readonly channels: readonly Channel[];
}

/**
 * Writes all samples of a recording as segments of NDI's containers, the list of channels, and our notes.
 * @param onFraction told how much is done, 0 to 1
 * @throws NdiError path.*, format.*, app.cancelled
 */
export async function writeEpochSegments(
  workers: DataWorkers,
  source: EpochSource,
  folder: string,
  onFraction: (fraction: number) => void,
  signal: AbortSignal,
): Promise<WrittenEpoch> {
  const info = await workers.describe(source.path, signal);
  const groups = groupsOf(info.channels);
  const widest = groups.reduce((most, { channels }) => Math.max(most, channels.length), 1);
  const length = Math.min(MOST_SAMPLES, Math.floor(SEGMENT_VALUES / widest));
  const total = groups.reduce((sum, { channels }) => sum + channels.length * (channels[0]?.samples ?? 0), 0);
  const files = new Map<string, string>();
  const runs: EpochNotes['runs'] = {};
  let done = 0;
  for (const group of groups) {
    const samples = group.channels[0]?.samples ?? 0;
    const stretches: [number, number, number][] = [];
    for (let from = 0, segment = 1; from < samples; from += length, segment++) {
      const to = Math.min(samples, from + length);
      const query = { channels: group.channels.map(({ name }) => name).join(','), from, to, unit: 'samples' as const };
      const block = await workers.readArrays(source.path, { ...query, timeShift: source.timeShift }, signal);
      const name = segmentName(group.type, group.number, segment);
      const path = join(folder, name);
      try {
        for (const { at, count, t0 } of block.channels[0]?.runs ?? []) {
          addStretch(stretches, [from + at, count, t0], group.channels[0]?.sampleRate ?? 1);
        }
        writeFileSync(path, await encode(group.type, block.data));
      } finally {
        block.release();
      }
      files.set(name, path);
      done += group.channels.length * (to - from);
      onFraction(total === 0 ? 1 : done / total);
    }
    if (group.type !== 'time') runs[`${segmentPrefix(group.type)}_${group.number}`] = stretches;
  }
  const listPath = join(folder, 'channel_list.bin');
  writeFileSync(listPath, formatChannelList(listOf(groups, info)));
  files.set('channel_list.bin', listPath);
  const notesPath = join(folder, notesFile);
  writeFileSync(notesPath, JSON.stringify(await notesOf(workers, source, info, runs, signal)));
  return { files, notesPath, analogSegment: length, digitalSegment: length };
}

function encode(type: Channel['type'], columns: readonly Float64Array[]): Promise<Buffer> {
  if (type === 'time') return encodeTimes(columns, makeId());
  if (type === 'digital_in' || type === 'digital_out') return encodeDigital(columns, makeId());
  return encodeSamples(columns, makeId());
}

/** Adds a stretch, or lengthens the last one where it follows without a gap. */
function addStretch(stretches: [number, number, number][], next: [number, number, number], sampleRate: number): void {
  const last = stretches.at(-1);
  const follows =
    last !== undefined &&
    last[0] + last[1] === next[0] &&
    Math.abs(last[2] + last[1] / sampleRate - next[2]) < 0.01 / sampleRate;
  if (follows) last[1] += next[1];
  else stretches.push(next);
}

/** Groups as NDI numbers them. Channels of another rate or length than those of their group go into a further one. */
function groupsOf(channels: readonly Channel[]): Group[] {
  const alike = new Map<string, Channel[]>();
  for (const channel of channels) {
    if (!isSampled(channel.type) || (channel.samples ?? 0) === 0) continue;
    const group = groupOf(channel.type, channel.number);
    const key = [channel.type, group, channel.sampleRate, channel.samples].join(' ');
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [channel]);
    else known.push(channel);
  }
  const taken = new Set<string>();
  const nameOf = (type: Channel['type'], number: number) => `${segmentPrefix(type)}_${number}`;
  return [...alike.values()].map((same) => {
    const sorted = [...same].sort((a, b) => a.number - b.number);
    const { type, number: first } = sorted[0] ?? { type: 'analog_in' as const, number: 1 };
    let number = groupOf(type, first);
    while (taken.has(nameOf(type, number))) number += 1;
    taken.add(nameOf(type, number));
    return { type, number, channels: sorted };
  });
}

/** NDI's order: types by their names, in each by number; events, markers and texts at the end. */
function listOf(groups: readonly Group[], info: RecordingInfo): IngestedChannel[] {
  const sampled = groups.flatMap(({ type, number: group, channels }) =>
    channels.map((channel): IngestedChannel => ({
      name: channel.name,
      type,
      number: channel.number,
      timeChannel: 1,
      sampleRate: channel.sampleRate ?? NaN,
      // Samples are stored in physical units.
      offset: 0,
      scale: 1,
      group,
      dataClass: dataClasses[type] ?? '',
    })),
  );
  const events = info.channels
    .filter(({ type }) => !isSampled(type))
    .map((channel): IngestedChannel => ({
      name: channel.name,
      type: channel.type,
      number: channel.number,
      timeChannel: null,
      sampleRate: NaN,
      offset: 0,
      scale: 1,
      group: 1,
      dataClass: 'eventmarktext',
    }));
  const byType = (a: IngestedChannel, b: IngestedChannel) =>
    a.type === b.type ? a.number - b.number : a.type < b.type ? -1 : 1;
  return [...sampled.sort(byType), ...events.sort((a, b) => a.number - b.number)];
}

async function notesOf(
  workers: DataWorkers,
  { path, timeShift }: EpochSource,
  info: RecordingInfo,
  runs: EpochNotes['runs'],
  signal: AbortSignal,
): Promise<EpochNotes> {
  const names = Object.keys(info.events).filter((name) => (info.events[name] ?? 0) > 0);
  const range = { from: -Number.MAX_VALUE, to: Number.MAX_VALUE, limit: MAX_EVENTS };
  const found =
    names.length === 0
      ? { events: [], total: 0 }
      : await workers.events(path, { channels: names.join(','), ...range, timeShift }, signal);
  if (found.total > MAX_EVENTS) throw tooManyEvents(path, found.total);
  const channels = info.channels.map(({ name, label, units }) => [name, { label, units }] as const);
  return {
    version: 1,
    startedAt: info.startedAt,
    device: info.device,
    channels: Object.fromEntries(channels),
    runs,
    events: found.events,
  };
}

/** Writes what metadata readers told, by their ids, each into a container of its own. */
export async function writeMetadata(
  told: readonly (readonly [readerId: string, parameters: readonly JsonObject[]])[],
  folder: string,
): Promise<Map<string, string>> {
  const written = new Map<string, string>();
  for (const [readerId, parameters] of told) {
    const path = join(folder, `metadata_${written.size + 1}.bin`);
    writeFileSync(path, await encodeMetadata(parameters, makeId()));
    written.set(readerId, path);
  }
  return written;
}

function tooManyEvents(path: string, events: number): NdiError {
  return new NdiError({
    code: 'format.unsupported',
    message: `The epoch has ${events} events; ingestion keeps at most ${MAX_EVENTS} of one, and nothing may be lost.`,
    recovery: 'Leave its files beside the session, or divide the recording.',
    details: { path, events },
  });
}
