import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import type { ProbeMapEntry } from '../../../shared/model/epoch-probe-map.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { readGroups } from '../../formats/phy/groups.ts';
import { readPhyPlaces } from '../../formats/phy/places.ts';
import { readSpikes } from '../../formats/phy/spikes.ts';
import { elementName, elements } from '../../ndi/epochs/elements.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import type { Session } from '../../ndi/session.ts';
import { probeChannels } from '../probe-channels.ts';
import type { Trains, UnitTrain } from './train.ts';

/** Where NDI-matlab looks for what Kilosort gave: `kilosort/<probe>/kilosort_output` in the session's folder. */
const SORTINGS = 'kilosort';
const OUTPUT = 'kilosort_output';
/** Files that Phy writes when somebody curates. */
const STAMPED = ['spike_times.npy', 'spike_clusters.npy', 'cluster_group.tsv'];
/** Clusters that a person or the sorter has called no cell. */
const NOISE = 'noise';

interface FolderPorts {
  readonly session: Session;
  /** Epochs of the device, in the order of its table. */
  readonly epochs: readonly Epoch[];
  readonly describe: (path: string) => Promise<RecordingInfo>;
}

/**
 * Units of the folders of Kilosort and Phy that lie where NDI keeps them, for probes without neurons of their own. Spikes
 * are counted in samples from 0 over all epochs of the probe, laid end to end in the order of the epoch table.
 */
export async function folderTrains(ports: FolderPorts, epoch: Epoch): Promise<Trains> {
  const { session } = ports;
  const folders = sortedProbes(session.path);
  if (folders.length === 0) return { trains: [], problems: [] };
  const all = elements(session);
  const problems: Problem[] = [];
  const trains: UnitTrain[] = [];
  for (const row of epoch.probeMap) {
    const folder = folders.find(({ name }) => name === plain(`${row.name} ${row.reference}`))?.folder;
    const probe = all.find(({ name, reference, type }) => sameProbe({ name, reference, type }, row));
    const isImported = probe !== undefined && all.some(({ underlyingId }) => underlyingId === probe.id);
    if (folder === undefined || isImported) continue;
    try {
      trains.push(...(await trainsIn(ports, folder, row, epoch, problems)));
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      problems.push({ grade: 'shouldFix', code: error.code, message: error.message, paths: [folder] });
    }
  }
  return { trains, problems };
}

function sameProbe(a: Pick<ProbeMapEntry, 'name' | 'reference' | 'type'>, b: typeof a): boolean {
  return a.name === b.name && a.reference === b.reference && a.type.toLowerCase() === b.type.toLowerCase();
}

/** NDI names the folder `cortex_|_1`, which not every system allows: only letters and digits count. */
const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_');

function sortedProbes(sessionFolder: string): { name: string; folder: string }[] {
  const top = join(sessionFolder, SORTINGS);
  if (!existsSync(top)) return [];
  return readdirSync(top, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const own = join(top, entry.name);
      const folder = [join(own, OUTPUT), own].find((candidate) => existsSync(join(candidate, 'spike_times.npy')));
      return folder === undefined ? [] : [{ name: plain(entry.name), folder }];
    });
}

/** Changes whenever a folder of sorted spikes comes, goes, or is curated. */
export function sortingsStamp(sessionFolder: string): string {
  return sortedProbes(sessionFolder)
    .flatMap(({ folder }) =>
      STAMPED.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0),
    )
    .join();
}

async function trainsIn(
  { epochs, describe }: FolderPorts,
  folder: string,
  row: ProbeMapEntry,
  epoch: Epoch,
  problems: Problem[],
): Promise<UnitTrain[]> {
  const channels = probeChannels(epoch, row);
  const placed = await placeEpoch(epochs, row, epoch, describe);
  if (placed === null || channels.length === 0) return [];
  const names = readdirSync(folder);
  const clusters = ['spike_clusters.npy', 'spike_templates.npy'].find((name) => names.includes(name));
  if (clusters === undefined) return [];
  const spikes = readSpikes(folder, clusters, null, problems);
  const groups = readGroups(folder, names);
  const places = readPhyPlaces(folder);
  const own = new Map<number, number[]>();
  spikes.samples.forEach((sample, index) => {
    if (sample < placed.first || sample >= placed.first + placed.samples) return;
    const cluster = spikes.clusters[index] ?? 0;
    const list = own.get(cluster) ?? [];
    own.set(cluster, list);
    list.push(placed.timeOf(sample - placed.first));
  });
  return [...own]
    .filter(([cluster]) => groups.get(cluster) !== NOISE)
    .map(([cluster, list]): UnitTrain => {
      const times = Float64Array.from(list);
      const place = places.get(cluster);
      return {
        id: `folder:${plain(`${row.name} ${row.reference}`)}/${cluster}`,
        name: `${row.name} ${cluster}`,
        origin: 'folder',
        quality: groups.get(cluster) ?? '',
        probe: elementName(row),
        channels: (place?.channels ?? []).flatMap((channel) => channels[channel] ?? []),
        depth: place?.depth ?? null,
        spikes: times.length,
        times: () => times,
      };
    });
}

interface PlacedEpoch {
  /** Sample of the concatenation with which the epoch begins. */
  readonly first: number;
  readonly samples: number;
  /** Time of a sample of the epoch, from 0. */
  readonly timeOf: (sample: number) => number;
}

async function placeEpoch(
  epochs: readonly Epoch[],
  row: ProbeMapEntry,
  epoch: Epoch,
  describe: FolderPorts['describe'],
): Promise<PlacedEpoch | null> {
  let first = 0;
  for (const one of epochs) {
    const [channel] = probeChannels(one, row);
    if (channel === undefined) continue;
    // Without its length the places of all epochs after it are not known.
    if (one.recordingPath === null) return null;
    const info = await describe(one.recordingPath);
    const found = info.channels.find(({ name }) => name === channel);
    if (found === undefined || found.samples === null || found.sampleRate === null) return null;
    if (one.epochId !== epoch.epochId) {
      first += found.samples;
      continue;
    }
    return { first, samples: found.samples, timeOf: timesOf(info, found.sampleRate, epoch.timeShift) };
  }
  return null;
}

/** Segments count samples at the highest rate of the recording. */
function timesOf({ segments, channels }: RecordingInfo, rate: number, shift: number): (sample: number) => number {
  const highest = Math.max(...channels.map(({ sampleRate }) => sampleRate ?? 0));
  return (sample) => {
    const at = (sample * highest) / rate;
    const segment = segments.findLast(({ start }) => start <= at) ?? segments[0];
    return segment === undefined ? NaN : segment.t0 + (at - segment.start) / highest + shift;
  };
}
