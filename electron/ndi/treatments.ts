import { documentId, type NdiDocument, withDependency } from '../../shared/model/documents.ts';
import { formatFault } from '../formats/file-faults.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { newDocument } from './documents/build.ts';
import type { TextTable } from './text-table.ts';

/** The columns of a table of treatments; others are passed over. */
const COLUMNS = ['ontologyName', 'name', 'numeric_value', 'string_value', 'group'] as const;
const NEEDED = ['ontologyName', 'name'] as const;

/**
 * The `treatment` documents of a table, a row a document (NDI's table2treatment). Rows of one group belong together: the
 * first of them is the manipulation, the others name it. A row without a group stands for itself.
 * @param path of the table, for its faults
 * @throws NdiError usage.invalid where a column is missing, format.invalid for what is no number
 */
export function treatmentsOf(path: string, table: TextTable, subjectId: string): NdiDocument[] {
  const at = new Map(table.columns.map((name, index) => [name.trim().toLowerCase(), index]));
  const missing = NEEDED.filter((name) => !at.has(name.toLowerCase()));
  if (missing.length > 0) throw noColumn(path, table, missing);
  const manipulations = new Map<string, string>();
  return table.rows.map((row, number) => {
    const cell = (name: (typeof COLUMNS)[number]) => (row[at.get(name.toLowerCase()) ?? -1] ?? '').trim();
    const document = withDependency(
      newDocument('treatment', {
        'base.name': cell('name'),
        'treatment.ontologyName': cell('ontologyName'),
        'treatment.name': cell('name'),
        'treatment.numeric_value': numbersOf(path, cell('numeric_value'), number),
        'treatment.string_value': cell('string_value'),
      }),
      'subject_id',
      subjectId,
    );
    const group = cell('group');
    const manipulation = group === '' ? undefined : manipulations.get(group);
    if (manipulation !== undefined) return withDependency(document, 'manipulation_id', manipulation);
    manipulations.set(group, documentId(document));
    return document;
  });
}

/** One number or several with spaces between them; nothing where none is given. */
function numbersOf(path: string, cell: string, row: number): number[] {
  const parts = cell.replace(/^\[|\]$/g, '').split(/[\s;]+/);
  const given = parts.filter((part) => part !== '' && !/^(nan|n\/a)$/i.test(part));
  const numbers = given.map(Number);
  const wrong = given.find((_, index) => !Number.isFinite(numbers[index]));
  if (wrong === undefined) return numbers;
  const sentence = `“${wrong.slice(0, 40)}” in row ${row + 1} of the column numeric_value is no number.`;
  throw formatFault('format.invalid', path, sentence, { row: row + 1, column: 'numeric_value' });
}

function noColumn(path: string, { columns }: TextTable, missing: readonly string[]): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `${path} has no column ${missing.join(' and ')}.`,
    recovery: `A table of treatments has the columns ${COLUMNS.join(', ')}; this one has ${columns.join(', ')}.`,
    details: { missing: [...missing], columns: [...columns] },
  });
}
