import type { JsonValue } from '../../../shared/model/document-json.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import type { MeanWaveform } from '../../../shared/contract/units.ts';
import { dependencyValue, listOf, type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { liesInCloud } from '../../ndi/database/file-store.ts';
import { ELEMENT_FILE } from '../../ndi/epochs/element-signals.ts';
import { type Element, elementName, elements } from '../../ndi/epochs/elements.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import { countVhsb, readVhsbTimes } from '../../formats/vhsb/times.ts';
import type { Session } from '../../ndi/session.ts';
import { probeChannels } from '../probe-channels.ts';
import { risingTimes, type Trains, type UnitTrain } from './train.ts';

/** A channel on which a waveform is this much smaller than on its largest is left out. */
const LEAST_SHARE = 0.3;
const MOST_CHANNELS = 8;

/**
 * Neurons of a session in an epoch: elements of the type `spikes` that store this epoch themselves, with what
 * `neuron_extracellular` says of them. A neuron whose probe is known belongs to the device that recorded the probe.
 */
export function neuronTrains(session: Session, epoch: Epoch): Trains {
  const all = elements(session);
  const neurons = new Map(all.filter(isNeuron).map((element) => [element.id, element]));
  if (neurons.size === 0) return { trains: [], problems: [] };
  const described = new Map(
    session.documents({ isa: 'neuron_extracellular' }).map((entry) => {
      const document = session.read(entry);
      return [dependencyValue(document, 'element_id'), document] as const;
    }),
  );
  const problems: Problem[] = [];
  const query = [{ field: 'epochid.epochid', operation: 'exact_string' as const, param1: epoch.epochId, param2: '' }];
  const trains = session.documents({ isa: 'element_epoch', query }).flatMap((entry): UnitTrain[] => {
    const id = dependencyValue(session.read(entry), 'element_id');
    const neuron = neurons.get(id);
    if (neuron === undefined) return [];
    const probe = all.find((element) => element.id === neuron.underlyingId);
    const channels = probe === undefined ? [] : probeChannels(epoch, probe);
    // Devices may share the ids of their epochs: a probe tells whose neuron it is.
    if (probe !== undefined && channels.length === 0) return [];
    try {
      const path = session.binaryFile(entry.id, ELEMENT_FILE);
      return [trainOf(neuron, probe, channels, described.get(id), path)];
    } catch (error) {
      if (!(error instanceof NdiError) || liesInCloud(error)) throw error;
      const message = `The spikes of ${neuron.name} cannot be read: ${error.message}`;
      problems.push({ grade: 'shouldFix', code: error.code, message, paths: [session.path] });
      return [];
    }
  });
  return { trains, problems };
}

function isNeuron({ type, direct }: Element): boolean {
  return type.toLowerCase() === 'spikes' && !direct;
}

function trainOf(
  neuron: Element,
  probe: Element | undefined,
  channels: readonly string[],
  document: NdiDocument | undefined,
  path: string,
): UnitTrain {
  const shape = document === undefined ? null : shapeOf(document, channels);
  return {
    id: `neuron:${neuron.id}`,
    name: neuron.name,
    origin: 'neuron',
    quality: document === undefined ? '' : textOf(valueAt(document, 'neuron_extracellular.quality_label')),
    probe: probe === undefined ? '' : elementName(probe),
    channels: shape?.channels.map(({ name }) => name) ?? (channels.length === 1 ? channels : []),
    depth: null,
    spikes: countVhsb(path),
    times: () => risingTimes(readVhsbTimes(path)),
    kept: shape ?? undefined,
  };
}

/** The mean waveform (samples x channels), channel by channel with the largest first; null where it is not one. */
function shapeOf(document: NdiDocument, channels: readonly string[]): MeanWaveform | null {
  const rows = listOf(valueAt(document, 'neuron_extracellular.mean_waveform')).map(numbersOf);
  const times = numbersOf(valueAt(document, 'neuron_extracellular.waveform_sample_times') ?? null);
  const [width = 0] = rows.map((row) => row.length);
  if (rows.length < 2 || width !== channels.length || times.length !== rows.length) return null;
  const planes = channels.map((name, channel) => {
    const values = rows.map((row) => row[channel] ?? 0);
    return { name, values, height: Math.max(...values) - Math.min(...values) };
  });
  planes.sort((a, b) => b.height - a.height);
  const least = (planes[0]?.height ?? 0) * LEAST_SHARE;
  const [first = 0, second = first + 1] = times;
  return {
    channels: planes
      .filter(({ height }) => height > 0 && height >= least)
      .slice(0, MOST_CHANNELS)
      .map(({ name, values }) => ({ name, values })),
    units: '',
    startSec: first,
    sampleRate: 1 / (second - first),
    spikes: 0,
  };
}

function numbersOf(value: JsonValue): number[] {
  return listOf(value).map((entry) => (typeof entry === 'number' ? entry : NaN));
}
