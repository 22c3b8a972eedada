import { type JsonValue, toPlainJson } from '../../../shared/model/document-json.ts';

/** A value in a table: lists and objects as JSON, what is no finite number as null. */
export type TableCell = string | number | boolean | null;

/** A row while its table is being made. */
export class PivotRow {
  /** The document that the row is about; null where there is none. */
  readonly id: string | null;
  readonly #values = new Map<string, TableCell[]>();

  constructor(id: string | null, values: Readonly<Record<string, JsonValue>> = {}) {
    this.id = id;
    for (const [column, value] of Object.entries(values)) this.add(column, value);
  }

  /** Adds a value to a column: a cell holds each of its values once, joined by `, ` as NDI joins them. */
  add(column: string, value: JsonValue | undefined): void {
    const cell = cellOf(value);
    const values = this.#values.get(column) ?? [];
    if (values.length === 0) this.#values.set(column, values);
    if (cell !== null && cell !== '' && !values.includes(cell)) values.push(cell);
  }

  /** Columns in the order in which they came. */
  columns(): string[] {
    return [...this.#values.keys()];
  }

  /** One value keeps its type. */
  cell(column: string): TableCell {
    const values = this.#values.get(column) ?? [];
    return values.length <= 1 ? (values[0] ?? null) : values.map(String).join(', ');
  }
}

/** A table whose rows are all there. */
export interface PivotTable {
  readonly columns: string[];
  readonly rows: { id: string | null; cells: TableCell[] }[];
}

/**
 * Rows stacked as NDI stacks tables: the union of their columns in the order in which they first appear. Columns that
 * are empty in every row are dropped, but for those of `always`, which come first.
 */
export function stacked(rows: readonly PivotRow[], always: readonly string[]): PivotTable {
  const seen = new Set<string>(always);
  const filled = new Set<string>(always);
  for (const row of rows) {
    for (const column of row.columns()) {
      seen.add(column);
      if (!filled.has(column) && row.cell(column) !== null) filled.add(column);
    }
  }
  const columns = [...seen].filter((column) => filled.has(column));
  return { columns, rows: rows.map((row) => ({ id: row.id, cells: columns.map((column) => row.cell(column)) })) };
}

function cellOf(value: JsonValue | undefined): TableCell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value) && value.length <= 1) return cellOf(value[0]);
  return JSON.stringify(toPlainJson(value));
}
