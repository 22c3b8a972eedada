import type { NdiDocument } from '../../../shared/model/documents.ts';
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
