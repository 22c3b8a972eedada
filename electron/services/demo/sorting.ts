import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentId, type NdiDocument, withDependency } from '../../../shared/model/documents.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { encodeVhsb } from '../../formats/vhsb/writer.ts';
import { newElement, newElementEpoch } from '../../ndi/epochs/new-element.ts';
import { EPOCH_SECONDS, INTAN_RATE, type ExperimentPlan } from './plan.ts';
import { intanAmplifiers } from './recordings.ts';
import { amplitudeOn, type Unit, waveform } from './units.ts';

/** Distance and width of the sites of the first probe, in µm. */
const SITE_PITCH = 25;
const SITE_DIAMETER = 12;
const PROBE = { name: 'cortex', reference: 1 } as const;
const QUALITY = { quality_number: 1, quality_label: 'good' } as const;

/** What a sorter made of a planted cell: the name of its neuron, or how the second device marks its spikes. */
export function sortedAs(units: readonly Unit[], unit: Unit) {
  if (unit.device === 'intan1') {
    return { neuron: `${PROBE.name}_${PROBE.reference}_${units.indexOf(unit) + 1}`, quality: QUALITY.quality_label };
  }
  return { event: { channel: `e${Math.round(unit.position) + 1}`, value: 1 } };
}

/**
 * The cells of the first device as a perfect sorter would have left them in the session: a neuron each with its mean
 * waveform, and its spikes in every epoch, named as NDI names what Kilosort gave. The second device sorts by itself.
 * @param epochIds ids of the first device's epochs, in their order
 */
export async function neuronDocuments(
  folder: string,
  plan: ExperimentPlan,
  ids: { readonly probeId: string; readonly subjectId: string; readonly epochIds: readonly string[] },
): Promise<NdiDocument[]> {
  const documents: NdiDocument[] = [];
  for (const [index, unit] of plan.units.entries()) {
    const { neuron } = sortedAs(plan.units, unit);
    if (neuron === undefined) continue;
    const element = newElement({
      ...{ name: neuron, reference: PROBE.reference, type: 'spikes', className: 'ndi.neuron' },
      subjectId: ids.subjectId,
      underlyingId: ids.probeId,
    });
    documents.push(element, describe(unit, index, documentId(element)));
    for (const [at, epoch] of plan.epochs.entries()) {
      const file = join(folder, `.${epoch.name}.${neuron}.vhsb`);
      const times = (epoch.spikes[index] ?? []).map((sample) => sample / INTAN_RATE);
      await writeFile(file, encodeVhsb(times, [times.map(() => 1)]), { flag: 'wx' });
      const clocks = [{ type: 'dev_local_time', t0: 0, t1: EPOCH_SECONDS - 1 / INTAN_RATE }] as const;
      const epochId = ids.epochIds[at] ?? '';
      documents.push(newElementEpoch({ elementId: documentId(element), epochId, clocks, file }));
    }
  }
  return documents;
}

function describe(unit: Unit, index: number, elementId: string): NdiDocument {
  const { values, trough } = waveform(unit, INTAN_RATE);
  const shares = intanAmplifiers.map((_, channel) => amplitudeOn(unit, channel));
  const document = newDocument('neuron_extracellular', {
    'neuron_extracellular.number_of_samples_per_channel': values.length,
    'neuron_extracellular.number_of_channels': shares.length,
    // Microvolts, samples x channels.
    'neuron_extracellular.mean_waveform': Array.from(values, (value) => shares.map((share) => share * value)),
    'neuron_extracellular.waveform_sample_times': Array.from(values, (_, at) => (at - trough) / INTAN_RATE),
    'neuron_extracellular.cluster_index': index + 1,
    'neuron_extracellular.quality_number': QUALITY.quality_number,
    'neuron_extracellular.quality_label': QUALITY.quality_label,
    'app.name': 'NDI Desktop sample session',
  });
  return withDependency(document, 'element_id', elementId);
}

/** Where the sites of the first probe lie: one shank, the first channel at its tip. */
export function geometryDocuments(probeId: string): NdiDocument[] {
  const sites = intanAmplifiers.map((_, site) => site);
  const geometry = newDocument('probe_geometry', {
    'probe_geometry.site_locations_leftright': sites.map(() => 0),
    'probe_geometry.site_locations_frontback': sites.map(() => 0),
    'probe_geometry.site_locations_depth': sites.map((site) => site * SITE_PITCH),
    'probe_geometry.shank_id': sites.map(() => 1),
    'probe_geometry.contact_shape': 'circle',
    'probe_geometry.contact_shape_width': sites.map(() => SITE_DIAMETER),
    'probe_geometry.contact_shape_height': sites.map(() => SITE_DIAMETER),
    'probe_geometry.contact_shape_radius': sites.map(() => SITE_DIAMETER / 2),
    'probe_geometry.has_planar_contour': 1,
    // Down one side of the shank, round its tip, and up the other.
    'probe_geometry.contour_x': [-25, -25, 0, 25, 25],
    'probe_geometry.contour_y': [1000, -25, -75, -25, 1000],
    'probe_geometry.unit': 'um',
    'probe_geometry.probe_model': 'linear16_25um',
    'probe_geometry.ndim': 2,
  });
  const map = newDocument('site2channelmap', { 'site2channelmap.map': sites.map((site) => site + 1) });
  return [
    withDependency(geometry, 'probe_id', probeId),
    withDependency(withDependency(map, 'probe_id', probeId), 'probe_geometry_id', documentId(geometry)),
  ];
}
