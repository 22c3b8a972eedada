import { existsSync } from 'node:fs';
import { textOf } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { emptySessionId } from '../../../shared/model/ids.ts';
import { migrateLegacyRecords, recordMissingMember } from '../dataset-members.ts';
import { type Dataset, openDataset } from '../dataset.ts';
import { isLinked } from '../member-records.ts';
import { newDocument } from '../documents/build.ts';
import { readMarks, writeMarks } from '../folder.ts';
import { openItem } from '../open-item.ts';
import { openSession } from '../session.ts';
import type { CheckedDocument } from './check-documents.ts';
import type { CheckContext } from './findings.ts';

/** Session and dataset: whether texts and documents name the same, whether every document has its session. */
export function checkSession(context: CheckContext, documents: readonly CheckedDocument[]): void {
  const { folder, add } = context;
  try {
    const item = openItem(folder);
    if (item.kind === 'session') {
      const { id, reference } = item.session;
      item.session.close();
      checkMarks(context, { id, reference, type: 'session' });
      checkPlainSession(context, documents, id, reference);
    } else if (item.kind === 'dataset') {
      const { dataset } = item;
      try {
        checkMarks(context, { id: dataset.id, reference: dataset.reference, type: 'dataset' });
        checkMembers(context, documents, dataset);
      } finally {
        dataset.close();
      }
    }
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    add({ code: error.code, grade: 'blocks', message: error.message, id: '', fix: null });
  }
}

type Marks = Parameters<typeof writeMarks>[1];

function checkMarks({ folder, add }: CheckContext, marks: Marks): void {
  const old = readMarks(folder);
  // Data from before the marker existed are not wrong, and their next writing marks them.
  const right = old.reference === marks.reference && old.id === marks.id && (old.type ?? marks.type) === marks.type;
  if (right) return;
  add({
    code: 'session.marks',
    grade: 'shouldFix',
    message: `The texts in .ndi name ${old.type ?? 'session'} "${old.reference ?? ''}" (${old.id ?? ''}); the documents are those of ${marks.type} "${marks.reference}" (${marks.id}).`,
    id: marks.id,
    fix: 'The texts are put right.',
    afterwards: () => writeMarks(folder, marks),
  });
}

function checkPlainSession(
  { folder, add }: CheckContext,
  documents: readonly CheckedDocument[],
  id: string,
  reference: string,
): void {
  const own = documents.filter((one) => one.class === 'session' && one.sessionId === id);
  if (own.length === 0) {
    add({
      code: 'session.noDocument',
      grade: 'shouldFix',
      message: 'The session has no document of class session, by which NDI finds its reference.',
      id,
      fix: 'It is added.',
      afterwards: () => {
        const session = openSession(folder, { writable: true });
        try {
          session.addDocuments([newDocument('session', { 'session.reference': reference })]);
        } finally {
          session.close();
        }
      },
    });
  }
  if (own.length > 1) {
    const message = `The session has ${own.length} documents of class session; the oldest counts.`;
    add({ code: 'session.several', grade: 'shouldFix', message, id, fix: null });
  }
  for (const one of documents) {
    if (one.sessionId === id) continue;
    const foreign = one.sessionId !== '' && one.sessionId !== emptySessionId;
    const of = foreign ? `belongs to session ${one.sessionId}` : 'belongs to no session';
    const message = `Document ${one.id} ${of}: it is not found in this session.`;
    add({
      code: foreign ? 'document.foreign' : 'document.noSession',
      grade: 'shouldFix',
      message,
      id: one.id,
      fix: null,
    });
  }
}

function checkMembers(context: CheckContext, documents: readonly CheckedDocument[], dataset: Dataset): void {
  const { folder, rows, add } = context;
  const members = dataset.sessions();
  const records = dataset.records();
  if (records.some((record) => record.legacy)) {
    add({
      code: 'dataset.legacyList',
      grade: 'note',
      message: 'The dataset lists its sessions in the form used until 2025.',
      id: dataset.id,
      fix: 'One record a session is written instead, as NDI does today.',
      afterwards: () => change(folder, migrateLegacyRecords),
    });
  }
  for (const { id, reference, linked, path } of members) {
    if (!linked || existsSync(path)) continue;
    const message = `The linked session "${reference}" is not at ${path} on this computer.`;
    add({ code: 'dataset.linkBroken', grade: 'shouldFix', message, id, fix: null });
  }
  const held = new Set(members.filter((one) => !one.linked).map((one) => one.id));
  for (const { fields, documentId, legacy } of records) {
    const doc = documents.find((one) => one.id === documentId);
    if (legacy || doc === undefined || !isLinked(fields) || !held.has(textOf(fields['session_id']))) continue;
    add({
      code: 'dataset.doubleRecord',
      grade: 'shouldFix',
      message: `The dataset holds the session ${textOf(fields['session_id'])} and lists it as linked too.`,
      id: documentId,
      fix: 'The record of the link is removed.',
      inDatabase: rows.erase({ docIdx: doc.docIdx, id: doc.id, json: '' }),
    });
  }
  const known = new Set([dataset.id, ...held]);
  for (const sessionId of new Set(documents.map((one) => one.sessionId))) {
    if (known.has(sessionId)) continue;
    const own = documents.filter((one) => one.sessionId === sessionId);
    const isSession = own.some((one) => one.class === 'session');
    add({
      code: 'dataset.unrecorded',
      grade: 'shouldFix',
      message: `The dataset holds ${own.length} documents of the session ${sessionId}, which it does not list.`,
      id: sessionId,
      fix: isSession ? 'The session is listed.' : null,
      ...(isSession ? { afterwards: () => change(folder, (open) => recordMissingMember(open, sessionId)) } : {}),
    });
  }
}

function change(folder: string, action: (dataset: Dataset) => void): void {
  const dataset = openDataset(folder, { writable: true });
  try {
    action(dataset);
  } finally {
    dataset.close();
  }
}
