import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { applicationContract, jobsContract, settingsContract } from './application.ts';
import { copiesContract, datasetsContract } from './datasets.ts';
import { calculatorsContract } from './calculators.ts';
import { cloudContract } from './cloud.ts';
import { comparisonsContract } from './comparisons.ts';
import { documentGraphContract } from './document-graph.ts';
import { documentTypesContract } from './document-types.ts';
import { cloudCopiesContract } from './cloud-copies.ts';
import { cloudFilesContract } from './cloud-files.ts';
import { cloudPublishContract } from './cloud-publish.ts';
import { cloudSyncContract } from './cloud-sync.ts';
import { documentsContract } from './documents.ts';
import { derivedElementsContract } from './derived-elements.ts';
import { elementsContract } from './elements.ts';
import { editsContract } from './edits.ts';
import { preferencesContract } from './preferences.ts';
import { ingestContract } from './ingest.ts';
import { formsContract } from './forms.ts';
import { demoContract, importsContract } from './imports.ts';
import { metadataContract } from './metadata.ts';
import { imagesContract } from './images.ts';
import { moviesContract } from './movies.ts';
import { objectsContract } from './objects.ts';
import { ontologyContract } from './ontology.ts';
import { maintenanceContract } from './maintenance.ts';
import { recordingsContract, signalsContract } from './recordings.ts';
import { stimuliContract } from './stimuli.ts';
import { subjectsContract } from './subjects.ts';
import { foldersContract, itemsContract, recentsContract } from './sessions.ts';
import { tablesContract } from './tables.ts';
import { syncContract } from './sync.ts';
import { unitsContract } from './units.ts';

/** Everything that a page or a script may ask of the services: one declaration for every door. */
export const contract = {
  application: applicationContract,
  jobs: jobsContract,
  settings: settingsContract,
  items: itemsContract,
  recents: recentsContract,
  folders: foldersContract,
  datasets: datasetsContract,
  copies: copiesContract,
  maintenance: maintenanceContract,
  comparisons: comparisonsContract,
  documents: documentsContract,
  documentGraph: documentGraphContract,
  tables: tablesContract,
  documentTypes: documentTypesContract,
  ontology: ontologyContract,
  edits: editsContract,
  forms: formsContract,
  metadata: metadataContract,
  subjects: subjectsContract,
  objects: objectsContract,
  imports: importsContract,
  ingest: ingestContract,
  preferences: preferencesContract,
  demo: demoContract,
  recordings: recordingsContract,
  signals: signalsContract,
  elements: elementsContract,
  derivedElements: derivedElementsContract,
  stimuli: stimuliContract,
  calculators: calculatorsContract,
  units: unitsContract,
  images: imagesContract,
  movies: moviesContract,
  cloud: cloudContract,
  cloudSync: cloudSyncContract,
  cloudCopies: cloudCopiesContract,
  cloudPublish: cloudPublishContract,
  cloudFiles: cloudFilesContract,
  sync: syncContract,
};

export type Contract = typeof contract;

/** Arguments of every call, as a caller gives them. */
export type CallInputs = InferContractRouterInputs<Contract>;

/** Results of every call, as a caller gets them. */
export type CallOutputs = InferContractRouterOutputs<Contract>;
