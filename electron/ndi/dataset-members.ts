import { statSync } from 'node:fs';
import type { JsonObject } from '../../shared/model/document-json.ts';
import { type NdiDocument, textOf, valueAt } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { copiesFor } from './copy-documents.ts';
import { createSession } from './create-session.ts';
import { type Dataset, type DatasetMember, openDataset } from './dataset.ts';
import { isLinked } from './member-records.ts';
import { newDocument } from './documents/build.ts';
import { epochsNotIngested } from './epochs/is-ingested.ts';
import type { Session } from './session.ts';

/**
 * Makes an empty dataset in a folder.
 * @returns the dataset, open for writing
 * @throws NdiError session.exists, usage.invalid, path.*
 */
export function createDataset(request: { path: string; reference: string }): Dataset {
  createSession({ ...request, kind: 'dataset' }).close();
  return openDataset(request.path, { writable: true });
}

/**
 * Lets a dataset know of a session in a folder of its own. The session's documents stay where they are.
 * @throws NdiError session.exists when it is a member already
 */
export function addLinkedSession(dataset: Dataset, session: Session): DatasetMember {
  refuseMember(dataset, session);
  migrateLegacyRecords(dataset);
  dataset.addDocuments([recordOf(dataset, session, true)]);
  return memberOf(dataset, session.id);
}

/**
 * Copies a session into a dataset: all documents under their own ids, all files under new ones, and the record, in one
 * action. The session itself stays as it is.
 * @param unchecked stores documents whatever rules they break
 * @throws NdiError session.exists when it is a member already, session.notIngested while samples lie in its raw files,
 *   document.invalid, document.duplicate, document.fileMissing
 */
export function addIngestedSession(dataset: Dataset, session: Session, unchecked = false): DatasetMember {
  refuseMember(dataset, session);
  requireIngested(session);
  migrateLegacyRecords(dataset);
  dataset.holdSession(session.id, { add: [...sessionCopy(session), recordOf(dataset, session, false)], unchecked });
  return memberOf(dataset, session.id);
}

/**
 * Copies the documents of a linked session into the dataset, which then no longer needs the session's folder.
 * @param unchecked stores documents whatever rules they break
 * @throws NdiError session.notFound, session.exists when it is held already, session.notIngested, document.invalid
 */
export function convertLinkedToIngested(dataset: Dataset, id: string, unchecked = false): DatasetMember {
  const member = memberOf(dataset, id);
  if (!member.linked) throw heldAlready(member);
  const session = dataset.session(id);
  requireIngested(session);
  migrateLegacyRecords(dataset);
  const add = [...sessionCopy(session), recordOf(dataset, session, false)];
  dataset.holdSession(id, { add, remove: recordIds(dataset, id), unchecked });
  return memberOf(dataset, id);
}

/**
 * Takes a linked session out of the dataset. Its folder stays as it is.
 * @throws NdiError session.notFound, session.held for a session that the dataset holds
 */
export function unlinkSession(dataset: Dataset, id: string): void {
  const member = memberOf(dataset, id);
  if (!member.linked) {
    throw new NdiError({
      code: 'session.held',
      message: `The dataset holds "${member.reference}" itself: it cannot be unlinked, only deleted.`,
      recovery: 'Delete it if it is not needed any more, or copy it out first.',
      details: { id },
    });
  }
  migrateLegacyRecords(dataset);
  dataset.discardDocuments(recordIds(dataset, id));
}

/**
 * Deletes a session that the dataset holds, with all its documents and files.
 * @throws NdiError session.notFound, session.held for a linked session
 */
export function deleteIngestedSession(dataset: Dataset, id: string): void {
  const member = memberOf(dataset, id);
  if (member.linked) {
    throw new NdiError({
      code: 'session.held',
      message: `"${member.reference}" is linked: its documents are in ${member.path}, not in the dataset.`,
      recovery: 'Unlink it instead; its folder stays as it is.',
      details: { id, path: member.path },
    });
  }
  migrateLegacyRecords(dataset);
  const documents = dataset.documents({ sessionId: id }).map((entry) => entry.id);
  dataset.discardDocuments([...recordIds(dataset, id), ...documents]);
}

/** What goes with a session that the dataset holds. */
export interface MemberContent {
  readonly documents: number;
  readonly files: number;
  readonly sizeBytes: number;
  /** Documents of other sessions that depend on them. */
  readonly dependentsElsewhere: number;
}

/** What would be lost by {@link deleteIngestedSession}; nothing for a linked session. */
export function memberContent(dataset: Dataset, id: string): MemberContent {
  const member = memberOf(dataset, id);
  if (member.linked) return { documents: 0, files: 0, sizeBytes: 0, dependentsElsewhere: 0 };
  const entries = dataset.documents({ sessionId: id });
  const ids = new Set(entries.map((entry) => entry.id));
  const sizes = entries
    .flatMap((entry) => dataset.files(dataset.read(entry)))
    .flatMap(({ path }) => (path === null ? [] : [statSync(path).size]));
  return {
    documents: entries.length,
    files: sizes.length,
    sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
    dependentsElsewhere: dataset
      .documents()
      .filter((one) => !ids.has(one.id) && one.dependencies.some(({ value }) => ids.has(value))).length,
  };
}

/**
 * Turns the legacy list of members (one document) into one record a member, as NDI-matlab does when it opens the
 * dataset (repairDatasetSessionInfo).
 * @returns number of members that were rewritten
 */
export function migrateLegacyRecords(dataset: Dataset): number {
  const records = dataset.records();
  const legacy = records.filter((record) => record.legacy);
  if (legacy.length === 0) return 0;
  const known = new Set(records.filter((one) => !one.legacy).map((one) => one.fields['session_id']));
  const missing = legacy.filter((one) => !known.has(one.fields['session_id']));
  dataset.discardDocuments(
    [...new Set(legacy.map((one) => one.documentId))],
    missing.map(({ fields }) => newRecord(dataset, fields)),
  );
  return missing.length;
}

/** Lists a session whose documents the dataset holds without a record of it, by its own session document. */
export function recordMissingMember(dataset: Dataset, id: string): void {
  const [entry] = dataset.documents({ class: 'session', sessionId: id });
  if (entry === undefined) return;
  const reference = textOf(valueAt(dataset.read(entry), 'session.reference'));
  dataset.addDocuments([recordOf(dataset, { id, reference, path: '' }, false)]);
}

function newRecord(dataset: Dataset, fields: JsonObject): NdiDocument {
  const text = (name: string) => [name, textOf(fields[name])] as const;
  return newDocument('session_in_a_dataset', {
    'base.session_id': dataset.id,
    session_in_a_dataset: {
      ...Object.fromEntries([text('session_id'), text('session_reference')]),
      is_linked: isLinked(fields) ? 1 : 0,
      ...Object.fromEntries([text('session_creator'), ...INPUTS.map(text)]),
    },
  });
}

const INPUTS = [1, 2, 3, 4, 5, 6].map((number) => `session_creator_input${number}`);

function recordOf(dataset: Dataset, session: Pick<Session, 'id' | 'reference' | 'path'>, linked: boolean): NdiDocument {
  return newRecord(dataset, {
    session_id: session.id,
    session_reference: session.reference,
    is_linked: linked ? 1 : 0,
    session_creator: 'ndi.session.dir',
    session_creator_input1: session.reference,
    session_creator_input2: linked ? session.path : '',
    session_creator_input3: session.id,
  });
}

function sessionCopy(session: Session): NdiDocument[] {
  return copiesFor(
    session,
    session.documents().map((entry) => session.read(entry)),
    session.id,
  );
}

function recordIds(dataset: Dataset, id: string): string[] {
  return dataset.records().flatMap((one) => (one.fields['session_id'] === id ? [one.documentId] : []));
}

function memberOf(dataset: Dataset, id: string): DatasetMember {
  const found = dataset.sessions().find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new NdiError({
    code: 'session.notFound',
    message: `The dataset in ${dataset.path} has no session ${id}.`,
    recovery: 'List its sessions to see which there are.',
    details: { path: dataset.path, id },
  });
}

function refuseMember(dataset: Dataset, session: Session): void {
  if (session.id !== dataset.id && !dataset.sessions().some((one) => one.id === session.id)) return;
  throw new NdiError({
    code: 'session.exists',
    message: `"${session.reference}" (${session.id}) is already part of the dataset "${dataset.reference}".`,
    recovery: 'Open it from the dataset. Nothing was changed.',
    details: { id: session.id },
  });
}

function requireIngested(session: Session): void {
  const missing = epochsNotIngested(session);
  if (missing.length === 0) return;
  throw new NdiError({
    code: 'session.notIngested',
    message: `"${session.reference}" is not fully ingested: ${missing.length} of its epochs are in raw files only.`,
    recovery: 'Ingest the session first, or link it instead. Nothing was changed.',
    details: { epochs: missing.slice(0, 20).map(({ device, epochId }) => `${device}/${epochId}`) },
  });
}

function heldAlready(member: DatasetMember): NdiError {
  return new NdiError({
    code: 'session.exists',
    message: `The dataset holds "${member.reference}" itself already.`,
    recovery: 'There is nothing to convert.',
    details: { id: member.id },
  });
}
