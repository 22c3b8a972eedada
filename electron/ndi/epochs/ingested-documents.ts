import type { JsonValue } from '../../../shared/model/document-json.ts';
import { formatProbeMap } from '../../../shared/model/epoch-probe-map.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { documentId, type NdiDocument, withDependency } from '../../../shared/model/documents.ts';
import type { DaqSystem } from '../daq/daq-systems.ts';
import { newDocument } from '../documents/build.ts';
import type { Epoch } from './epoch.ts';
import { FRAMES_FILE, IMAGES_CLASS, metadataOf } from './ingested-images.ts';

/** First entry of an ingested epoch's list of files. */
export const EPOCH_ID_PREFIX = 'epochid://';

/** Class of the document beside, which holds what NDI's own format cannot say. */
export const NOTES_CLASS = 'generic_file';
const NOTES_FILE = 'generic_file.ext';

/** What a metadata reader told of an epoch (reference, section 9.5), and the file that holds it. */
export const METADATA_CLASS = 'daqmetadatareader_epochdata_ingested';
export const METADATA_FILE = 'data.bin';

/** The frames of an epoch, written to a file column by column (reference, section 10). */
export interface FramesOfEpoch {
  readonly path: string;
  /** Rows, columns, channels, planes, times. */
  readonly size: readonly number[];
  readonly dataType: string;
  readonly metadata: ReadonlyMap<string, string>;
}

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
  const data = newDocument('daqreader_mfdaq_epochdata_ingested', {
    ...epochFields(epoch),
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
    filesDocument(system, epoch),
    withDependency(filled, 'daqreader_id', system.readerId),
    withDependency(withFile(notes, NOTES_FILE, samples.notesPath), 'document_id', documentId(data)),
    ...metadataDocuments(epoch, samples.metadata),
  ];
}

/** The same of an epoch of an image DAQ system. */
export function ingestedImageDocuments(system: DaqSystem, epoch: Epoch, frames: FramesOfEpoch): NdiDocument[] {
  const count = frames.size.at(-1) ?? 0;
  const times = epoch.images?.times ?? null;
  const data = newDocument(IMAGES_CLASS, {
    ...epochFields(epoch),
    [`${IMAGES_CLASS}.dimension_order`]: 'YXCZT',
    [`${IMAGES_CLASS}.dimension_size`]: [...frames.size],
    [`${IMAGES_CLASS}.data_type`]: frames.dataType,
    [`${IMAGES_CLASS}.num_frames`]: count,
    // NDI's schema wants one a frame, known or not.
    [`${IMAGES_CLASS}.frametimes`]: times === null ? new Array<number>(Math.max(1, count)).fill(NaN) : [...times],
    [`${IMAGES_CLASS}.clocktype`]: epoch.clocks[0]?.type ?? 'no_time',
    [`${IMAGES_CLASS}.metadata`]: metadataOf(epoch.images?.raster ?? null),
  });
  return [
    filesDocument(system, epoch),
    withDependency(withFile(data, FRAMES_FILE, frames.path), 'daqreader_id', system.readerId),
    ...metadataDocuments(epoch, frames.metadata),
  ];
}

function filesDocument(system: DaqSystem, epoch: Epoch): NdiDocument {
  const files = newDocument('epochfiles_ingested', {
    'epochfiles_ingested.epoch_id': epoch.epochId,
    'epochfiles_ingested.files': [`${EPOCH_ID_PREFIX}${epoch.epochId}`, ...epoch.files],
    'epochfiles_ingested.epochprobemap': formatProbeMap(epoch.probeMap),
  });
  return withDependency(files, 'filenavigator_id', system.navigator.id);
}

function epochFields({ epochId, clocks }: Epoch): Record<string, JsonValue> {
  const starts = clocks.map(({ t0 }) => t0);
  const ends = clocks.map(({ t1 }) => t1);
  return {
    'epochid.epochid': epochId,
    'daqreader_epochdata_ingested.epochtable': {
      epochclock: clocks.map(({ type }) => type),
      // Rows of starts and ends; one clock is a plain pair, as MATLAB writes it.
      t0_t1: clocks.length === 1 ? [...starts, ...ends] : [starts, ends],
    },
  };
}

function metadataDocuments({ epochId }: Epoch, metadata: ReadonlyMap<string, string>): NdiDocument[] {
  return [...metadata].map(([readerId, path]) => {
    const told = newDocument(METADATA_CLASS, { 'epochid.epochid': epochId });
    return withDependency(withFile(told, METADATA_FILE, path), 'daqmetadatareader_id', readerId);
  });
}
