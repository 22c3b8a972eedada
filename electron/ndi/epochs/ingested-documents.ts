import { formatProbeMap } from '../../../shared/model/epoch-probe-map.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { documentId, type NdiDocument, withDependency } from '../../../shared/model/documents.ts';
import type { DaqSystem } from '../daq/daq-systems.ts';
import { newDocument } from '../documents/build.ts';
import type { Epoch } from './epoch.ts';

/** First entry of an ingested epoch's list of files. */
export const EPOCH_ID_PREFIX = 'epochid://';

/** Class of the document beside, which holds what NDI's own format cannot say. */
export const NOTES_CLASS = 'generic_file';
const NOTES_FILE = 'generic_file.ext';

/** What a metadata reader told of an epoch (reference, section 9.5), and the file that holds it. */
export const METADATA_CLASS = 'daqmetadatareader_epochdata_ingested';
export const METADATA_FILE = 'data.bin';

export interface SamplesOfEpoch {
  /** Paths by the names of the document's files; they are copied into the file store. */
  readonly files: ReadonlyMap<string, string>;
  readonly notesPath: string;
  readonly notesName: string;
  /** Containers of parameters of stimuli, by the ids of the metadata readers. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly analogSegment: number;
  readonly digitalSegment: number;
}

/**
 * The documents of an epoch that is taken into the database: its files and probe map, its samples, our notes, and what
 * the metadata readers told.
 * Source: the layout that NDI-matlab's `ingest` writes.
 */
export function ingestedDocuments(system: DaqSystem, epoch: Epoch, samples: SamplesOfEpoch): NdiDocument[] {
  const files = newDocument('epochfiles_ingested', {
    'epochfiles_ingested.epoch_id': epoch.epochId,
    'epochfiles_ingested.files': [`${EPOCH_ID_PREFIX}${epoch.epochId}`, ...epoch.files],
    'epochfiles_ingested.epochprobemap': formatProbeMap(epoch.probeMap),
  });
  const starts = epoch.clocks.map(({ t0 }) => t0);
  const ends = epoch.clocks.map(({ t1 }) => t1);
  const data = newDocument('daqreader_mfdaq_epochdata_ingested', {
    'epochid.epochid': epoch.epochId,
    'daqreader_epochdata_ingested.epochtable': {
      epochclock: epoch.clocks.map(({ type }) => type),
      // Rows of starts and ends; one clock is a plain pair, as MATLAB writes it.
      t0_t1: epoch.clocks.length === 1 ? [...starts, ...ends] : [starts, ends],
    },
    'daqreader_mfdaq_epochdata_ingested.parameters': {
      sample_analog_segment: samples.analogSegment,
      sample_digital_segment: samples.digitalSegment,
    },
  });
  const filled = [...samples.files].reduce((document, [name, path]) => withFile(document, name, path), data);
  const notes = newDocument(NOTES_CLASS, {
    'base.name': samples.notesName,
    'generic_file.filename': samples.notesName,
    'generic_file.dateCreated': 0,
    'generic_file.dateUpdated': 0,
  });
  return [
    withDependency(files, 'filenavigator_id', system.navigator.id),
    withDependency(filled, 'daqreader_id', system.readerId),
    withDependency(withFile(notes, NOTES_FILE, samples.notesPath), 'document_id', documentId(data)),
    ...[...samples.metadata].map(([readerId, path]) => {
      const told = newDocument(METADATA_CLASS, { 'epochid.epochid': epoch.epochId });
      return withDependency(withFile(told, METADATA_FILE, path), 'daqmetadatareader_id', readerId);
    }),
  ];
}
