import type { JsonObject } from '../../../shared/model/document-json.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import {
  dependencyValue,
  dependencyValues,
  listOf,
  type NdiDocument,
  objectOf,
  textOf,
  valueAt,
} from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { withFile } from '../../formats/file-bytes.ts';
import { liesInCloud } from '../../ndi/database/file-store.ts';
import { elementName, elements } from '../../ndi/epochs/elements.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import type { Session } from '../../ndi/session.ts';
import { probeChannels } from '../probe-channels.ts';
import { keptShape } from './kept-shape.ts';
import { risingTimes, type Trains, type UnitTrain } from './train.ts';

/** Clusters that NDI's sorter says nothing good of; they become no neurons, and are not shown. */
const LEFT_OUT = new Set(['unselected', 'not useable']);

/**
 * Clusters of NDI's spike sorter (`spike_clusters`) that were not made neurons: one number a spike, the spikes of all
 * epochs one after another, their times in the `spikewaves` documents of the epochs.
 */
export function clusterTrains(session: Session, epoch: Epoch): Trains {
  const made = new Set(
    session
      .documents({ isa: 'neuron_extracellular' })
      .map((entry) => dependencyValue(session.read(entry), 'spike_clusters_id')),
  );
  const problems: Problem[] = [];
  const trains = session.documents({ isa: 'spike_clusters' }).flatMap((entry) => {
    if (made.has(entry.id)) return [];
    try {
      return trainsOf(session, epoch, entry.id);
    } catch (error) {
      if (!(error instanceof NdiError) || liesInCloud(error)) throw error;
      const message = `The clusters ${entry.id} cannot be read: ${error.message}`;
      problems.push({ grade: 'shouldFix', code: error.code, message, paths: [session.path] });
      return [];
    }
  });
  return { trains, problems };
}

function trainsOf(session: Session, epoch: Epoch, id: string): UnitTrain[] {
  const document = session.document(id);
  const probe = elements(session).find((element) => element.id === dependencyValue(document, 'element_id'));
  const channels = probe === undefined ? [] : probeChannels(epoch, probe);
  if (probe === undefined || channels.length === 0) return [];
  const info = 'spike_clusters.epoch_info';
  const names = listOf(valueAt(document, `${info}.EpochNames`)).map(textOf);
  const starts = listOf(valueAt(document, `${info}.EpochStartSamples`)).map(Number);
  const at = names.indexOf(epoch.epochId);
  const waves = dependencyValues(document, 'spikewaves_doc_id').map((wave) => session.document(wave));
  const wave = waves.find((one) => textOf(valueAt(one, 'epochid.epochid')) === epoch.epochId);
  if (at < 0 || wave === undefined) return [];
  const clusters = readNumbers(session.binaryFile(id, 'spike_cluster.bin'), 2);
  const times = readNumbers(session.binaryFile(textOf(valueAt(wave, 'base.id')), 'spiketimes.bin'), 4);
  // Counted from 1, as MATLAB does.
  const first = (starts[at] ?? 1) - 1;
  const own = new Map<number, number[]>();
  times.forEach((time, spike) => {
    const cluster = clusters[first + spike] ?? 0;
    const list = own.get(cluster) ?? [];
    own.set(cluster, list);
    list.push(time);
  });
  const described = clusterInfo(document);
  const sampleTimes = valueAt(document, 'spike_clusters.waveform_sample_times');
  const qualityOf = (cluster: number) => textOf(described.get(cluster)?.['qualitylabel']);
  return [...own]
    .filter(([cluster]) => !LEFT_OUT.has(qualityOf(cluster).toLowerCase()))
    .map(([cluster, list]): UnitTrain => {
      const rising = risingTimes(Float64Array.from(list));
      const { byHeight, waveform } = keptShape(described.get(cluster)?.['meanshape'], sampleTimes, channels);
      return {
        id: `clusters:${id}/${cluster}`,
        name: `${probe.name} cluster ${cluster}`,
        origin: 'clusters',
        quality: qualityOf(cluster),
        probe: elementName(probe),
        channels: byHeight,
        depth: null,
        spikes: rising.length,
        times: () => rising,
        kept: waveform,
      };
    });
}

/** What the document says of each cluster, by its number. */
function clusterInfo(document: NdiDocument): Map<number, JsonObject> {
  return new Map(
    listOf(valueAt(document, 'spike_clusters.clusterinfo')).flatMap((entry) => {
      const known = objectOf(entry);
      return known === null ? [] : [[Number(known['number']), known] as const];
    }),
  );
}

/** Little-endian u16 (`bytes` 2) or float32 (`bytes` 4) to the end of a file. */
function readNumbers(path: string, bytes: 2 | 4): Float64Array {
  return withFile(path, (file) => {
    const count = Math.floor(file.size / bytes);
    const view = file.view(0, count * bytes, 'the values');
    return Float64Array.from({ length: count }, (_, index) =>
      bytes === 2 ? view.getUint16(2 * index, true) : view.getFloat32(4 * index, true),
    );
  });
}
