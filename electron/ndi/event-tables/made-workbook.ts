import { zipOf } from '../../files/zip-writer.ts';

/** A cell of a workbook that is written for a test. Dates and durations are serial numbers of days. */
export type MadeCell =
  | number
  | string
  | boolean
  | { readonly date: number }
  | { readonly duration: number }
  | { readonly formula: string; readonly value: number }
  | { readonly error: string };

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

type Sheets = Readonly<Record<string, readonly (readonly MadeCell[])[]>>;

/** The bytes of an .xlsx file with some sheets (ECMA-376, the least that programs want). */
export function madeWorkbook(sheets: Sheets, days1904 = false): Buffer {
  return madeArchive(workbookParts(sheets, days1904));
}

/** The files inside, by name: the sheets are `xl/worksheets/sheet1.xml` and so on. */
export function workbookParts(sheets: Sheets, days1904 = false): Record<string, string> {
  const names = Object.keys(sheets);
  const each = (text: (name: string, number: number) => string) => names.map((name, at) => text(name, at + 1)).join('');
  return {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${days1904 ? ' date1904="1"' : ''}/><sheets>${each((name, number) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${each((_, number) => `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="rId${names.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(rows)] as const),
    ),
  };
}

function sheetXml(rows: readonly (readonly MadeCell[])[]): string {
  const lines = rows.map((cells, at) => {
    const written = cells.map((cell, column) => cellXml(`${String.fromCharCode(65 + column)}${at + 1}`, cell));
    return `<row r="${at + 1}">${written.join('')}</row>`;
  });
  return `<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

function cellXml(place: string, cell: MadeCell): string {
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'string') {
    const text = cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return cell === '' ? '' : `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
  }
  if ('date' in cell) return `<c r="${place}" s="1"><v>${cell.date}</v></c>`;
  if ('duration' in cell) return `<c r="${place}" s="2"><v>${cell.duration}</v></c>`;
  if ('error' in cell) return `<c r="${place}" t="e"><v>${cell.error}</v></c>`;
  return `<c r="${place}"><f>${cell.formula}</f><v>${cell.value}</v></c>`;
}

/** A zip archive of files by name. */
export function madeArchive(files: Readonly<Record<string, string | Buffer>>): Buffer {
  return zipOf(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)])));
}
