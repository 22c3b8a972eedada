import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { withFile } from '../../formats/file-bytes.ts';
import { formatFault } from '../../formats/file-faults.ts';
import { matToJson } from '../../formats/mat/mat-json.ts';
import { readMat5 } from '../../formats/mat/mat5.ts';
import type { EventTable, TableFile } from './table-file.ts';

/** The table that vectors of equal length at the top of a file make together. */
const TOGETHER = 'variables';

/**
 * What in a MAT file is a table: a struct of vectors and cell arrays of strings of one length, a struct array, a matrix,
 * and vectors of one length that lie side by side.
 * @throws NdiError format.*, path.*
 */
export function readMatTables(path: string): TableFile {
  const variables = withFile(path, (file) =>
    readMat5(file, () => true).flatMap(({ name, value }): [string, JsonValue][] => {
      const json = matToJson(value);
      return json === undefined ? [] : [[name, json]];
    }),
  );
  const own = variables.flatMap(([name, value]) => tableOf(name, value) ?? []);
  const together = ofColumns(TOGETHER, Object.fromEntries(variables));
  const tables = together === null ? own : [...own, together];
  if (tables.length > 0) return { kind: 'mat', tables };
  const names = variables.map(([name]) => name).join(', ') || 'nothing that can be read';
  throw formatFault(
    'format.empty',
    path,
    `it holds no table: a struct of vectors of one length, or a matrix (${names}).`,
  );
}

function tableOf(name: string, value: JsonValue): EventTable | null {
  if (isObject(value)) return ofColumns(name, value);
  if (!Array.isArray(value)) return null;
  if (value.length > 0 && value.every(isObject)) return ofRecords(name, value);
  const rows = value.filter((row): row is JsonValue[] => Array.isArray(row));
  const [first = []] = rows;
  if (rows.length !== value.length || rows.length === 0 || first.length < 2) return null;
  if (!rows.every((row) => row.length === first.length && row.every((cell) => cellText(cell) !== null))) return null;
  return { name, columns: first.map((_, at) => `column ${at + 1}`), rows: rows.map((row) => row.map(textOrNothing)) };
}

/** Fields that are vectors of the commonest length above one. */
function ofColumns(name: string, fields: JsonObject): EventTable | null {
  const lists = Object.entries(fields).flatMap(([field, value]): [string, string[]][] => {
    if (!Array.isArray(value) || value.length < 2) return [];
    const cells = value.map(cellText);
    return cells.includes(null) ? [] : [[field, cells.map((cell) => cell ?? '')]];
  });
  const byLength = [...Map.groupBy(lists, ([, cells]) => cells.length).values()];
  const columns = byLength.sort((a, b) => b.length - a.length)[0];
  if (columns === undefined) return null;
  const rows = Array.from({ length: columns[0]?.[1].length ?? 0 }, (_, at) =>
    columns.map(([, cells]) => cells[at] ?? ''),
  );
  return { name, columns: columns.map(([field]) => field), rows };
}

function ofRecords(name: string, records: readonly JsonObject[]): EventTable | null {
  const columns = Object.keys(records[0] ?? {}).filter((field) =>
    records.every((record) => cellText(record[field] ?? null) !== null),
  );
  if (columns.length === 0) return null;
  return { name, columns, rows: records.map((record) => columns.map((field) => textOrNothing(record[field] ?? null))) };
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const textOrNothing = (value: JsonValue) => cellText(value) ?? '';

/** A number or text as a cell; null for what is no single value. An empty array is an empty cell. */
function cellText(value: JsonValue): string | null {
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.length === 0) return '';
  return value === null ? '' : null;
}
