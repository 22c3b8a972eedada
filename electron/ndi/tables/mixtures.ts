import { textOf } from '../../../shared/model/documents.ts';
import type { JsonValue } from '../../../shared/model/document-json.ts';

/** A row of a mixture table by its headings. */
export type Ingredient = Readonly<Record<string, string>>;

/** Reads the comma-separated text with a line of headings in which documents keep mixtures. */
export function readMixture(text: JsonValue | undefined): Ingredient[] {
  const [head = '', ...lines] = textOf(text)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  const headings = cellsOf(head);
  return lines.map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(headings.map((heading, at) => [heading, cells[at] ?? '']));
  });
}

/** Cells may stand in quotes, and hold commas then. */
function cellsOf(line: string): string[] {
  const cells = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? [];
  return cells.map((cell) => {
    const plain = cell.trim();
    return /^".*"$/.test(plain) ? plain.slice(1, -1).replaceAll('""', '"') : plain;
  });
}
