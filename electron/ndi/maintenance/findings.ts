import type { DatabaseSync } from 'node:sqlite';
import type { LocatedDocument } from '../database/data-rows.ts';
import { readDocument } from '../database/document-index.ts';
import { DocumentRows } from '../database/rows.ts';

/** `blocks`: part of the data cannot be used; `shouldFix`: it is used, but look at it; `note`: it only takes room. */
type Grade = 'blocks' | 'shouldFix' | 'note';

/** Something that a check found. */
export interface Finding {
  /** Stable, `area.reason`. */
  readonly code: string;
  readonly grade: Grade;
  readonly message: string;
  /** Document, file, session or table that it is about; empty where it is the whole. */
  readonly id: string;
  /** What a repair does about it, in words; null where it takes a person to decide. */
  readonly fix: string | null;
  /** The part of the repair that is one transaction with all others. */
  readonly inDatabase?: (database: DatabaseSync) => void;
  /** The part that follows once the database is right. */
  readonly afterwards?: () => void;
}

/** What the parts of a check share. */
export interface CheckContext {
  /** Folder of the session or dataset. */
  readonly folder: string;
  readonly ndi: string;
  readonly database: DatabaseSync;
  readonly rows: RowRepairs;
  readonly add: (finding: Finding) => void;
  /** Called between documents: reports progress, lets others have the thread, throws when cancelled. */
  readonly pause: (fraction: number) => Promise<void>;
}

/**
 * Rows of documents that are to be written anew or removed. They are looked for all at once, when the first is needed:
 * NDI's table of flattened rows has no index by document.
 */
export class RowRepairs {
  readonly #documents: LocatedDocument[] = [];
  readonly #erased = new Set<number>();
  #rows: DocumentRows | null = null;

  /** Writes the rows that MATLAB searches anew, unless the document goes. @returns it, for `Finding.inDatabase` */
  rewrite(document: LocatedDocument & { readonly json: string }): (database: DatabaseSync) => void {
    return this.#plan(document, (rows) => {
      if (!this.#erased.has(document.docIdx)) rows.rewriteData(document.docIdx, readDocument(document.json));
    });
  }

  /** Removes all rows of a document. @returns it, for `Finding.inDatabase` */
  erase(document: LocatedDocument): (database: DatabaseSync) => void {
    this.#erased.add(document.docIdx);
    return this.#plan(document, (rows) => rows.erase(document.docIdx));
  }

  #plan(document: LocatedDocument, repair: (rows: DocumentRows) => void): (database: DatabaseSync) => void {
    this.#documents.push(document);
    return (database) => {
      if (this.#rows === null) {
        this.#rows = new DocumentRows(database);
        this.#rows.locate(this.#documents);
      }
      repair(this.#rows);
    };
  }
}

export function hasTable(database: DatabaseSync, name: string): boolean {
  return database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined;
}

/** What another program is writing at the moment is no leftover. */
export const SETTLED_MS = 10 * 60_000;
