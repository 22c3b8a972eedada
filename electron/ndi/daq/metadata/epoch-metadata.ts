import { readFileSync } from 'node:fs';
import {
  type JsonObject,
  type JsonValue,
  formatDocumentJson,
  parseJsonTolerant,
} from '../../../../shared/model/document-json.ts';
import { textOf, valueAt } from '../../../../shared/model/documents.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { isIngestedAddress, parseIngestedAddress } from '../../../formats/ndi-ingested/address.ts';
import { notesFile, notesSchema } from '../../../formats/ndi-ingested/notes.ts';
import type { Epoch } from '../../epochs/epoch.ts';
import type { Session } from '../../session.ts';
import type { DaqSystem } from '../daq-systems.ts';
import { type MetadataReader, readMetadata } from './read-metadata.ts';

type Place = Pick<Epoch, 'files' | 'recordingPath'>;

/**
 * Parameters of stimuli as metadata reader 1, 2, ... of a DAQ system tells them (`getmetadata` of NDI-matlab); of an
 * ingested epoch those that were taken in with it.
 * @throws NdiError channel.notFound where there is no such reader, and as `readMetadata`
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
  return ingestedMetadata(epoch)?.[number - 1] ?? readMetadata(readerOf(session, id), epoch.files);
}

/** What all metadata readers tell of an epoch, each as JSON with NaN; null where one cannot. */
export function metadataTexts(session: Session, system: DaqSystem, files: readonly string[]): (string | null)[] {
  return system.metadataReaderIds.map((id) => {
    try {
      return formatDocumentJson(readMetadata(readerOf(session, id), files));
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

/** From the notes beside an ingested epoch; null where it is none, or they say nothing. */
function ingestedMetadata({ recordingPath }: Place): (JsonObject[] | null)[] | null {
  if (recordingPath === null || !isIngestedAddress(recordingPath)) return null;
  const path = parseIngestedAddress(recordingPath).files[notesFile];
  if (path === undefined) return null;
  try {
    const { metadata = [] } = notesSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return metadata.map((text) => (text === null ? null : listOfObjects(parseJsonTolerant(text))));
  } catch {
    // Damaged, or not fetched from the cloud yet: the files of the rig may still be there.
    return null;
  }
}

function listOfObjects(value: JsonValue): JsonObject[] | null {
  const isObject = (one: JsonValue): one is JsonObject =>
    one !== null && typeof one === 'object' && !Array.isArray(one);
  return Array.isArray(value) && value.every(isObject) ? value : null;
}
