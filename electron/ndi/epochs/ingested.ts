import type { Problem } from '../../../shared/contract/common.ts';
import { type ClockSpan, noTime } from '../../../shared/model/clocks.ts';
import { documentId, listOf, type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import { type ProbeMapEntry, parseProbeMap } from '../../../shared/model/epoch-probe-map.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { DaqSystem } from '../daq/daq-systems.ts';
import type { DocumentEntry } from '../database/document-index.ts';
import type { DocumentFile } from '../database/file-store.ts';
import type { Session } from '../session.ts';
import { ingestedAddress, isIngestedAddress } from '../../formats/ndi-ingested/address.ts';
import { notesFile } from '../../formats/ndi-ingested/notes.ts';
import { clockSpans } from './clock-spans.ts';
import type { Epoch, EpochRow } from './epoch.ts';
import { ingestedImages } from './ingested-images.ts';
import { EPOCH_ID_PREFIX, NOTES_CLASS } from './ingested-documents.ts';

/**
 * Epochs that were copied into the database: their files need not be on disk any more. Their samples lie in documents
 * of class `daqreader_mfdaq_epochdata_ingested`.
 */
export function ingestedEpochs(session: Session, system: DaqSystem): EpochRow[] {
  const entries = session.documents({
    isa: 'epochfiles_ingested',
    dependsOn: { name: 'filenavigator_id', id: system.navigator.id },
  });
  if (entries.length === 0) return [];
  const epochs = byEpoch(session, entries, 'epochfiles_ingested.epoch_id');
  const samples = byEpoch(session, samplesOf(session, system), 'epochid.epochid');
  return [...epochs].map(([epochId, documents]) => {
    const field = (name: string) => valueAt(documents[0] ?? {}, `epochfiles_ingested.${name}`);
    const map = mapOf(textOf(field('epochprobemap')), session.path);
    const files = listOf(field('files')).filter((file) => typeof file === 'string');
    const held = samples.get(epochId) ?? [];
    const [data] = held;
    const clocks = data === undefined ? [noTime] : storedClocks(data);
    return {
      epochId,
      device: system.name,
      files: files.filter((file) => !file.startsWith(EPOCH_ID_PREFIX)),
      clocks,
      probeMap: map.entries,
      recordingPath: data === undefined ? null : addressOf(session, data, epochId, clocks),
      ...imagesIn(session, data),
      timeShift: 0,
      problems: [
        ...map.problems,
        ...[documents, held].flatMap((several) => ingestedTwice(several, epochId, session.path)),
        ...(data === undefined ? [notReadable(session.path)] : []),
      ],
    };
  });
}

/** NDI takes an epoch with more than one such document for broken (reference, sections 3.7 and 9.1); here the oldest counts. */
export const INGESTED_TWICE = 'epoch.ingestedTwice';

function ingestedTwice(documents: readonly NdiDocument[], epochId: string, path: string): Problem[] {
  const [first, ...others] = documents.map(documentId);
  if (first === undefined || others.length === 0) return [];
  const message = `Found ${documents.length} documents for the ingested epoch ${epochId}, needed exactly 1; NDI-matlab refuses to read it. ${first}, the oldest, is used here; remove ${others.join(', ')} if that is right.`;
  return [{ grade: 'shouldFix', code: INGESTED_TWICE, message, paths: [path] }];
}

function imagesIn(session: Session, data: NdiDocument | undefined): Pick<EpochRow, 'images'> {
  const images = data === undefined ? null : ingestedImages(session, data);
  return images === null ? {} : { images };
}

/** Documents by the epoch that they are of, the oldest first. */
function byEpoch(session: Session, entries: readonly DocumentEntry[], field: string): Map<string, NdiDocument[]> {
  const found = new Map<string, NdiDocument[]>();
  const oldestFirst = [...entries].sort((a, b) => (a.datestamp < b.datestamp ? -1 : a.datestamp > b.datestamp ? 1 : 0));
  for (const document of oldestFirst.map((entry) => session.read(entry))) {
    const epochId = textOf(valueAt(document, field));
    found.set(epochId, [...(found.get(epochId) ?? []), document]);
  }
  return found;
}

/** Documents that hold the samples of a DAQ system's epochs. */
const samplesOf = (session: Session, system: DaqSystem): DocumentEntry[] =>
  session.documents({ isa: 'daqreader_epochdata_ingested', dependsOn: { name: 'daqreader_id', id: system.readerId } });

/** Whether an epoch was taken into the database. */
export function isIngested({
  recordingPath,
  images,
  problems,
}: Pick<Epoch, 'recordingPath' | 'images' | 'problems'>): boolean {
  const address = (recordingPath !== null && isIngestedAddress(recordingPath)) || images?.address.kind === 'file';
  return address || problems.some(({ code }) => code === NOT_READABLE);
}

const NOT_READABLE = 'epoch.samplesMissing';

function notReadable(path: string): Problem {
  const message = 'The epoch was ingested into the database, but the document that holds its samples is not there.';
  return { grade: 'shouldFix', code: NOT_READABLE, message, paths: [path] };
}

function mapOf(text: string, path: string): { entries: ProbeMapEntry[]; problems: Problem[] } {
  try {
    return { entries: parseProbeMap(text).entries, problems: [] };
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    return { entries: [], problems: [{ grade: 'shouldFix', code: error.code, message: error.message, paths: [path] }] };
  }
}

const parameters = 'daqreader_mfdaq_epochdata_ingested.parameters';
/** What NDI writes, where a document does not say. */
const USUAL_SEGMENT = 1_000_000;

function addressOf(
  session: Session,
  document: NdiDocument,
  epochId: string,
  clocks: readonly ClockSpan[],
): string | null {
  const held = session.files(document).flatMap((file) => placed(file, file.name));
  if (!held.some(([name]) => name === 'channel_list.bin')) return null;
  const notes = session
    .documents({ isa: NOTES_CLASS, dependsOn: { name: 'document_id', id: documentId(document) } })
    .filter(({ name }) => name === notesFile)
    .flatMap((entry) => session.files(session.read(entry)))
    .flatMap((file) => placed(file, notesFile));
  const segment = (name: string) => {
    const value = Number(valueAt(document, `${parameters}.${name}`));
    return Number.isSafeInteger(value) && value > 0 ? value : USUAL_SEGMENT;
  };
  const [first] = clocks;
  return ingestedAddress({
    epochId,
    t0: finite(first?.t0),
    t1: finite(first?.t1),
    analogSegment: segment('sample_analog_segment'),
    digitalSegment: segment('sample_digital_segment'),
    files: Object.fromEntries([...held, ...notes].map(([name, path]) => [name, path])),
    ...remoteOf([...held, ...notes]),
  });
}

/** A file by its name, with its place: where it is, or will be once it is fetched. */
type Placed = readonly [name: string, path: string, remote: boolean];

function placed({ path, fetchedTo }: DocumentFile, name: string): Placed[] {
  const place = path ?? fetchedTo;
  return place === null ? [] : [[name, place, place === fetchedTo]];
}

function remoteOf(files: readonly Placed[]): { remote?: string[] } {
  const remote = files.filter(([, , isRemote]) => isRemote).map(([name]) => name);
  return remote.length === 0 ? {} : { remote };
}

function finite(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : 0;
}

function storedClocks(document: NdiDocument): ClockSpan[] {
  const table = 'daqreader_epochdata_ingested.epochtable';
  return clockSpans(valueAt(document, `${table}.epochclock`), valueAt(document, `${table}.t0_t1`), 'rows');
}
