import { statSync } from 'node:fs';
import { readStart } from '../files/held-files.ts';
import { formatFault, toReadFault } from '../formats/file-faults.ts';

/** A table with a header, as text. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Set where semicolons part the cells, as programs do in countries that write 0,5: a comma in a number is its point. */
  readonly decimalComma?: boolean;
}

const MOST_BYTES = 200 << 20;

/**
 * Reads a table separated by tabs, semicolons or commas (whichever the header has, in this order), with a header. Cells
 * may be quoted.
 * @throws NdiError format.*, path.*
 */
export function readTextTable(path: string): TextTable {
  const text = readText(path);
  const head = text.slice(0, text.search(/\r|\n|$/));
  const separator = ['\t', ';', ','].find((one) => head.includes(one)) ?? ',';
  const [columns = [], ...rows] = splitCells(text, separator).filter((cells) => cells.some((cell) => cell !== ''));
  if (columns.length === 0) throw formatFault('format.empty', path, 'it has no header with the names of its columns.');
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined) throw formatFault('format.invalid', path, `two of its columns are named "${twice}".`);
  const wrong = rows.findIndex((cells) => cells.length > columns.length);
  if (wrong < 0) return { columns, rows, ...(separator === ';' ? { decimalComma: true } : {}) };
  throw formatFault('format.invalid', path, `row ${wrong + 1} has more cells than the header.`, { row: wrong + 1 });
}

function splitCells(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r\\n|\\r|\\n|$)`, 'gy');
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    const [whole, quoted, plain = '', end = ''] = match;
    rows.at(-1)?.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    if (end === '' || cell.lastIndex >= text.length) {
      if (end !== '' && end === separator) rows.at(-1)?.push('');
      break;
    }
    if (end !== separator) rows.push([]);
    if (whole === '') break;
  }
  return rows;
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES)
      throw formatFault('format.unsupported', path, `it has ${size} bytes, too many for a table.`, { size });
    // Anybody may name any file for a table, also the database of a session that is open.
    return readStart(path, size)
      .toString('utf8')
      .replace(/^\uFEFF/, '');
  } catch (error) {
    throw toReadFault(error, path);
  }
}
