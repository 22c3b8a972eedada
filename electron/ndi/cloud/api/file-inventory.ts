import { NdiError } from '../../../../shared/model/errors.ts';
import type { Caller } from './caller.ts';
import { notAdvancing } from './inventory.ts';
import { listOf, type FileRow } from './shapes.ts';

/** A file as the server lists it; null where the list does not say. */
export interface RemoteFile {
  readonly uid: string;
  readonly isUploaded: boolean | null;
  readonly sizeBytes: number | null;
}

/** `rows` null: this server lists no files; each must be asked for by its uid (`fileDetail`). */
export interface FileInventory {
  readonly rows: ReadonlyMap<string, RemoteFile> | null;
}

const PAGES = 100_000;

/**
 * Files of a dataset: from its record (first generation of the service) or the route of the second.
 * @throws NdiError cloud.*
 */
export async function listFiles(caller: Caller, datasetId: string, signal?: AbortSignal): Promise<FileInventory> {
  const record = await caller.call('getDataset', { path: { datasetId }, signal });
  if (record.files !== undefined) return { rows: byUid(listOf(record.files)) };
  const files = new Map<string, RemoteFile>();
  let after: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const query = { limit: 1000, ...(after === undefined ? {} : { after }) };
    const answer = await caller.call('listFiles', { path: { datasetId }, query, signal }).catch((thrown: unknown) => {
      if (page === 0 && thrown instanceof NdiError && thrown.code === 'cloud.notFound') return null;
      throw thrown;
    });
    if (answer === null) return { rows: null };
    for (const [uid, file] of byUid(listOf(answer.files))) files.set(uid, merged(files.get(uid), file));
    if (!answer.hasMore) return { rows: files };
    if (answer.cursor === undefined || answer.cursor === null || answer.cursor === after) throw notAdvancing('files');
    after = answer.cursor;
  }
  throw notAdvancing('files');
}

/** Rows of unequal shape: only the uid is sure to be there. */
function byUid(rows: readonly FileRow[]): Map<string, RemoteFile> {
  const files = new Map<string, RemoteFile>();
  for (const { uid, uploaded, size } of rows) {
    if (typeof uid !== 'string' || uid === '') continue;
    files.set(uid, merged(files.get(uid), { uid, isUploaded: uploaded ?? null, sizeBytes: size ?? null }));
  }
  return files;
}

/** The same uid twice: the row that says more, and says uploaded, wins. */
function merged(before: RemoteFile | undefined, now: RemoteFile): RemoteFile {
  if (before === undefined) return now;
  return before.isUploaded === true ? before : now;
}
