import type { DatabaseSync } from 'node:sqlite';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { readableDocument, readDocument } from './document-index.ts';
import { prepared } from './prepared.ts';
import { type DocumentRow, DocumentRows } from './rows.ts';

/** Single documents straight from their rows. */
export class StoredDocuments {
  readonly #connection: () => DatabaseSync;

  constructor(connection: () => DatabaseSync) {
    this.#connection = connection;
  }

  /** @throws NdiError database.corrupt */
  read(docIdx: number): NdiDocument {
    const row = prepared(this.#connection(), 'SELECT json_code FROM docs WHERE doc_idx = ?').get(docIdx);
    return readDocument(row?.['json_code']);
  }

  /** A document of the branch; null where it is not there. @throws NdiError database.corrupt */
  find(id: string): NdiDocument | null {
    const json = this.#json(id);
    return json === null ? null : readDocument(json);
  }

  has(id: string): boolean {
    return this.#json(id) !== null;
  }

  /** What a removal in NDI-matlab left of a document in its row; null where nothing, or nothing readable, is left. */
  leftBehind(id: string): NdiDocument | null {
    const row = this.#row(id);
    return row?.inBranch === false ? readableDocument(row.json) : null;
  }

  #json(id: string): string | null {
    const row = this.#row(id);
    return row?.inBranch === true ? row.json : null;
  }

  #row(id: string): DocumentRow | null {
    return new DocumentRows(this.#connection()).find(id);
  }
}
