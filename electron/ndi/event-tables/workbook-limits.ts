import { formatFault } from '../../formats/file-faults.ts';
import { zipEntries, ZipFault } from '../../files/zip-reader.ts';

/** Of one file inside: more is no text that can be held. */
const MOST_ENTRY_BYTES = 500 << 20;
/** The last row and column that a sheet of Excel can have (ECMA-376: XFD1048576). */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
/** A sheet becomes a grid up to its last cell: so many places there may be without a thought, and for every cell. */
const MOST_PLACES = 1_000_000;
const PLACES_FOR_A_CELL = 100;

const PLACE = /<(?:\w+:)?(row|c)\b[^<>]*?\sr\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Looks through the sheets of a workbook before they are read: a single wrong number of a row would make their reader
 * fill the memory with empty rows. The archive's own checksums are checked as well.
 * @throws NdiError format.invalid, format.unsupported
 */
export function checkWorkbook(path: string, bytes: Buffer): void {
  try {
    for (const { name, content } of zipEntries(bytes, MOST_ENTRY_BYTES)) {
      if (/\.xml$/i.test(name)) checkSheet(path, name, content.toString('latin1'));
    }
  } catch (error) {
    if (!(error instanceof ZipFault)) throw error;
    throw formatFault('format.invalid', path, `it cannot be read as an Excel workbook (${error.message})`);
  }
}

function checkSheet(path: string, name: string, text: string): void {
  let [lastRow, lastColumn, cells] = [0, 0, 0];
  for (const [, kind, quoted, single] of text.matchAll(PLACE)) {
    const place = quoted ?? single ?? '';
    const [, letters = '', digits = ''] = /^([A-Za-z]*)(\d*)$/.exec(place) ?? [];
    const [row, column] = [Number(digits), columnNumber(letters)];
    if (`${letters}${digits}` !== place || row > LAST_ROW || column > LAST_COLUMN) {
      throw formatFault('format.invalid', path, `${name} names the place "${place.slice(0, 40)}", which no sheet has.`);
    }
    if (kind === 'c') cells += 1;
    lastRow = Math.max(lastRow, row);
    lastColumn = Math.max(lastColumn, column);
  }
  if (lastRow * Math.max(1, lastColumn) <= Math.max(MOST_PLACES, PLACES_FOR_A_CELL * cells)) return;
  const sentence = `${name} is almost empty: ${cells} cells in ${lastRow} rows and ${lastColumn} columns.`;
  throw formatFault('format.unsupported', path, sentence);
}

/** `A` is 1, `XFD` is 16384. */
function columnNumber(letters: string): number {
  return Array.from(letters.toUpperCase()).reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
