import { statSync } from 'node:fs';
import { readStart } from '../../files/held-files.ts';
import { formatFault, toReadFault } from '../../formats/file-faults.ts';
import { isMat5 } from '../../formats/mat/mat5.ts';
import { readTextTable } from '../text-table.ts';
import { readMatTables } from './mat-tables.ts';
import type { EventTable, TableFile } from './table-file.ts';
import { readWorkbook } from './workbook.ts';

const MOST_BYTES = 200 << 20;
const MOST_ROWS = 1_000_000;

/**
 * Reads a file of tables by its content: CSV, TSV, an Excel workbook (.xlsx) or a MAT file.
 * @throws NdiError format.* for what holds no table or is damaged, path.*
 */
export async function readTableFile(path: string): Promise<TableFile> {
  const bytes = readBytes(path);
  const file = await readBy(path, bytes);
  for (const { name, rows } of file.tables) {
    if (rows.length <= MOST_ROWS) continue;
    throw formatFault('format.unsupported', path, `${name} has ${rows.length} rows, too many for a table.`);
  }
  return file;
}

async function readBy(path: string, bytes: Buffer): Promise<TableFile> {
  if (begins(bytes, [0x50, 0x4b])) return readWorkbook(path, bytes);
  if (isMat5(bytes)) return readMatTables(path);
  if (
    begins(bytes, [0x89, 0x48, 0x44, 0x46]) ||
    bytes.subarray(512, 516).equals(Buffer.from([0x89, 0x48, 0x44, 0x46]))
  ) {
    const sentence = 'it is an HDF5 file; save tables of MATLAB with “-v7”, not with “-v7.3”.';
    throw formatFault('format.unsupported', path, sentence);
  }
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw formatFault('format.unsupported', path, 'it is a workbook of the old kind; save it as .xlsx or CSV.');
  }
  if (bytes.subarray(0, 4096).includes(0)) throw formatFault('format.invalid', path, 'it is no table of text.');
  return { kind: 'text', tables: [{ name: '', ...readTextTable(path) }] };
}

/**
 * One of the tables of a file: the one of that name, else the first that has rows.
 * @throws NdiError format.empty, usage.invalid by `formatFault`
 */
export function chooseTable(path: string, { tables }: TableFile, name: string | undefined): EventTable {
  const found =
    name === undefined || name === ''
      ? (tables.find(({ rows }) => rows.length > 0) ?? tables[0])
      : tables.find((table) => table.name === name);
  if (found !== undefined) return found;
  const names = tables.map((table) => table.name).join(', ');
  const sentence = names === '' ? 'it holds no table.' : `it has no table “${name ?? ''}”; there are ${names}.`;
  throw formatFault(names === '' ? 'format.empty' : 'format.invalid', path, sentence);
}

function readBytes(path: string): Buffer {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) {
      throw formatFault('format.unsupported', path, `it has ${size} bytes, too many for a table.`, { size });
    }
    return readStart(path, size);
  } catch (error) {
    throw toReadFault(error, path);
  }
}

function begins(bytes: Buffer, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}
