import type { z } from 'zod';
import type { TableCell, tableRequestSchema, TableSubject } from '../../../shared/contract/tables.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { readCondition } from '../query-option.ts';
import type { Command } from '../run.ts';
import { placeOf, type SessionOptions } from '../session-place.ts';
import { table } from '../tables.ts';

interface Options extends SessionOptions {
  readonly by: TableSubject;
  readonly kind?: string;
  readonly where?: string;
  readonly with?: string;
  readonly to?: 'csv' | 'json' | 'parquet';
  readonly out?: string;
}

/** Wider cells are cut on a terminal; files and `--json` have all. */
const WIDEST_CELL = 40;

export const tableCommand: Command<Options> = async (run, [path = ''], options) => {
  const { by, to, out } = options;
  const classes = (options.with ?? '').split(',').map((name) => name.trim());
  const request: z.input<typeof tableRequestSchema> = {
    ...placeOf(run, path, options),
    ...{ by, classes: classes.filter((name) => name !== '') },
    ...(options.kind === undefined ? {} : { kind: options.kind }),
    ...(options.where === undefined ? {} : { where: await readCondition(options.where) }),
  };
  if ((to === undefined) !== (out === undefined)) throw halfOfFile();
  if (to !== undefined && out !== undefined) {
    const value = await run.call((client, signal) =>
      client.tables.export({ ...request, to, out: run.path(out) }, { signal }),
    );
    return { value, text: () => `${value.rows} rows are in ${value.path}.` };
  }
  const { columns, rows } = await run.call((client, signal) => client.tables.get(request, { signal }));
  const value = { columns, rows: rows.map(({ cells }) => cells) };
  return {
    value,
    text: () =>
      rows.length === 0
        ? 'No rows.'
        : table(
            columns,
            value.rows.map((cells) => cells.map(shown)),
          ),
  };
};

function shown(cell: TableCell): string | number {
  if (cell === null) return '';
  if (typeof cell === 'number') return cell;
  const text = String(cell);
  return text.length > WIDEST_CELL ? `${text.slice(0, WIDEST_CELL - 1)}…` : text;
}

function halfOfFile(): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: 'A file needs both its form and its place.',
    recovery: 'Give --to csv, json or parquet together with --out FILE.',
  });
}
