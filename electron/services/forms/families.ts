import { allDocumentTypes, documentType } from '../../ndi/documents/types.ts';
import { ownValue } from '../../../shared/model/own-value.ts';

/** Folders of NDI's definitions, as people would say them. Those at the top are sorted by hand. */
const byFolder: Readonly<Record<string, string>> = {
  apps: 'Analysis',
  daq: 'Acquisition',
  data: 'Data',
  element: 'Elements and epochs',
  ingestion: 'Ingestion',
  metadata: 'Metadata',
  neuron: 'Elements and epochs',
  probe: 'Probes',
  stimulus: 'Stimuli',
  treatment: 'Subjects and treatments',
};

const byName: Readonly<Record<string, string>> = {
  subject: 'Subjects and treatments',
  subject_group: 'Subjects and treatments',
  subjectmeasurement: 'Subjects and treatments',
  animalsubject: 'Subjects and treatments',
  measurement: 'Subjects and treatments',
  treatment: 'Subjects and treatments',
  element: 'Elements and epochs',
  element_epoch: 'Elements and epochs',
  ensemble: 'Elements and epochs',
  epochid: 'Elements and epochs',
  epochclocktimes: 'Elements and epochs',
  oneepoch: 'Elements and epochs',
  neuron_extracellular: 'Elements and epochs',
  metadata_editor: 'Metadata',
  session: 'Sessions and datasets',
  session_in_a_dataset: 'Sessions and datasets',
  dataset_session_info: 'Sessions and datasets',
  dataset_remote: 'Sessions and datasets',
};

/** What a person would look for first, in that order. */
const common = [
  'subject',
  'treatment',
  'measurement',
  'subjectmeasurement',
  'treatment_drug',
  'virus_injection',
  'openminds_subject',
  'probe_location',
  'subject_group',
  'ontologyLabel',
  'generic_file',
];

/** The family under which a class is listed. */
export function familyOf(name: string): string {
  if (documentType(name).folder !== undefined) return 'Your laboratory';
  const folder = /^\$NDIDOCUMENTPATH\/([^/]+)\//.exec(documentType(name).definition)?.[1] ?? '';
  return ownValue(byName, name) ?? ownValue(byFolder, folder) ?? 'Other';
}

export const isCommon = (name: string): boolean => common.includes(name);

/** All classes: the common ones in their order, then by family and name. */
export function orderedClasses(): string[] {
  const rest = [...allDocumentTypes().keys()].filter((name) => !isCommon(name));
  const key = (name: string) => `${familyOf(name)} ${name.toLowerCase()}`;
  return [...common, ...rest.sort((a, b) => key(a).localeCompare(key(b), 'en'))];
}
