import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFile } from '../../../shared/model/document-files.ts';
import { documentId, type NdiDocument, withDependency } from '../../../shared/model/documents.ts';
import { createSession } from '../create-session.ts';
import { newDocument } from '../documents/build.ts';
import { temporaryFolder } from './folders.ts';

/** A document of the class that NDI demonstrates itself with. */
export const demoDocument = (value: number): NdiDocument => newDocument('demoNDI', { 'demoNDI.value': value });

/** The folder of a new session `rules` with documents. */
export function madeSession(documents: readonly NdiDocument[] = []): string {
  const path = temporaryFolder();
  createSession({ path, reference: 'rules', documents }).close();
  return path;
}

export interface RelatedDocuments {
  /** Folder of their session. */
  readonly path: string;
  /** A document with a file, one that depends on it, and one by itself. */
  readonly ids: readonly [string, string, string];
}

/** A new session with a demo document that has a file, an epoch that depends on it, and one that nobody will miss. */
export function sessionOfRelated(): RelatedDocuments {
  const path = temporaryFolder();
  writeFileSync(join(path, 'raw'), 'raw bytes');
  const first = withFile(demoDocument(1), 'filename1.ext', join(path, 'raw'));
  const epoch = withDependency(
    newDocument('element_epoch', { 'element_epoch.t0_t1': [0, 1], 'epochid.epochid': 'e' }),
    'element_id',
    documentId(first),
  );
  const other = newDocument('demoNDI', { 'demoNDI.value': 2, 'base.name': 'other' });
  createSession({ path, reference: 'demo', documents: [first, epoch, other] }).close();
  return { path, ids: [documentId(first), documentId(epoch), documentId(other)] };
}
