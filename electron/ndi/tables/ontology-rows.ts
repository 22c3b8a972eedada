import {
  dependencyValues,
  documentId,
  documentSessionId,
  type NdiDocument,
  objectOf,
  textOf,
  valueAt,
} from '../../../shared/model/documents.ts';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import { PivotRow } from './table.ts';

export const ontologyRowColumns = ['SessionIdentifier', 'RowDocumentIdentifier', 'DependencyDocumentIdentifier'];

/** `ontologyTableRow` documents with the same variables: the rows of one table. */
export interface RowGroup {
  /** As the documents have them, with commas between them. */
  readonly variableNames: string;
  readonly names: string;
  readonly ontologyNodes: string;
  readonly count: number;
}

/** The tables that `ontologyTableRow` documents make (NDI's ontologyTableRowVars, group by group). */
export function rowGroups(documents: readonly NdiDocument[]): RowGroup[] {
  const groups = new Map<string, RowGroup>();
  for (const document of documents) {
    const field = (name: string) => textOf(valueAt(document, `ontologyTableRow.${name}`));
    const variableNames = field('variableNames');
    const before = groups.get(variableNames);
    const { names, ontologyNodes } = before ?? { names: field('names'), ontologyNodes: field('ontologyNodes') };
    groups.set(variableNames, { variableNames, names, ontologyNodes, count: (before?.count ?? 0) + 1 });
  }
  return [...groups.values()].sort((a, b) => (a.variableNames < b.variableNames ? -1 : 1));
}

/**
 * A row a document, with a column for each of its values (NDI's ontologyTableRowDoc2Table); values in each other have
 * names joined by dots.
 * @param variableNames of one group; all of them, stacked, where it is left out
 */
export function ontologyRows(documents: readonly NdiDocument[], variableNames: string | undefined): PivotRow[] {
  return documents
    .filter(
      (document) =>
        variableNames === undefined || textOf(valueAt(document, 'ontologyTableRow.variableNames')) === variableNames,
    )
    .map((document) => {
      const row = new PivotRow(documentId(document), {
        SessionIdentifier: documentSessionId(document),
        RowDocumentIdentifier: documentId(document),
      });
      for (const id of dependencyValues(document, 'document_id')) row.add('DependencyDocumentIdentifier', id);
      addFields(row, objectOf(valueAt(document, 'ontologyTableRow.data')) ?? {}, '');
      return row;
    });
}

function addFields(row: PivotRow, fields: JsonObject, prefix: string): void {
  for (const [name, value] of Object.entries(fields)) {
    const inner = objectOf(value);
    if (inner === null || Object.keys(inner).length === 0) row.add(`${prefix}${name}`, inner === null ? value : null);
    else addFields(row, inner, `${prefix}${name}.`);
  }
}
