import type { DocumentBody } from '../../../../shared/contract/documents.ts';
import type { DocumentForm, FormField } from '../../../../shared/contract/forms.ts';
import { toText } from '../fields/field-text.ts';
import { dependencyLabel, labelOf } from '../fields/words.ts';
import { blankDraft, dependenciesOf, fieldsOf, valueOf, type Draft } from '../record/record-model.ts';

/** A column of the table: a field, or a dependency whose documents show by name. */
export type GridColumn =
  | { readonly kind: 'field'; readonly key: string; readonly label: string; readonly field: FormField }
  | { readonly kind: 'dependency'; readonly key: string; readonly label: string; readonly class: string | null };

/** A row: a stored document, or a new one that is not stored yet. Cells are texts. */
export interface GridRow {
  /** Id of the stored document; null for a new one. */
  readonly id: string | null;
  readonly cells: Readonly<Record<string, string>>;
}

/** Columns in reading order: what it depends on first where that is required, then its fields, its name last. */
export function columnsOf(form: DocumentForm): GridColumn[] {
  const dependencies = form.dependencies
    .filter(({ many }) => !many)
    .map(({ name, required, class: documentClass }) => ({
      required,
      column: {
        kind: 'dependency' as const,
        key: `depends_on.${name}`,
        label: dependencyLabel(name),
        class: documentClass,
      },
    }));
  const fields = fieldsOf(form).map((field) => ({
    kind: 'field' as const,
    key: field.path,
    label: field.path === 'base.name' ? 'Document name' : labelOf(field.name),
    field,
  }));
  return [
    ...dependencies.filter((one) => one.required).map((one) => one.column),
    ...fields,
    ...dependencies.filter((one) => !one.required).map((one) => one.column),
  ];
}

export function rowOf(document: DocumentBody, columns: readonly GridColumn[]): GridRow {
  const dependencies = dependenciesOf(document);
  const cells = columns.map((column) => {
    if (column.kind === 'field') return [column.key, toText(valueOf(document, column.key), column.field)];
    const name = column.key.slice('depends_on.'.length);
    return [column.key, dependencies.find((one) => one.name === name)?.value ?? ''];
  });
  return { id: String(valueOf(document, 'base.id')), cells: Object.fromEntries(cells) as Record<string, string> };
}

export function blankRow(form: DocumentForm, columns: readonly GridColumn[]): GridRow {
  const { texts } = blankDraft(form);
  return { id: null, cells: Object.fromEntries(columns.map(({ key }) => [key, texts[key] ?? ''])) };
}

/** A new row as the draft of a document. */
export function draftOf(row: GridRow, columns: readonly GridColumn[]): Draft {
  const texts: Record<string, string> = {};
  const dependencies: Record<string, string> = {};
  for (const { kind, key } of columns) {
    if (kind === 'field') texts[key] = row.cells[key] ?? '';
    else dependencies[key.slice('depends_on.'.length)] = row.cells[key] ?? '';
  }
  return { texts, dependencies, files: [] };
}

/** One written cell. */
export interface CellChange {
  readonly row: number;
  readonly key: string;
  readonly text: string;
}

/**
 * What a pasted table changes, from a cell on to the right and down. A first row that names columns leads the cells
 * below it to those columns, wherever it is pasted. One single cell fills the whole selection.
 */
export function pasteChanges(
  table: readonly (readonly string[])[],
  columns: readonly GridColumn[],
  selection: Selection,
): CellChange[] {
  const { top, left, bottom, right } = rectangle(selection);
  const [only] = table[0] ?? [];
  if (table.length === 1 && table[0]?.length === 1 && only !== undefined) {
    return cellsOf(top, bottom, left, right, columns).map((cell) => ({ ...cell, text: only }));
  }
  const named = headedColumns(table[0] ?? [], columns);
  const body = named === null ? table : table.slice(1);
  return body.flatMap((cells, row) =>
    cells.flatMap((text, at) => {
      const key = named === null ? columns[left + at]?.key : named[at];
      return key === undefined ? [] : [{ row: top + row, key, text }];
    }),
  );
}

/** The columns that a row of headings names; null unless most of it are names of columns. */
function headedColumns(headings: readonly string[], columns: readonly GridColumn[]): (string | undefined)[] | null {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const found = headings.map((heading) => {
    const wanted = plain(heading);
    const match = columns.find(
      ({ key, label }) =>
        wanted !== '' && [key, key.split('.').at(-1) ?? '', label].some((one) => plain(one) === wanted),
    );
    return match?.key;
  });
  const known = found.filter((key) => key !== undefined).length;
  return known > 0 && known * 2 > headings.length ? found : null;
}

/** A rectangle of cells between two corners. */
export interface Selection {
  readonly row: number;
  readonly column: number;
  readonly toRow: number;
  readonly toColumn: number;
}

export function rectangle({ row, column, toRow, toColumn }: Selection) {
  return {
    top: Math.min(row, toRow),
    bottom: Math.max(row, toRow),
    left: Math.min(column, toColumn),
    right: Math.max(column, toColumn),
  };
}

/** The first row of the selection, or the cells above a selection of one row, in all rows of it. */
export function fillDownChanges(
  rows: readonly GridRow[],
  columns: readonly GridColumn[],
  selection: Selection,
): CellChange[] {
  const { top, bottom, left, right } = rectangle(selection);
  const source = top === bottom ? top - 1 : top;
  if (source < 0) return [];
  return cellsOf(source + 1, bottom, left, right, columns).map(({ row, key }) => ({
    row,
    key,
    text: rows[source]?.cells[key] ?? '',
  }));
}

export function clearChanges(columns: readonly GridColumn[], selection: Selection): CellChange[] {
  const { top, bottom, left, right } = rectangle(selection);
  return cellsOf(top, bottom, left, right, columns).map((cell) => ({ ...cell, text: '' }));
}

function cellsOf(top: number, bottom: number, left: number, right: number, columns: readonly GridColumn[]) {
  const keys = columns.slice(left, right + 1).map(({ key }) => key);
  return Array.from({ length: Math.max(0, bottom - top + 1) }, (_, at) => top + at).flatMap((row) =>
    keys.map((key) => ({ row, key })),
  );
}
