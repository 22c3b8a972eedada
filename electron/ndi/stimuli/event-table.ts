import type { JsonObject } from '../../../shared/model/document-json.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { formatFault } from '../../formats/file-faults.ts';
import { dateMs, parseTime, type TimeUnit } from '../event-tables/table-times.ts';
import type { TextTable } from '../text-table.ts';
import type { Presentation, StimulatorReading } from './presentation.ts';

/** Which columns tell what. */
export interface TableMapping {
  readonly onset: string;
  /** At most one of these two; without them the ends are not known. */
  readonly offset?: string | undefined;
  readonly duration?: string | undefined;
  /** Ids 1, 2, ... or anything that names the stimulus; without it all rows show stimulus 1. */
  readonly stimulus?: string | undefined;
  /** Of times and durations. */
  readonly unit?: TimeUnit | undefined;
  /** Moment at which the clock is 0, for columns that hold dates or times of day: `2024-05-01T14:00:00`. */
  readonly origin?: string | undefined;
}

/** Columns by the names that such tables mostly use; empty where none fits. */
export function guessMapping({ columns }: Pick<TextTable, 'columns'>): TableMapping & { readonly unit: TimeUnit } {
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
 * The presentations that a table lists, in order of time, those without an onset last. Columns whose value belongs to the stimulus (the same in all
 * its rows) are its parameters. Stimuli that are not numbered 1, 2, ... are numbered as they first appear.
 * @throws NdiError usage.invalid for a column that is not there, format.invalid for what is no time
 */
export function tablePresentations(path: string, table: TextTable, mapping: TableMapping): StimulatorReading {
  const { onset, offset, duration, stimulus } = mapping;
  const used = [onset, offset, duration, stimulus].filter((name) => name !== undefined);
  const missing = used.find((name) => !table.columns.includes(name));
  if (missing !== undefined) throw noColumn(path, table, missing);
  const origin = originOf(mapping);
  const cell = (row: readonly string[], name: string) => row[table.columns.indexOf(name)] ?? '';
  const read = (row: readonly string[], at: number, name: string, from: number | null) => {
    const told = cell(row, name);
    const plain = table.decimalComma === true ? told.replace(/^([+-]?\d*),(\d+)$/, '$1.$2') : told;
    const time = parseTime(plain, mapping.unit ?? 's', from);
    if (typeof time === 'number') return time;
    throw noTime(path, told, at, name, time.why);
  };
  const time = (row: readonly string[], at: number, name: string) => read(row, at, name, origin);
  const length = (row: readonly string[], at: number, name: string) => read(row, at, name, null);
  const ids = stimulusIds(table.rows.map((row) => (stimulus === undefined ? '1' : cell(row, stimulus))));
  const presentations = table.rows.map((row, at): Presentation => {
    const on = time(row, at, onset);
    const off =
      offset !== undefined ? time(row, at, offset) : duration === undefined ? NaN : on + length(row, at, duration);
    return { stimulusId: ids[at] ?? NaN, onset: on, offset: off, open: on, close: off, events: [] };
  });
  const others = table.columns.filter((name) => ![onset, offset, duration].includes(name));
  return {
    presentations: presentations.sort(byOnset),
    parameters: stimulusParameters(table, ids, others),
  };
}

/** In order of time; those whose onset is not known come last. */
function byOnset(a: Presentation, b: Presentation): number {
  if (Number.isNaN(a.onset) || Number.isNaN(b.onset))
    return Number(Number.isNaN(a.onset)) - Number(Number.isNaN(b.onset));
  return a.onset - b.onset;
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

function stimulusParameters(table: TextTable, ids: readonly number[], names: readonly string[]): JsonObject[] {
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

/** @throws NdiError usage.invalid */
function originOf({ origin }: TableMapping): number | null {
  if (origin === undefined || origin.trim() === '') return null;
  const ms = dateMs(origin.trim());
  if (ms !== null) return ms;
  throw new NdiError({
    code: 'usage.invalid',
    message: `“${origin}” is no moment at which a clock could be 0.`,
    recovery: 'Write date and time, for example 2024-05-01T14:00:00.',
    details: { origin },
  });
}

function noTime(path: string, cell: string, row: number, column: string, why: string): NdiError {
  const sentence = `“${cell.slice(0, 40)}” in row ${row + 1} of the column ${column} ${why}.`;
  return formatFault('format.invalid', path, sentence, { row: row + 1, column });
}

function noColumn(path: string, { columns }: TextTable, name: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: name === '' ? 'Which column tells the times is not said.' : `${path} has no column “${name}”.`,
    recovery: `Name one of: ${columns.join(', ')}.`,
    details: { column: name, columns: [...columns] },
  });
}
