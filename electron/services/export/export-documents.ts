import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExportFormat } from '../../../shared/contract/documents.ts';
import { type JsonValue, toPlainJson } from '../../../shared/model/document-json.ts';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { toFileError } from '../../files/file-faults.ts';
import type { JobProgress } from '../jobs.ts';
import { ColumnFinder, tableValue } from './table-columns.ts';
import { csvWriter, jsonWriter, parquetWriter } from './table-writers.ts';

/** Documents in batches, each time from the first. */
export interface DocumentSource {
  readonly total: number;
  batches(): AsyncGenerator<readonly NdiDocument[]>;
}

export interface ExportResult {
  readonly path: string;
  readonly documents: number;
  /** Empty where whole documents are written. */
  readonly columns: string[];
  readonly sizeBytes: number;
}

/**
 * Writes documents to a file, which appears when it is whole. JSON without columns holds whole documents; everything
 * else is a table, of the columns named or of all fields that hold values.
 * @throws NdiError path.*, app.cancelled
 */
export async function exportDocuments(
  source: DocumentSource,
  options: { readonly to: ExportFormat; readonly columns: readonly string[] | undefined; readonly out: string },
  progress: JobProgress,
  signal: AbortSignal,
): Promise<ExportResult> {
  const { to, columns, out } = options;
  const isWhole = to === 'json' && columns === undefined;
  const finder = new ColumnFinder(columns);
  const passes = isWhole ? 1 : 2;
  let done = 0;
  const pass = async (use: (documents: readonly NdiDocument[]) => Promise<void> | void) => {
    for await (const documents of source.batches()) {
      signal.throwIfAborted();
      await use(documents);
      done += documents.length;
      const all = source.total * passes;
      progress.report(all === 0 ? null : Math.min(1, done / all), `${Math.round(done / passes)} of ${source.total}`);
      // Others are served between batches.
      await nextTurn();
    }
  };
  if (!isWhole) await pass((documents) => documents.forEach((document) => finder.see(document)));
  const names = isWhole ? [] : finder.columns();
  const writer = writerFor(to, isWhole, names, finder);
  const file = await temporaryBeside(out);
  try {
    await pass((documents) => file.write(writer.documents(documents)));
    await file.write(writer.end());
    const sizeBytes = await file.finish();
    return { path: out, documents: source.total, columns: names, sizeBytes };
  } catch (error) {
    await file.discard();
    throw toFileError(error, out);
  }
}

interface DocumentWriter {
  documents(documents: readonly NdiDocument[]): Uint8Array | string;
  end(): Uint8Array | string;
}

function writerFor(to: ExportFormat, isWhole: boolean, names: readonly string[], finder: ColumnFinder): DocumentWriter {
  const row = (document: NdiDocument) => names.map((name) => tableValue(document, name));
  if (to === 'json') {
    const json = jsonWriter();
    const item = (document: NdiDocument): JsonValue =>
      isWhole ? toPlainJson(document) : Object.fromEntries(names.map((name) => [name, plain(document, name)]));
    return { documents: (documents) => json.items(documents.map(item)), end: () => json.end() };
  }
  const table = to === 'csv' ? csvWriter(names) : parquetWriter(names, finder.types());
  return { documents: (documents) => table.rows(documents.map(row)), end: () => table.end() };
}

function plain(document: NdiDocument, name: string): JsonValue {
  return toPlainJson(tableValue(document, name));
}

/** A file that takes its place when it is whole. */
async function temporaryBeside(out: string) {
  const temporary = join(dirname(out), `.${basename(out).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx').catch((error: unknown) => {
    throw toFileError(error, out);
  });
  let sizeBytes = 0;
  return {
    async write(bytes: Uint8Array | string): Promise<void> {
      const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      for (let at = 0; at < buffer.length;) at += (await handle.write(buffer, at)).bytesWritten;
      sizeBytes += buffer.length;
    },
    async finish(): Promise<number> {
      await handle.sync();
      await handle.close();
      await rename(temporary, out);
      return sizeBytes;
    },
    async discard(): Promise<void> {
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true });
    },
  };
}
