import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { JsonValue } from '../../../shared/model/document-json.ts';

/** A value in a table that leaves the application: lists and objects have become JSON. */
export type TableValue = string | number | boolean | null;
export type ColumnType = 'text' | 'number' | 'boolean';

/** Rows come in batches; each call gives the bytes that are ready. */
export interface TableWriter {
  rows(rows: readonly (readonly TableValue[])[]): Uint8Array | string;
  end(): Uint8Array | string;
}

/** CSV as RFC 4180 has it: quotes where needed, CRLF. Missing values are empty. */
export function csvWriter(columns: readonly string[]): TableWriter {
  const line = (values: readonly TableValue[]) => `${values.map(csvCell).join(',')}\r\n`;
  let head = line(columns);
  return {
    rows(rows) {
      const text = head + rows.map(line).join('');
      head = '';
      return text;
    },
    end: () => head,
  };
}

function csvCell(value: TableValue): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const PARQUET_TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
} as const;

/** Parquet, one row group a batch. */
export function parquetWriter(columns: readonly string[], types: readonly ColumnType[]): TableWriter {
  const bytes = new ByteWriter();
  const fields = columns.map((name, at) => ({
    name,
    repetition_type: 'OPTIONAL' as const,
    ...PARQUET_TYPES[types[at] ?? 'text'],
  }));
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'root', num_children: columns.length }, ...fields],
    createdBy: 'NDI Desktop',
  });
  const take = () => {
    const ready = bytes.getBytes().slice();
    bytes.index = 0;
    return ready;
  };
  return {
    rows(rows) {
      const columnData = columns.map((name, at) => ({
        name,
        data: rows.map((row) => parquetCell(row[at] ?? null, types[at] ?? 'text')),
      }));
      void writer.write({ columnData, rowGroupSize: Math.max(1, rows.length) });
      return take();
    },
    end() {
      void writer.finish();
      return take();
    },
  };
}

function parquetCell(value: TableValue, type: ColumnType): TableValue {
  return value === null || type !== 'text' ? value : String(value);
}

/** A JSON array, one item a line. */
export function jsonWriter(): { items(items: readonly JsonValue[]): string; end(): string } {
  let started = false;
  return {
    items(items) {
      const text = items.map((item, at) => `${started || at > 0 ? ',\n' : '[\n'}${JSON.stringify(item)}`).join('');
      started ||= items.length > 0;
      return text;
    },
    end: () => (started ? '\n]\n' : '[]\n'),
  };
}
