import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { readableDocument, readDocument } from './document-index.ts';
import { type DocumentRow, DocumentRows } from './rows.ts';

/** Single documents straight from their rows; what is asked for them is prepared once a connection. */
export class StoredDocuments {
  readonly #connection: () => DatabaseSync;
  #readOne: StatementSync | null = null;
  #rows: DocumentRows | null = null;

  constructor(connection: () => DatabaseSync) {
    this.#connection = connection;
  }

  /** @throws NdiError database.corrupt */
  read(docIdx: number): NdiDocument {
    this.#readOne ??= this.#connection().prepare('SELECT json_code FROM docs WHERE doc_idx = ?');
    return readDocument(this.#readOne.get(docIdx)?.['json_code']);
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
    this.#rows ??= new DocumentRows(this.#connection());
    return this.#rows.find(id);
  }

  /** To be called when the connection has become another. */
  forget(): void {
    this.#readOne = null;
    this.#rows = null;
  }
}
