import { readFileSync } from 'node:fs';
import type { Problem } from '../../../shared/contract/common.ts';
import { dependencyValue, documentId, textOf, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { readVhsbRows } from '../../formats/vhsb/times.ts';
import { liesInCloud } from '../../ndi/database/file-store.ts';
import { ELEMENT_FILE } from '../../ndi/epochs/element-signals.ts';
import { type Element, elementName, elements } from '../../ndi/epochs/elements.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import type { Session } from '../../ndi/session.ts';
import { probeChannels } from '../probe-channels.ts';
import { risingTimes, type Trains, type UnitTrain } from './train.ts';

const NAMES_FILE = 'neuron_names.txt';
/** Each becomes a unit, silent ones too. */
const MOST_NEURONS = 1_000_000;

/**
 * Neurons of ensembles in an epoch: elements of the type `ensemble` keep the spikes of many in one file, of each the time
 * and the number of its neuron; an `ensemble` document tells their names (daq-epochs-time reference, section 15.5).
 */
export function ensembleTrains(session: Session, epoch: Epoch): Trains {
  const all = elements(session);
  const ensembles = new Map(all.filter(({ type }) => type.toLowerCase() === 'ensemble').map((one) => [one.id, one]));
  if (ensembles.size === 0) return { trains: [], problems: [] };
  const problems: Problem[] = [];
  const query = [{ field: 'epochid.epochid', operation: 'exact_string' as const, param1: epoch.epochId, param2: '' }];
  const trains = session.documents({ isa: 'element_epoch', query }).flatMap((entry): UnitTrain[] => {
    const ensemble = ensembles.get(dependencyValue(session.read(entry), 'element_id'));
    if (ensemble === undefined) return [];
    const probe = all.find((element) => element.id === ensemble.underlyingId);
    const channels = probe === undefined ? [] : probeChannels(epoch, probe);
    // Devices may share the ids of their epochs: a probe tells whose they are.
    if (probe !== undefined && channels.length === 0) return [];
    try {
      const names = namesOf(session, entry.id);
      return trainsOf(ensemble, probe, names, session.binaryFile(entry.id, ELEMENT_FILE));
    } catch (error) {
      if (!(error instanceof NdiError) || liesInCloud(error)) throw error;
      const message = `The neurons of the ensemble ${elementName(ensemble)} cannot be read: ${error.message}`;
      problems.push({ grade: 'shouldFix', code: error.code, message, paths: [session.path] });
      return [];
    }
  });
  return { trains, problems };
}

/** Names by the numbers of the neurons; [] where no document tells them. @throws NdiError document.* */
function namesOf(session: Session, elementEpochId: string): string[] {
  const [entry] = session.documents({ isa: 'ensemble', dependsOn: { name: 'element_epoch_id', id: elementEpochId } });
  if (entry === undefined) return [];
  const document = session.read(entry);
  const count = Number(valueAt(document, 'ensemble.num_neurons'));
  if (count > MOST_NEURONS) throw tooManyNeurons(entry.id, count);
  const text = readFileSync(session.binaryFile(documentId(document), NAMES_FILE), 'utf8');
  const names = text.split(/\r?\n/).map((name) => name.trim());
  const title = textOf(valueAt(document, 'ensemble.ensemble_name'));
  return Array.from({ length: count > 0 ? count : names.length }, (_, at) => names[at] || `${title} ${at + 1}`);
}

/** Neurons are numbered from 1, as columns of MATLAB. */
function trainsOf(ensemble: Element, probe: Element | undefined, names: readonly string[], path: string): UnitTrain[] {
  const byNeuron = new Map<number, number[]>();
  for (const [time, neuron] of readVhsbRows(path)) {
    const known = byNeuron.get(neuron);
    if (known === undefined) byNeuron.set(neuron, [time]);
    else known.push(time);
  }
  const numbers = [...new Set([...names.keys()].map((at) => at + 1).concat([...byNeuron.keys()]))].sort(
    (a, b) => a - b,
  );
  return numbers.map((number) => {
    const times = byNeuron.get(number) ?? [];
    return {
      id: `ensemble:${ensemble.id}:${number}`,
      name: names[number - 1] ?? `${ensemble.name} ${number}`,
      origin: 'ensemble',
      quality: '',
      probe: probe === undefined ? '' : elementName(probe),
      channels: [],
      depth: null,
      spikes: times.length,
      times: () => risingTimes(Float64Array.from(times)),
    };
  });
}

function tooManyNeurons(id: string, count: number): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The document ${id} tells of ${count} neurons, which cannot be.`,
    recovery: 'Put its number of neurons right.',
    details: { id, field: 'ensemble.num_neurons' },
  });
}
