import {
  documentDatestamp,
  documentSessionId,
  type NdiDocument,
  textOf,
  valueAt,
} from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { type DatabaseOptions, DocumentDatabase } from './database/database.ts';
import { DocumentHolder, type Share } from './document-holder.ts';
import { ndiFolder, readMarks, requireFolder } from './folder.ts';

/**
 * One NDI session: the documents of one session id in a folder's database. The folder is the session's own, or that of
 * the dataset that holds it.
 *
 * ```ts
 * const session = openSession('/data/ferret22');             // read-only: not a byte changes
 * const probes = session.documents({ isa: 'element' });      // entries (summaries)
 * const whole = session.document(probes[0].id);              // JSON, lists normalised
 * session.close();
 *
 * const mine = createSession({ path, reference: 'exp1' });   // create-session.ts
 * mine.addDocuments([newDocument('subject', { 'subject.local_identifier': 'a@b' })]);
 * ```
 * DAQ systems, epochs, probes, subjects: `daq/daq-systems.ts`, `epochs/epoch-table.ts`, `epochs/probes.ts`,
 * `documents/subjects.ts`; they take a session.
 */
export class Session extends DocumentHolder {
  readonly id: string;
  readonly reference: string;
  protected readonly share: Share;

  constructor(database: DocumentDatabase, { id, reference, path }: { id: string; reference: string; path: string }) {
    super(database, path);
    this.id = id;
    this.reference = reference;
    const holds = (sessionId: string) => sessionId === id;
    this.share = { only: id, home: id, holds, refusal: (document) => foreignDocument(document, id) };
  }
}

function foreignDocument(document: NdiDocument, id: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The document ${textOf(valueAt(document, 'base.id'))} belongs to session ${documentSessionId(document)}, not to ${id}.`,
    recovery: 'Add it to its own session, or give it the id of this one. Nothing was written.',
    details: { field: 'base.session_id', value: documentSessionId(document) },
  });
}

export interface OpenOptions extends DatabaseOptions {
  readonly writable?: boolean;
}

/**
 * Opens the session of a folder. Read-only unless told otherwise: then not a byte of the folder changes.
 * @throws NdiError path.*, database.*, session.invalid
 */
export function openSession(path: string, options: OpenOptions = {}): Session {
  const folder = requireFolder(path);
  const database = new DocumentDatabase(ndiFolder(folder), options.writable === true ? 'write' : 'read', options);
  try {
    return new Session(database, { path: folder, ...identify(folder, database) });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Id and reference: of the oldest `session` document of the id in `.ndi`, or of the only one there is. */
function identify(folder: string, database: DocumentDatabase): { id: string; reference: string } {
  const marks = readMarks(folder);
  const found = sessionDocuments(database);
  const own = found.filter((document) => documentSessionId(document) === marks.id);
  const [chosen] = own.length > 0 || found.length > 1 ? own : found;
  const id = chosen === undefined ? marks.id : documentSessionId(chosen);
  const stored = chosen === undefined ? '' : textOf(valueAt(chosen, 'session.reference'));
  const reference = stored || (marks.reference ?? '');
  if (id !== null) return { id, reference };
  throw new NdiError({
    code: 'session.invalid',
    message: `The session in ${folder} does not tell its id: ${found.length === 0 ? 'no' : String(found.length)} session documents and no unique_reference.txt.`,
    recovery: 'Open it once with the program that wrote it, or open it as a dataset.',
    details: { path: folder },
  });
}

/** Oldest first. Opening reads these only: a session of 100,000 documents opens as fast as a small one. */
function sessionDocuments(database: DocumentDatabase): NdiDocument[] {
  const quick = database.quickFind('session');
  const found = quick.length > 0 ? [...quick] : database.ofClass('session');
  return found.sort((a, b) => (documentDatestamp(a) < documentDatestamp(b) ? -1 : 1));
}
