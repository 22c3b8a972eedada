/** Tables as they come from and go to spreadsheets through the clipboard. */

/** Rows of cells of tab-separated text (as spreadsheets copy), or of comma-separated text that is plainly a table. */
export function parseTable(text: string): string[][] {
  const body = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  if (body.includes('\t')) return splitCells(body, '\t');
  // One line with a comma is a sentence; several lines of equally many cells are a table.
  const rows = splitCells(body, ',');
  const width = rows[0]?.length ?? 0;
  const isTable = rows.length > 1 && width > 1 && rows.every((row) => row.length === width);
  return isTable ? rows : splitCells(body, '\t');
}

/** Cells may stand in quotes, with line ends and doubled quotes inside. */
function splitCells(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let at = 0;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  while (at < text.length) {
    const sign = text[at] ?? '';
    const quoted = sign === '"' && cell === '' ? quotedCell(text, at) : null;
    if (quoted !== null) {
      cell = quoted.value;
      at = quoted.end;
      continue;
    }
    if (sign === separator) endCell();
    else if (sign === '\n') {
      endCell();
      rows.push([]);
    } else cell += sign;
    at += 1;
  }
  endCell();
  return rows;
}

/** The cell that begins with the quote at a place; null where its quotes do not end as quotes do. */
function quotedCell(text: string, start: number): { value: string; end: number } | null {
  const match = /"((?:[^"]|"")*)"(?=[\t,\n]|$)/y;
  match.lastIndex = start;
  const found = match.exec(text);
  return found === null ? null : { value: (found[1] ?? '').replaceAll('""', '"'), end: match.lastIndex };
}

export function writeTable(rows: readonly (readonly string[])[]): string {
  const write = (cell: string) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map(write).join('\t')).join('\n');
}
