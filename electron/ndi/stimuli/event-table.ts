import { readFileSync, statSync } from 'node:fs';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { formatFault, toReadFault } from '../../formats/file-faults.ts';
import type { Presentation, StimulatorReading } from './presentation.ts';

/** A table of trials or events as text. */
export interface EventTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Which columns tell what. */
export interface TableMapping {
  readonly onset: string;
  /** At most one of these two; without them the ends are not known. */
  readonly offset?: string | undefined;
  readonly duration?: string | undefined;
  /** Ids 1, 2, ... or anything that names the stimulus; without it all rows show stimulus 1. */
  readonly stimulus?: string | undefined;
  /** Of times and durations. */
  readonly unit?: 's' | 'ms' | 'us' | undefined;
}

const MOST_BYTES = 200 << 20;
const perUnit = { s: 1, ms: 1e-3, us: 1e-6 } as const;

/**
 * Reads a table separated by tabs, semicolons or commas (whichever the header has, in this order), with a header. Cells
 * may be quoted.
 * @throws NdiError format.*, path.*
 */
export function readEventTable(path: string): EventTable {
  const text = readText(path);
  const head = text.slice(0, text.search(/\r|\n|$/));
  const separator = ['\t', ';', ','].find((one) => head.includes(one)) ?? ',';
  const [columns = [], ...rows] = splitCells(text, separator).filter((cells) => cells.some((cell) => cell !== ''));
  if (columns.length === 0) throw formatFault('format.empty', path, 'it has no header with the names of its columns.');
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined) throw formatFault('format.invalid', path, `two of its columns are named "${twice}".`);
  const wrong = rows.findIndex((cells) => cells.length > columns.length);
  if (wrong < 0) return { columns, rows };
  throw formatFault('format.invalid', path, `row ${wrong + 1} has more cells than the header.`, { row: wrong + 1 });
}

/** Columns by the names that such tables mostly use; empty where none fits. */
export function guessMapping({
  columns,
}: Pick<EventTable, 'columns'>): TableMapping & { readonly unit: 's' | 'ms' | 'us' } {
  const find = (pattern: RegExp) => columns.find((name) => pattern.test(name.trim()));
  const onset = find(/^(onset|start|on|time|t|stim_?on)([ _(].*)?$/i) ?? '';
  const offset = find(/^(offset|end|stop|off|stim_?off)([ _(].*)?$/i);
  const duration = offset === undefined ? find(/^(duration|length|dur)([ _(].*)?$/i) : undefined;
  const stimulus = find(/^(stim(ulus)?_?id|stimulus|stim|label|trial_?type|condition|event)$/i);
  const unit = /\bms\b|_ms$/i.test(onset) ? 'ms' : 's';
  return {
    onset,
    unit,
    ...(offset === undefined ? {} : { offset }),
    ...(duration === undefined ? {} : { duration }),
    ...(stimulus === undefined ? {} : { stimulus }),
  };
}

/**
 * The presentations that a table lists, in order of time. Columns whose value belongs to the stimulus (the same in all
 * its rows) are its parameters. Stimuli that are not numbered 1, 2, ... are numbered as they first appear.
 * @throws NdiError usage.invalid for a column that is not there, format.invalid for what is no time
 */
export function tablePresentations(path: string, table: EventTable, mapping: TableMapping): StimulatorReading {
  const { onset, offset, duration, stimulus } = mapping;
  const used = [onset, offset, duration, stimulus].filter((name) => name !== undefined);
  const missing = used.find((name) => !table.columns.includes(name));
  if (missing !== undefined) throw noColumn(path, table, missing);
  const scale = perUnit[mapping.unit ?? 's'];
  const cell = (row: readonly string[], name: string) => row[table.columns.indexOf(name)] ?? '';
  const time = (row: readonly string[], at: number, name: string) => timeOf(path, cell(row, name), at, name) * scale;
  const ids = stimulusIds(table.rows.map((row) => (stimulus === undefined ? '1' : cell(row, stimulus))));
  const presentations = table.rows.map((row, at): Presentation => {
    const on = time(row, at, onset);
    const off =
      offset !== undefined ? time(row, at, offset) : duration === undefined ? NaN : on + time(row, at, duration);
    return { stimulusId: ids[at] ?? NaN, onset: on, offset: off, open: on, close: off, events: [] };
  });
  const others = table.columns.filter((name) => ![onset, offset, duration].includes(name));
  return {
    presentations: presentations.sort((a, b) => a.onset - b.onset),
    parameters: stimulusParameters(table, ids, others),
  };
}

function stimulusIds(cells: readonly string[]): number[] {
  const numbers = cells.map((cell) => (cell === '' ? NaN : Number(cell)));
  if (numbers.every((id) => Number.isInteger(id) && id >= 1 && id <= 10_000)) return numbers;
  const known = new Map<string, number>();
  return cells.map((cell) => {
    const id = known.get(cell) ?? known.size + 1;
    known.set(cell, id);
    return id;
  });
}

function stimulusParameters(table: EventTable, ids: readonly number[], names: readonly string[]): JsonObject[] {
  const count = ids.reduce((most, id) => Math.max(most, id), 0);
  const parameters = Array.from({ length: count }, (_, at): JsonObject => ({ stimid: at + 1 }));
  for (const name of names) {
    const column = table.columns.indexOf(name);
    const values = new Map<number, string>();
    const isConstant = table.rows.every((row, at) => {
      const [id, cell] = [ids[at] ?? 0, row[column] ?? ''];
      const before = values.get(id);
      values.set(id, cell);
      return before === undefined || before === cell;
    });
    // A column of numbers of trials belongs to no stimulus.
    if (!isConstant || values.size === 0) continue;
    const isNumeric = [...values.values()].every(
      (cell) => cell === '' || /^nan$/i.test(cell) || Number.isFinite(Number(cell)),
    );
    for (const [id, cell] of values) {
      const known = parameters[id - 1];
      if (known === undefined || /^stimid$/i.test(name)) continue;
      known[name] = isNumeric ? (cell === '' ? NaN : Number(cell)) : cell;
    }
  }
  return parameters;
}

function timeOf(path: string, cell: string, row: number, column: string): number {
  if (cell === '' || /^(nan|n\/a)$/i.test(cell)) return NaN;
  const value = Number(cell);
  if (Number.isFinite(value)) return value;
  const sentence = `“${cell.slice(0, 40)}” in row ${row + 1} of the column ${column} is no time.`;
  throw formatFault('format.invalid', path, sentence, { row: row + 1, column });
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

function noColumn(path: string, { columns }: EventTable, name: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: name === '' ? 'Which column tells the times is not said.' : `${path} has no column “${name}”.`,
    recovery: `Name one of: ${columns.join(', ')}.`,
    details: { column: name, columns: [...columns] },
  });
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES)
      throw formatFault('format.unsupported', path, `it has ${size} bytes, too many for a table.`, { size });
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw toReadFault(error, path);
  }
}
