import { writeFileSync } from 'node:fs';
import type { CallOutputs } from '../../shared/contract/contract.ts';
import { formatFault } from '../formats/file-faults.ts';
import { VhsbFile } from '../formats/vhsb/vhsb-file.ts';
import { encodeVhsb } from '../formats/vhsb/writer.ts';
import type { EventTable } from '../ndi/event-tables/table-file.ts';
import { chooseTable, readTableFile } from '../ndi/event-tables/read-table.ts';
import type { DataWorkers } from '../workers/data-workers.ts';
import { type RowSource, readRows, rowSource } from './derived/epoch-rows.ts';

const ROWS_SHOWN = 10;

/** Times and values that are about to become an epoch of an element. */
export interface EpochSamples {
  readonly preview: CallOutputs['objects']['readSamples'];
  /** Writes them as NDI keeps them. @throws NdiError path.*, format.*, app.cancelled */
  write(path: string, signal: AbortSignal): Promise<void>;
}

/**
 * Reads a table (CSV, TSV, Excel, MAT: times in its first column, values in the others) or opens a recording of any
 * format, a raw matrix that a text describes among them.
 * @param sheet table of a file that has several
 * @throws NdiError format.*, path.*, usage.invalid
 */
export async function openEpochSamples(
  workers: DataWorkers,
  file: string,
  sheet: string | undefined,
  signal?: AbortSignal,
): Promise<EpochSamples> {
  const [recognised] = await workers.recognise(file, signal);
  if (recognised !== undefined) return ofRecording(workers, file, signal);
  const tables = await readTableFile(file);
  return ofTable(
    file,
    tables.kind === 'text' ? [] : tables.tables.map(({ name }) => name),
    chooseTable(file, tables, sheet),
  );
}

function ofTable(file: string, sheets: string[], table: EventTable): EpochSamples {
  const { columns, rows } = table;
  if (columns.length < 2) throw formatFault('format.invalid', file, 'it needs a column of times and one of values.');
  const [times = [], ...values] = columns.map((name, column) =>
    rows.map((row, at) => numberIn(file, row, at, column, name)),
  );
  const backwards = times.findIndex((time, at) => time < (times[at - 1] ?? -Infinity));
  if (backwards >= 0) {
    throw formatFault('format.invalid', file, `the time of row ${backwards + 1} is before that of the row above it.`);
  }
  return {
    preview: {
      ...{ file, kind: 'table', sheets, sheet: table.name, columns: [...columns] },
      rows: rows.slice(0, ROWS_SHOWN).map((row) => columns.map((_, at) => row[at] ?? '')),
      ...{ total: rows.length, fromSec: times[0] ?? null, toSec: times.at(-1) ?? null, sampleRate: null },
    },
    write: (path) => {
      writeFileSync(path, encodeVhsb(times, values, { x: 's' }));
      return Promise.resolve();
    },
  };
}

async function ofRecording(workers: DataWorkers, file: string, signal?: AbortSignal): Promise<EpochSamples> {
  const info = await workers.describe(file, signal);
  const source = rowSource(info.formatName, { path: file, timeShift: 0, channels: null }, info);
  return {
    preview: {
      ...{ file, kind: 'recording', sheets: [], sheet: '', columns: ['time', ...source.channels] },
      rows: await firstRows(workers, source, signal),
      ...{ total: source.rows, fromSec: known(source.startSec), toSec: known(source.endSec) },
      sampleRate: source.sampleRate,
    },
    async write(path, cancelled) {
      await VhsbFile.write(path, source.channels.length, { x: 's', y: source.units }, async (target) => {
        for await (const { times, columns } of readRows(workers, source, 1, cancelled))
          await target.append(times, columns);
      });
    },
  };
}

async function firstRows(workers: DataWorkers, source: RowSource, signal = new AbortController().signal) {
  const few = source.sampleRate === null ? source : { ...source, rows: Math.min(ROWS_SHOWN, source.rows) };
  for await (const { times, columns } of readRows(workers, few, 1, signal)) {
    return [...times.subarray(0, ROWS_SHOWN)].map((time, at) => [time, ...columns.map((one) => one[at])].map(String));
  }
  return [];
}

const known = (sec: number) => (Number.isFinite(sec) ? sec : null);

/** An empty value is not there; an empty time is none. */
function numberIn(file: string, row: readonly string[], at: number, column: number, name: string): number {
  const cell = row[column] ?? '';
  const isNothing = cell === '' || /^nan$/i.test(cell);
  const value = isNothing ? NaN : Number(cell);
  if (!Number.isNaN(value) || (isNothing && column > 0)) return value;
  const sentence = `“${cell.slice(0, 40)}” in row ${at + 1} of the column ${name} is no number.`;
  throw formatFault('format.invalid', file, sentence, { row: at + 1, column: name });
}
