import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentId, withDependency, type NdiDocument } from '../../../shared/model/documents.ts';
import type { ProbeMapEntry } from '../../../shared/model/epoch-probe-map.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { newProbe } from '../../ndi/epochs/elements.ts';
import { newSubject } from '../../ndi/epochs/subjects.ts';
import { writeSession } from '../imports/write-session.ts';
import type { EpochPlan, ExperimentPlan } from './plan.ts';
import { TRIGGER_CHANNEL, blackrockElectrodes, epochFiles, intanAmplifiers } from './recordings.ts';
import { geometryDocuments, neuronDocuments } from './sorting.ts';
import { presentationTimes, stimulusPresentation } from './stimulus-documents.ts';
import { stimuli } from './stimuli.ts';

const DEMO_REFERENCE = 'sample-experiment';
const DEMO_SUBJECT = 'ferret1@sample.lab';

/** The probes and the channels of the devices that recorded them. */
const probes = {
  intan1: [
    { name: 'cortex', reference: 1, type: 'n-trode', channels: `ai1-${intanAmplifiers.length}` },
    { name: 'screen', reference: 1, type: 'stimulator', channels: `dimp1-${stimuli.length}` },
    { name: 'trigger', reference: 1, type: 'event', channels: `dep${TRIGGER_CHANNEL}` },
  ],
  blackrock1: [
    { name: 'thalamus', reference: 1, type: 'n-trode', channels: `ai1-${blackrockElectrodes.length}` },
    { name: 'trigger', reference: 2, type: 'event', channels: 'mk1' },
  ],
} as const;

const readers = { intan1: 'ndi.daq.reader.mfdaq.intan', blackrock1: 'ndi.daq.reader.mfdaq.blackrock' } as const;
const patterns = { intan1: ['#.rhd'], blackrock1: ['#.ns5', '#.nev'] } as const;

/** Makes the session around the recordings that lie in the folder. */
export async function writeDemoSession(folder: string, plan: ExperimentPlan): Promise<void> {
  const subject = newSubject(DEMO_SUBJECT, 'A made-up animal of the sample experiment.');
  const { session, epochIds } = writeSession({
    path: folder,
    reference: DEMO_REFERENCE,
    documents: [subject],
    devices: (['intan1', 'blackrock1'] as const).map((device) => ({
      name: device,
      readerClass: readers[device],
      filePatterns: patterns[device],
      epochs: plan.epochs.map((epoch) => ({ files: filesOf(folder, epoch, device), probes: probeMap(device) })),
    })),
  });
  try {
    const elements = Object.values(probes).flatMap((list) =>
      list.map(({ name, reference, type }) => newProbe({ name, reference, type, subjectId: documentId(subject) })),
    );
    const stimulator = elements[probes.intan1.findIndex((probe) => probe.type === 'stimulator')];
    if (stimulator === undefined) throw new RangeError('The sample experiment has a stimulator.');
    const shown: NdiDocument[] = [];
    for (const epoch of plan.epochs) {
      const times = join(folder, `.${epoch.name}.presentation_time.bin`);
      await writeFile(times, presentationTimes(epoch.presentations), { flag: 'wx' });
      const epochId = epochIds.get(filesOf(folder, epoch, 'intan1')[0] ?? '') ?? '';
      shown.push(stimulusPresentation(epoch, epochId, documentId(stimulator), times));
    }
    const [cortex] = elements;
    if (cortex === undefined) throw new RangeError('The sample experiment has probes.');
    const probeId = documentId(cortex);
    const sorted = await neuronDocuments(folder, plan, {
      probeId,
      subjectId: documentId(subject),
      epochIds: plan.epochs.map((epoch) => epochIds.get(filesOf(folder, epoch, 'intan1')[0] ?? '') ?? ''),
    });
    session.addDocuments([...elements, ...shown, ...syncDocuments(), ...geometryDocuments(probeId), ...sorted]);
  } finally {
    session.close();
  }
}

function filesOf(folder: string, epoch: EpochPlan, device: 'intan1' | 'blackrock1'): string[] {
  return epochFiles(epoch)[device].map((file) => join(folder, file));
}

function probeMap(device: 'intan1' | 'blackrock1'): ProbeMapEntry[] {
  return probes[device].map(({ name, reference, type, channels }) => ({
    name,
    reference,
    type,
    deviceString: `${device}:${channels}`,
    subject: DEMO_SUBJECT,
  }));
}

/** How the two clocks are related: by the trigger pulses that both devices saw in epochs whose folders lie together. */
function syncDocuments(): NdiDocument[] {
  const rule = newDocument('syncrule', {
    'syncrule.ndi_syncrule_class': 'ndi.time.syncrule.commonTriggersOverlappingEpochs',
    'syncrule.parameters': {
      daqsystem1_name: 'intan1',
      daqsystem2_name: 'blackrock1',
      daqsystem_ch1: `dep${TRIGGER_CHANNEL}`,
      daqsystem_ch2: 'mk1',
      epochclocktype: 'dev_local_time',
      minEmbeddedFileOverlap: 1,
      errorOnFailure: false,
    },
  });
  const graph = newDocument('syncgraph', { 'syncgraph.ndi_syncgraph_class': 'ndi.time.syncgraph' });
  return [rule, withDependency(graph, 'syncrule_id_1', documentId(rule))];
}
