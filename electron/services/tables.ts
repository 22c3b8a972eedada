import type { z } from 'zod';
import type { tableRequestSchema } from '../../shared/contract/tables.ts';
import type { CallInputs, CallOutputs } from '../../shared/contract/contract.ts';
import { checkQuery } from '../../shared/model/query.ts';
import { writeWhole } from '../files/whole-files.ts';
import type { KnownTerms } from '../ndi/tables/names.ts';
import { rowGroups } from '../ndi/tables/ontology-rows.ts';
import { openMindsTypes } from '../ndi/tables/openminds.ts';
import { pivotTable } from '../ndi/tables/pivot.ts';
import { documentsOf, type TableSource } from '../ndi/tables/source.ts';
import type { PivotTable } from '../ndi/tables/table.ts';
import type { Session } from '../ndi/session.ts';
import type { DataWorkers } from '../workers/data-workers.ts';
import { type ColumnType, csvWriter, jsonWriter, parquetWriter } from './export/table-writers.ts';
import { fullPath, type OpenItems } from './open-items.ts';
import { sessionEpochs } from './session-epochs.ts';

type Request = z.input<typeof tableRequestSchema>;
type Outputs = CallOutputs['tables'];

/** Documents of sessions and datasets as tables by what they are about. */
export class TablesService {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #terms: KnownTerms;

  /** @param terms terms as far as they are known without asking a server */
  constructor(items: OpenItems, workers: DataWorkers, terms: KnownTerms) {
    this.#items = items;
    this.#workers = workers;
    this.#terms = terms;
  }

  /** @throws NdiError session.notFound, query.invalid, database.*, path.* */
  async get(request: Request, signal?: AbortSignal): Promise<PivotTable> {
    const { source, sessions } = this.#place(request.path, request.sessionId);
    const { by, kind, where, classes = [] } = request;
    const question = { by, kind, classes, where: where === undefined ? undefined : checkQuery(where) };
    return await pivotTable(question, {
      source,
      terms: remembered(this.#terms),
      epochs: async () =>
        await Promise.all(
          sessions().map(async (session) => ({
            session,
            epochs: (await sessionEpochs(session, this.#workers, signal)).epochs,
          })),
        ),
    });
  }

  /** @throws NdiError session.notFound, database.*, path.* */
  kinds({ path, sessionId }: CallInputs['tables']['kinds']): Outputs['kinds'] {
    const { source } = this.#place(path, sessionId);
    return {
      openminds: openMindsTypes(documentsOf(source, 'openminds')),
      ontologyTableRow: rowGroups(documentsOf(source, 'ontologyTableRow')).map((group) => ({ ...group })),
    };
  }

  /** @throws as `get`, and NdiError path.* */
  async export(request: CallInputs['tables']['export'], signal?: AbortSignal): Promise<Outputs['export']> {
    const table = await this.get(request, signal);
    const bytes = fileOf(table, request.to);
    const path = fullPath(request.out);
    writeWhole(path, bytes);
    return { path, rows: table.rows.length, columns: table.columns, sizeBytes: bytes.length };
  }

  async download(request: CallInputs['tables']['download'], signal?: AbortSignal): Promise<Outputs['download']> {
    const table = await this.get(request, signal);
    return { rows: table.rows.length, file: new Blob([fileOf(table, request.to)]) };
  }

  /** A dataset without a session: all that it holds. Linked sessions lie elsewhere and are asked for by their id. */
  #place(path: string, sessionId: string | undefined): { source: TableSource; sessions: () => Session[] } {
    const item = this.#items.find(path);
    if (item?.kind !== 'dataset' || sessionId !== undefined) {
      const session = this.#items.session(path, sessionId);
      return { source: session, sessions: () => [session] };
    }
    const { dataset } = item;
    const held = () => dataset.sessions().filter(({ linked }) => !linked);
    return { source: dataset, sessions: () => held().map(({ id }) => dataset.session(id)) };
  }
}

/** Each term is looked up once for a table. */
function remembered(terms: KnownTerms): KnownTerms {
  const known = new Map<string, ReturnType<KnownTerms>>();
  return (node) => {
    const found = known.get(node) ?? terms(node);
    known.set(node, found);
    return found;
  };
}

/** @returns the whole file, in UTF-8 where it is text */
function fileOf({ columns, rows }: PivotTable, to: CallInputs['tables']['export']['to']): Buffer<ArrayBuffer> {
  const cells = rows.map((row) => row.cells);
  if (to === 'json') {
    const json = jsonWriter();
    const items = cells.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])));
    return Buffer.from(json.items(items) + json.end());
  }
  const writer = to === 'csv' ? csvWriter(columns) : parquetWriter(columns, typesOf(columns, cells));
  const parts = [...(cells.length === 0 ? [] : [writer.rows(cells)]), writer.end()];
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** A column of mixed values is one of texts. */
function typesOf(columns: readonly string[], rows: PivotTable['rows'][number]['cells'][]): ColumnType[] {
  return columns.map((_, at) => {
    const types = new Set(rows.flatMap((row) => (row[at] === null || row[at] === undefined ? [] : [typeof row[at]])));
    const [only] = types;
    return types.size === 1 && (only === 'number' || only === 'boolean') ? only : 'text';
  });
}
