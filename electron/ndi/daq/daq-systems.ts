import type { Problem } from '../../../shared/contract/common.ts';
import {
  dependencyValue,
  dependencyValues,
  documentId,
  documentName,
  type NdiDocument,
  textOf,
  valueAt,
  withDependency,
} from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { newDocument } from '../documents/build.ts';
import type { Session } from '../session.ts';
import { BASE_NAVIGATOR, type Navigator } from './navigator.ts';
import { formatPatterns, parsePatterns } from './patterns.ts';

/**
 * A DAQ system of a session: a named device, its file navigator and its reader. Class names are kept as stored, also
 * those that are not known here.
 */
export interface DaqSystem {
  readonly id: string;
  readonly name: string;
  readonly className: string;
  readonly navigator: Navigator;
  readonly readerId: string;
  readonly readerClass: string;
  /** Name of the NDR reader (`RHD`), for readers of that kind; else empty. */
  readonly readerArgument: string;
  readonly metadataReaderIds: readonly string[];
}

/** The DAQ systems of a session in database order; one whose documents are incomplete is named among the problems. */
export function loadDaqSystems(session: Session): { systems: DaqSystem[]; problems: Problem[] } {
  const systems: DaqSystem[] = [];
  const problems: Problem[] = [];
  for (const entry of session.documents({ isa: 'daqsystem' })) {
    try {
      systems.push(daqSystemOf(session, session.read(entry)));
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      const message = `The DAQ system "${entry.name}" cannot be used: ${error.message}`;
      problems.push({ grade: 'shouldFix', code: error.code, message, paths: [session.path] });
    }
  }
  return { systems, problems };
}

/**
 * The DAQ system of a name (its case ignored).
 * @throws NdiError epoch.notFound
 */
export function findDaqSystem(session: Session, name: string): DaqSystem {
  const { systems } = loadDaqSystems(session);
  const found = systems.find((system) => system.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new NdiError({
    code: 'epoch.notFound',
    message: `The session has no DAQ system named "${name}".`,
    recovery: `Use one of: ${systems.map((system) => system.name).join(', ') || 'there is none'}.`,
    details: { device: name },
  });
}

function daqSystemOf(session: Session, document: NdiDocument): DaqSystem {
  const readerId = dependencyValue(document, 'daqreader_id');
  const reader = session.document(readerId);
  const ndrClass = textOf(valueAt(reader, 'daqreader_ndr.ndi_daqreader_ndr_class'));
  return {
    id: documentId(document),
    name: documentName(document),
    className: textOf(valueAt(document, 'daqsystem.ndi_daqsystem_class')),
    navigator: navigatorOf(session.document(dependencyValue(document, 'filenavigator_id'))),
    readerId,
    readerClass: ndrClass || textOf(valueAt(reader, 'daqreader.ndi_daqreader_class')),
    readerArgument: textOf(valueAt(reader, 'daqreader_ndr.ndr_reader_string')),
    metadataReaderIds: dependencyValues(document, 'daqmetadatareader_id'),
  };
}

function navigatorOf(document: NdiDocument): Navigator {
  const field = (name: string) => textOf(valueAt(document, `filenavigator.${name}`));
  return {
    id: documentId(document),
    className: field('ndi_filenavigator_class'),
    filePatterns: parsePatterns(field('fileparameters')),
    filePatternText: field('fileparameters'),
    probeMapClass: field('epochprobemap_class'),
    probeMapPatterns: parsePatterns(field('epochprobemap_fileparameters')),
  };
}

export interface NewDaqSystem {
  /** No white space and no colon: device strings name it. */
  readonly name: string;
  /** `ndi.daq.reader.mfdaq.intan`, ... */
  readonly readerClass: string;
  /** For `ndi.daq.reader.mfdaq.ndr`: the name of the NDR reader. */
  readonly readerArgument?: string | undefined;
  /** Default `ndi.daq.system.mfdaq`. */
  readonly systemClass?: string;
  /** Default `ndi.file.navigator`. */
  readonly navigatorClass?: string;
  /** Ordered; `#` stands for the text that the files of an epoch share. */
  readonly filePatterns: readonly string[];
  /** Which of an epoch's files is its probe map; default: a hidden file beside the first one. */
  readonly probeMapPatterns?: readonly string[];
  /** Default {@link PROBE_MAP_CLASS}. */
  readonly probeMapClass?: string;
  /** What reads the parameters of stimuli, and the file that it reads them from. */
  readonly metadataReaders?: readonly { readonly class: string; readonly parameter: string }[];
}

const SYSTEM_CLASS = 'ndi.daq.system.mfdaq';
export const PROBE_MAP_CLASS = 'ndi.epoch.epochprobemap_daqsystem';

/** The documents of a DAQ system: file navigator, reader, system. */
export function newDaqSystemDocuments(request: NewDaqSystem): NdiDocument[] {
  if (!/^[A-Za-z][^\s:]*$/.test(request.name)) throw badName(request.name);
  for (const pattern of request.filePatterns) if (pattern.includes("'")) throw badPattern(pattern);
  const map = request.probeMapPatterns ?? [];
  const navigator = newDocument('filenavigator', {
    'filenavigator.ndi_filenavigator_class': request.navigatorClass ?? BASE_NAVIGATOR,
    'filenavigator.fileparameters': formatPatterns(request.filePatterns),
    'filenavigator.epochprobemap_class': request.probeMapClass ?? PROBE_MAP_CLASS,
    'filenavigator.epochprobemap_fileparameters': map.length === 0 ? '' : formatPatterns(map),
  });
  const reader = newReader(request);
  const system = newDocument('daqsystem', {
    'base.name': request.name,
    'daqsystem.ndi_daqsystem_class': request.systemClass ?? SYSTEM_CLASS,
  });
  const metadata = (request.metadataReaders ?? []).map((one) =>
    newDocument('daqmetadatareader', {
      'daqmetadatareader.ndi_daqmetadatareader_class': one.class,
      'daqmetadatareader.tab_separated_file_parameter': one.parameter,
    }),
  );
  const linked = [
    ['filenavigator_id', navigator] as const,
    ['daqreader_id', reader] as const,
    ...metadata.map((one, at) => [`daqmetadatareader_id_${at + 1}`, one] as const),
  ].reduce((document, [name, to]) => withDependency(document, name, documentId(to)), system);
  return [navigator, reader, ...metadata, linked];
}

function newReader({ readerClass, readerArgument }: NewDaqSystem): NdiDocument {
  if (readerArgument === undefined) return newDocument('daqreader', { 'daqreader.ndi_daqreader_class': readerClass });
  return newDocument('daqreader_ndr', {
    'daqreader.ndi_daqreader_class': readerClass,
    'daqreader_ndr.ndi_daqreader_ndr_class': readerClass,
    'daqreader_ndr.ndr_reader_string': readerArgument,
  });
}

/**
 * Adds a DAQ system to a session.
 * @throws NdiError document.duplicate when one of that name is there, usage.invalid
 */
export function addDaqSystem(session: Session, request: NewDaqSystem): DaqSystem {
  const names = session.documents({ isa: 'daqsystem' }).map((entry) => entry.name.toLowerCase());
  if (names.includes(request.name.toLowerCase())) {
    throw new NdiError({
      code: 'document.duplicate',
      message: `The session already has a DAQ system named "${request.name}".`,
      recovery: 'Use another name, or remove the old one first.',
      details: { device: request.name },
    });
  }
  session.addDocuments(newDaqSystemDocuments(request));
  return findDaqSystem(session, request.name);
}

function badName(name: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `"${name}" cannot name a DAQ system.`,
    recovery: 'Begin with a letter; use no white space and no colon.',
    details: { device: name },
  });
}

/** The stored form of patterns knows no escape for a quote (see `formatPatterns`). */
function badPattern(pattern: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `The file pattern ${pattern} holds a quote, which NDI cannot store.`,
    recovery: 'Write a dot in its place: it stands for any character.',
    details: { value: pattern },
  });
}
