import type { Problem } from '../../../shared/contract/common.ts';
import { dependencyValue, type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { liesInCloud } from '../../ndi/database/file-store.ts';
import { ELEMENT_FILE } from '../../ndi/epochs/element-signals.ts';
import { type Element, elementName, elements } from '../../ndi/epochs/elements.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import { countVhsb, readVhsbTimes } from '../../formats/vhsb/times.ts';
import type { Session } from '../../ndi/session.ts';
import { probeChannels } from '../probe-channels.ts';
import { keptShape } from './kept-shape.ts';
import { risingTimes, type Trains, type UnitTrain } from './train.ts';

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
  const { waveform, byHeight } = keptShape(
    valueAt(document ?? {}, 'neuron_extracellular.mean_waveform'),
    valueAt(document ?? {}, 'neuron_extracellular.waveform_sample_times'),
    channels,
  );
  return {
    id: `neuron:${neuron.id}`,
    name: neuron.name,
    origin: 'neuron',
    quality: document === undefined ? '' : textOf(valueAt(document, 'neuron_extracellular.quality_label')),
    probe: probe === undefined ? '' : elementName(probe),
    channels: byHeight,
    depth: null,
    spikes: countVhsb(path),
    times: () => risingTimes(readVhsbTimes(path)),
    kept: waveform,
  };
}
