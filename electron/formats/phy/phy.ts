import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { firstIndex } from '../../../shared/model/rising.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel, RecordingInfo } from '../../../shared/contract/recordings.ts';
import { channelName } from '../../../shared/model/channels.ts';
import { EventCollector } from '../event-collector.ts';
import { formatFault, toReadFault } from '../file-faults.ts';
import { refusal, startsWith } from '../foreign-content.ts';
import type { EventList, FileCandidate, NearMiss, OpenRecording, RecordingFormat, Sniff } from '../format.ts';
import { note } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { groupFiles, readGroups } from './groups.ts';
import { readParams } from './params.ts';
import { findRawData, type RawData } from './raw.ts';
import { readPhyShanks } from './shanks.ts';
import { readSpikes, type Spikes } from './spikes.ts';

const FORMAT = 'phy';
const MAIN = 'spike_times.npy';
const PARAMS = 'params.py';
const NUMPY = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** A folder of spikes as Kilosort writes and Phy curates them; the raw data too where they are there. */
export const phy: RecordingFormat = {
  id: FORMAT,
  name: 'Kilosort/Phy spikes',
  extensions: [],
  sniff,
  open,
  mainFile: (names) => (names.includes(MAIN) && clustersOf(names) !== undefined ? MAIN : undefined),
};

/** Clusters after curation, else the templates that the spikes were found by. */
function clustersOf(names: readonly string[]): string | undefined {
  return ['spike_clusters.npy', 'spike_templates.npy'].find((name) => names.includes(name));
}

function sniff({ path, head, siblings }: FileCandidate): Sniff | NearMiss | null {
  if (basename(path) !== MAIN) return null;
  const clusters = clustersOf(siblings);
  if (clusters === undefined) return null;
  if (!startsWith(head, NUMPY)) return { format: FORMAT, path, refused: refusal(head, 'spikes of Kilosort') };
  const folder = dirname(path);
  const files = [MAIN, clusters, PARAMS, ...groupFiles].filter((name) => siblings.includes(name));
  const why = [`The folder has ${MAIN} and ${clusters}, as Kilosort and Phy keep spikes.`];
  return { format: FORMAT, path: folder, files: files.map((name) => join(folder, name)), why };
}

function open(found: Sniff): OpenRecording {
  const folder = found.path;
  const names = namesIn(folder);
  const clusters = clustersOf(names);
  if (clusters === undefined || !names.includes(PARAMS)) {
    const missing = clusters === undefined ? 'spike_clusters.npy' : PARAMS;
    throw formatFault('format.invalid', folder, `${missing} is missing: the spikes cannot be read without it.`);
  }
  const problems: Problem[] = [];
  const params = readParams(join(folder, PARAMS));
  const raw = findRawData(folder, params, readPhyShanks(folder, names), problems);
  const spikes = readSpikes(folder, clusters, raw?.samples ?? null, problems);
  const counts = new Map<number, number>();
  for (const cluster of spikes.clusters) counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
  if (counts.size === 0) problems.push(note('format.empty', 'The folder holds no spikes.', folder));
  const groups = readGroups(folder, names);
  const units = [...counts.keys()].sort((a, b) => a - b).map((cluster) => unitChannel(cluster, groups));
  return {
    info: describe(found, params.sampleRate, raw, spikes, units, counts, problems),
    streams: raw === null ? [] : [raw.stream],
    readEvents: (wanted, from, to, limit) => readEvents(spikes, params.sampleRate, wanted, from, to, limit),
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw toReadFault(error, folder);
  }
}

/** A unit keeps the number of its cluster, which Phy counts from 0. */
function unitChannel(cluster: number, groups: ReadonlyMap<number, string>): Channel {
  const name = channelName('event', cluster);
  const label = `unit ${cluster} (${groups.get(cluster) ?? 'unsorted'})`;
  const none = { units: '', sampleRate: null, samples: null, gain: null, offset: null };
  return { name, type: 'event', number: cluster, label, ...none };
}

function describe(
  found: Sniff,
  sampleRate: number,
  raw: RawData | null,
  spikes: Spikes,
  units: readonly Channel[],
  counts: ReadonlyMap<number, number>,
  problems: Problem[],
): RecordingInfo {
  const segments = segmentsOf(raw?.stream.runs ?? [], sampleRate);
  const spikesOnly = { extent: { t0: 0, t1: (spikes.samples.at(-1) ?? 0) / sampleRate } };
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: phy.name,
    version: '',
    files: [...found.files, ...(raw?.files ?? [])],
    device: 'Kilosort/Phy',
    startedAt: null,
    segments,
    ...(segments.length === 0 ? spikesOnly : {}),
    channels: [...(raw?.stream.channels.map(({ channel }) => channel) ?? []), ...units],
    events: Object.fromEntries(units.map(({ name, number }) => [name, counts.get(number) ?? 0])),
    problems,
    why: [...found.why],
  };
}

function readEvents(
  { samples, clusters }: Spikes,
  sampleRate: number,
  wanted: ReadonlySet<string>,
  from: number,
  to: number,
  limit: number,
): EventList {
  const collector = new EventCollector(limit);
  const names = new Map<number, string | null>();
  const first = firstIndex(samples.length, (index) => (samples[index] ?? 0) / sampleRate >= from);
  for (let index = first; index < samples.length; index++) {
    const time = (samples[index] ?? 0) / sampleRate;
    if (time >= to) break;
    const cluster = clusters[index] ?? 0;
    let name = names.get(cluster);
    if (name === undefined) {
      const own = channelName('event', cluster);
      name = wanted.has(own) ? own : null;
      names.set(cluster, name);
    }
    if (name !== null) collector.offer(name, time, () => 1);
  }
  return collector.result();
}
