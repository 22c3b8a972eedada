import { readFileSync } from 'node:fs';
import { type JsonObject, parseJsonTolerant } from '../../../../shared/model/document-json.ts';
import { documentId, listOf, objectOf, textOf, valueAt } from '../../../../shared/model/documents.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { isIngestedAddress, parseIngestedAddress } from '../../../formats/ndi-ingested/address.ts';
import { decodeMetadata } from '../../../formats/ndi-ingested/metadata.ts';
import { notesFile, notesSchema } from '../../../formats/ndi-ingested/notes.ts';
import type { Epoch } from '../../epochs/epoch.ts';
import { isIngested } from '../../epochs/ingested.ts';
import { METADATA_CLASS, METADATA_FILE } from '../../epochs/ingested-documents.ts';
import type { Session } from '../../session.ts';
import type { DaqSystem } from '../daq-systems.ts';
import { type MetadataReader, readMetadata } from './read-metadata.ts';

type Place = Pick<Epoch, 'epochId' | 'files' | 'recordingPath' | 'problems'>;

/**
 * Parameters of stimuli as metadata reader 1, 2, ... of a DAQ system tells them (`getmetadata` of NDI-matlab); of an
 * ingested epoch those that were taken in with it.
 * @throws NdiError channel.notFound where there is no such reader, document.duplicate where it told of the epoch twice,
 *   document.fileMissing, and as `readMetadata`
 */
export function epochMetadata(session: Session, system: DaqSystem, epoch: Place, number: number): JsonObject[] {
  const id = system.metadataReaderIds[number - 1];
  if (id === undefined) {
    throw new NdiError({
      code: 'channel.notFound',
      message: `Metadata channel out of range: ${system.name} has ${system.metadataReaderIds.length} metadata readers, not ${number}.`,
      recovery: 'Correct the md channel in the epoch’s probe map, or add a metadata reader to the DAQ system.',
      details: { device: system.name, channel: `md${number}` },
    });
  }
  if (!isIngested(epoch)) return readMetadata(readerOf(session, id), epoch.files);
  return (
    ingestedMetadata(session, id, epoch) ??
    notedMetadata(epoch, number) ??
    readMetadata(readerOf(session, id), epoch.files)
  );
}

/** What all metadata readers tell of an epoch; null where one cannot. */
export function allMetadata(session: Session, system: DaqSystem, files: readonly string[]): (JsonObject[] | null)[] {
  return system.metadataReaderIds.map((id) => {
    try {
      return readMetadata(readerOf(session, id), files);
    } catch (error) {
      if (error instanceof NdiError) return null;
      throw error;
    }
  });
}

function readerOf(session: Session, id: string): MetadataReader {
  const document = session.document(id);
  const field = (name: string) => textOf(valueAt(document, `daqmetadatareader.${name}`));
  return { class: field('ndi_daqmetadatareader_class'), parameter: field('tab_separated_file_parameter') };
}

/** From the document that ingestion made for the reader; null where there is none. */
function ingestedMetadata(session: Session, readerId: string, { epochId }: Place): JsonObject[] | null {
  const found = session
    .documents({ isa: METADATA_CLASS, dependsOn: { name: 'daqmetadatareader_id', id: readerId } })
    .map((entry) => session.read(entry))
    .filter((document) => textOf(valueAt(document, 'epochid.epochid')) === epochId)
    .map(documentId);
  const [id] = found;
  if (id === undefined) return null;
  if (found.length > 1) {
    throw new NdiError({
      code: 'document.duplicate',
      message: `Found ${found.length} documents of what one metadata reader told of epoch ${epochId}, needed exactly 1.`,
      recovery: 'Remove all but the right one: “ndi check” names them.',
      details: { epoch: epochId, ids: found },
    });
  }
  const path = session.binaryFile(id, METADATA_FILE);
  return decodeMetadata(readFileSync(path), path);
}

/** From the notes beside an epoch that an earlier version of this application ingested. */
function notedMetadata({ recordingPath }: Place, number: number): JsonObject[] | null {
  if (recordingPath === null || !isIngestedAddress(recordingPath)) return null;
  const path = parseIngestedAddress(recordingPath).files[notesFile];
  if (path === undefined) return null;
  try {
    const text = notesSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).metadata?.[number - 1] ?? null;
    return text === null
      ? null
      : listOf(parseJsonTolerant(text))
          .map(objectOf)
          .filter((one) => one !== null);
  } catch {
    // Damaged, or not fetched from the cloud yet: the files of the rig may still be there.
    return null;
  }
}
