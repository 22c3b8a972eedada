import { basename } from 'node:path';
import type { JsonObject } from '../../../../shared/model/document-json.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { compilePattern } from '../../../../shared/model/query.ts';
import { readAnalyzer } from '../../../formats/stimulus-files/analyzer.ts';
import { readAngelucci } from '../../../formats/stimulus-files/angelucci.ts';
import { readBpodSummary } from '../../../formats/stimulus-files/bpod.ts';
import { readStimulusScript } from '../../../formats/stimulus-files/newstim.ts';
import { sameClass } from '../navigator.ts';
import { readParameterTable } from './parameter-table.ts';

/** What reads the parameters of an epoch's stimuli, and the file among the epoch's files that it reads. */
export interface MetadataReader {
  /** Class of NDI: `ndi.daq.metadatareader`, ... */
  readonly class: string;
  /** Regular expression that finds the file by its name, whatever its case. Empty: there is none to be read. */
  readonly parameter: string;
}

/** Readers of NDI-matlab by class name: a file, and the parameters of stimulus 1, 2, ... that it holds. */
const readers: readonly { readonly class: string; readonly read: (path: string) => JsonObject[] }[] = [
  { class: 'ndi.daq.metadatareader', read: readParameterTable },
  { class: 'ndi.daq.metadatareader.NewStimStims', read: readStimulusScript },
  { class: 'ndi.daq.metadatareader.NielsenLabStims', read: (path) => [...readAnalyzer(path).conditions] },
  { class: 'ndi.daq.metadatareader.VHAudreyBPod', read: readBpodSummary },
  { class: 'ndi.setup.daq.metadatareader.AngelucciStims', read: (path) => [...readAngelucci(path).parameters] },
];
const RAYO_CLASS = 'ndi.daq.metadatareader.RayoLabStims';

/** Whether parameters can be read by readers of a class. */
export const isKnownMetadataReader = (className: string): boolean =>
  [RAYO_CLASS, ...readers.map((one) => one.class)].some((known) => sameClass(known, className));

/**
 * Parameters of an epoch's stimuli: item k of the list is those of stimulus id k + 1 (reference, section 12).
 * @throws NdiError format.* (also where no file, or more than one, is meant), query.invalid, path.*
 */
export function readMetadata(reader: MetadataReader, files: readonly string[]): JsonObject[] {
  // All stimuli of that rig are one flash: no file is looked at.
  if (sameClass(reader.class, RAYO_CLASS)) return [{ stimid: 1 }];
  const known = readers.find((one) => sameClass(one.class, reader.class));
  if (known === undefined) throw unknown(reader.class);
  if (reader.parameter === '') return [];
  return known.read(findFile(reader.parameter, files));
}

function findFile(parameter: string, files: readonly string[]): string {
  const pattern = new RegExp(compilePattern(parameter).source, 'i');
  const found = files.filter((file) => pattern.test(basename(file)));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new NdiError({
    code: 'format.invalid',
    message: `${found.length === 0 ? 'None' : 'More than one'} of the epoch's files fits ${parameter}, which names the file with the parameters of its stimuli.`,
    recovery: 'Put the file beside the recording, or correct the metadata reader of the DAQ system.',
    details: { parameter, files: files.map((file) => basename(file)) },
  });
}

function unknown(className: string): NdiError {
  return new NdiError({
    code: 'format.unsupported',
    message: `Parameters of stimuli cannot be read by ${className}: it is not known here.`,
    recovery: `Known are ${readers.map((one) => one.class).join(', ')} and ${RAYO_CLASS}.`,
    details: { class: className },
  });
}
