import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../../../shared/model/document-json.ts';
import { formatFault, toReadFault } from '../../../formats/file-faults.ts';

/**
 * Parameters of stimuli in a tab-separated file: a header with their names, and a row for each stimulus. A column is
 * one of numbers where all its cells are (an empty one is NaN), as MATLAB reads it.
 * @throws NdiError format.*, path.*
 */
export function readParameterTable(path: string): JsonObject[] {
  const [head = '', ...lines] = readText(path)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
  const names = head.split('\t').map((name) => name.trim());
  if (head.trim() === '') throw formatFault('format.empty', path, 'it has no header with the names of the parameters.');
  const twice = names.find((name, at) => name === '' || names.indexOf(name) !== at);
  if (twice !== undefined) {
    const sentence = twice === '' ? 'a column of it has no name.' : `two of its columns are named ${twice}.`;
    throw formatFault('format.invalid', path, sentence, { field: twice });
  }
  const rows = lines.map((line, at) => {
    const cells = line.split('\t').map((cell) => cell.trim());
    if (cells.length <= names.length) return cells;
    throw formatFault('format.invalid', path, `line ${at + 2} has more cells than the header.`, { line: at + 2 });
  });
  const numeric = names.map((_, column) => rows.every((cells) => isNumber(cells[column] ?? '')));
  return rows.map((cells) => {
    const entries = names.map((name, column) => {
      const cell = cells[column] ?? '';
      return [name, numeric[column] === true ? toNumber(cell) : cell] as const;
    });
    return Object.fromEntries(entries);
  });
}

const WORDS = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

function isNumber(cell: string): boolean {
  return cell === '' || WORDS.has(cell.toLowerCase()) || Number.isFinite(Number(cell));
}

function toNumber(cell: string): number {
  return cell === '' ? NaN : (WORDS.get(cell.toLowerCase()) ?? Number(cell));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw toReadFault(error, path);
  }
}
