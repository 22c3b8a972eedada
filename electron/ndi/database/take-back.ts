import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toFileError } from '../../files/file-faults.ts';
import { sameContent } from '../../files/same-content.ts';
import { copyWhole, flushFolder } from '../../files/whole-files.ts';
import { isWithin } from '../../files/within.ts';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { TouchedDocument, Workplace } from './change.ts';
import { dependentsOf } from './dependents.ts';
import { type DroppedFile, droppedFiles, dropFiles, type KeptFile, readable, refersTo } from './dropped-files.ts';
import { type CapturedRows, capturedJson, digestOf, DocumentRows } from './rows.ts';
import { branch } from './schema.ts';
import { inTransaction } from './transaction.ts';
import { clearLeftovers } from './work-folder.ts';

/**
 * Takes an action back: every document is as it was before, to the byte, files included. Files are in their places before
 * the rows are written: whatever fails, nothing is lost.
 * @returns what is needed to take that back in turn
 * @throws NdiError edit.conflict where a document has been changed since, or another file lies where one belongs;
 *   database.*, path.*
 */
export function takeBack(at: Workplace, touched: readonly TouchedDocument[]): TouchedDocument[] {
  at.work.open();
  const result: TouchedDocument[] = [];
  const dropped: DroppedFile[] = [];
  const put: { readonly kept: string; readonly path: string }[] = [];
  const returned: string[] = [];
  try {
    inTransaction(at.database, () => {
      const rows = new DocumentRows(at.database);
      clearLeftovers(at.ndiFolder, (file) => refersTo(rows, file));
      refuseDangling(at, touched);
      const found = touched.map(({ id }) => rows.find(id));
      rows.locate(found.filter((row) => row !== null));
      touched.forEach((one, index) => {
        const row = found[index] ?? null;
        const now = row?.inBranch === true ? digestOf(row.json) : null;
        if (now !== one.after) throw changedSince(one.id);
        const kept: KeptFile[] = [];
        const files = row === null ? [] : droppedFiles(row, jsonOf(one.before), kept);
        dropped.push(...files);
        const before = row === null ? null : rows.capture(row.docIdx);
        result.push({ id: one.id, before, kept, after: digestAfter(one.before), moved: [] });
        if (row !== null) rows.erase(row.docIdx);
      });
      // Only now: a file's uid may pass from one of them to another.
      for (const { before } of touched) if (before !== null) rows.restore(before);
      at.work.note([
        ...dropped,
        ...touched.flatMap(({ id, kept }) => kept.map(({ name }) => ({ name, document: id }))),
      ]);
      returnMoved(at, touched, returned);
      putBack(at, touched, put);
    });
  } catch (error) {
    for (const path of returned) rmSync(path, { force: true });
    for (const { kept, path } of put) at.work.takeAgain(path, kept);
    at.work.settled();
    throw error;
  }
  dropFiles(at, dropped, true);
  at.work.settled();
  return result;
}

/** What an action added, others may have built upon since. */
function refuseDangling(at: Workplace, touched: readonly TouchedDocument[]): void {
  const added = touched.filter((one) => digestAfter(one.before) === null && one.after !== null).map((one) => one.id);
  if (added.length === 0) return;
  const own = new Set(touched.map((one) => one.id));
  const others = dependentsOf(at.database, added, null).filter((id) => !own.has(id));
  if (others.length === 0) return;
  throw new NdiError({
    code: 'edit.conflict',
    message: `This cannot be taken back: ${others.length === 1 ? 'the document' : `${others.length} documents, such as`} ${others[0]}, added since by another program, would depend on what is gone.`,
    recovery: 'Remove what was added since first. Nothing was written.',
    details: { dependents: others },
  });
}

function putBack(at: Workplace, touched: readonly TouchedDocument[], put: { kept: string; path: string }[]): void {
  for (const { kept } of touched) {
    for (const { name, path } of kept) {
      at.work.putBack(path, at.store.pathOf(name));
      put.push({ kept: path, path: at.store.pathOf(name) });
    }
  }
  // The rows that name them must not be on the disk before them.
  if (put.length > 0) flushFolder(join(at.ndiFolder, 'files'));
}

/** Originals that the action had moved into the store lie where they came from again. */
function returnMoved(at: Workplace, touched: readonly TouchedDocument[], returned: string[]): void {
  for (const { id, moved } of touched) {
    for (const { name, from } of moved) {
      // What was made only to be stored came from a folder that is gone.
      if (!at.store.has(name) || isWithin(at.ndiFolder, from)) continue;
      const stored = at.store.pathOf(name);
      if (existsSync(from)) {
        // It could not be removed then, or is there again.
        if (sameContent(stored, from)) continue;
        throw inTheWay(id, from);
      }
      try {
        mkdirSync(dirname(from), { recursive: true });
      } catch (error) {
        throw toFileError(error, dirname(from));
      }
      copyWhole(stored, from);
      returned.push(from);
    }
  }
}

function inTheWay(id: string, path: string): NdiError {
  return new NdiError({
    code: 'edit.conflict',
    message: `This cannot be taken back: another file lies at ${path} by now, where one of the document ${id} came from.`,
    recovery: 'Move that file elsewhere, then undo again. Nothing was written.',
    details: { id, path },
  });
}

function jsonOf(rows: CapturedRows | null): NdiDocument | null {
  return rows === null ? null : readable(capturedJson(rows));
}

/** What the rows will say once they are back; null for what a removal in MATLAB had left behind. */
function digestAfter(rows: CapturedRows | null): string | null {
  if (rows === null || !rows.members.some(([branchId]) => branchId === branch)) return null;
  return digestOf(capturedJson(rows));
}

function changedSince(id: string): NdiError {
  return new NdiError({
    code: 'edit.conflict',
    message: `This cannot be taken back: the document ${id} has been changed since by another program.`,
    recovery: 'Look at the document and change it by hand. Nothing was written.',
    details: { id },
  });
}
